// <button data-copy="ID" data-copied="words to show" hidden>: copies the text of the element ID.
// Hidden until this script runs, because without it the button could do nothing.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const text = "value" in source ? source.value : source.textContent;
    try {
      await navigator.clipboard.writeText(text.trim());
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = label), 2000);
    } catch {
      // Refused by the browser: leave the text selected for the person to copy.
      getSelection().selectAllChildren(source);
    }
  });
}
