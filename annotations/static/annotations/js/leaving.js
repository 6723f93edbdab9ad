// Whoever signs out leaves nothing of theirs in this browser.

// Back without having left: the network failed, or the page was kept by the browser.
window.addEventListener("pageshow", () => delete document.documentElement.dataset.leaving);

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-sign-out]");
  if (!form) return;
  const mine = `:${form.dataset.signOut}:`;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("factcheck:") && name.includes(mine)) localStorage.removeItem(name);
  }
  sessionStorage.clear();
  // A form that is open would be kept once more while the page goes.
  document.documentElement.dataset.leaving = "";
});
