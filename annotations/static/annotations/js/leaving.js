// Whoever signs out leaves nothing of theirs in this browser.

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-sign-out]");
  if (!form) return;
  const mine = `:${form.dataset.signOut}:`;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("factcheck:") && name.includes(mine)) localStorage.removeItem(name);
  }
  sessionStorage.clear();
});
