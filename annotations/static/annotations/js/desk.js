// Gives the desk's search-and-choose fields (Django's select2) the name of their label, which the
// library leaves out for screen readers.

function name(select) {
  const label = select.labels[0];
  const box = select.nextElementSibling?.querySelector("[role=combobox]");
  if (!label || !box) return;
  label.id ||= `${select.id}_label`;
  const chosen = box.querySelector("[role=textbox]");
  box.setAttribute("aria-labelledby", `${label.id} ${chosen?.id ?? ""}`.trim());
  chosen?.setAttribute("aria-labelledby", label.id);
}

const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);

// The library makes its boxes at a time of its own, and more of them when a row is added. Watching
// for children alone, this does not see the names that it gives itself.
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();

document.addEventListener("focusin", (event) => {
  const search = event.target.closest(".select2-search__field");
  const box = document.querySelector(".select2-container--open [role=combobox]");
  if (search && box) search.setAttribute("aria-labelledby", box.getAttribute("aria-labelledby"));
});
