// A rating suggests a label: it is chosen where the reviewer has chosen none, and the page says so.
// What a person chose themselves is left alone.

const suggested = new WeakSet();

function labelsOf(form) {
  return [...form.querySelectorAll("input[type=radio][name=label]")];
}

document.addEventListener("change", (event) => {
  const select = event.target.closest("select[data-suggests]");
  if (!select) {
    // Chosen by hand from now on.
    if (event.target.name === "label") labelsOf(event.target.form).forEach((one) => suggested.delete(one));
    return;
  }
  const wanted = select.selectedOptions[0]?.dataset.label;
  const labels = labelsOf(select.form);
  const chosen = labels.find((one) => one.checked);
  if (!wanted || (chosen && !suggested.has(chosen))) return;
  const proposed = labels.find((one) => one.value === wanted);
  if (!proposed || proposed === chosen) return;
  proposed.checked = true;
  suggested.add(proposed);
  const note = document.getElementById(select.dataset.suggests);
  if (!note) return;
  note.textContent = note.dataset.suggested;
});
