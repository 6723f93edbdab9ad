// Whoever signs out leaves nothing of theirs in this browser, in whichever of its tabs they do.

const LEFT = "factcheck-left";

// Back without having left: the network failed, or the page was kept by the browser.
window.addEventListener("pageshow", () => delete document.documentElement.dataset.leaving);

function isMine(name, mine) {
  return name.startsWith("factcheck:") && name.includes(mine);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-sign-out]");
  if (!form) return;
  const mine = `:${form.dataset.signOut}:`;
  for (const name of Object.keys(localStorage)) {
    if (isMine(name, mine)) localStorage.removeItem(name);
  }
  sessionStorage.clear();
  // A form that is open would be kept once more while the page goes.
  document.documentElement.dataset.leaving = "";
  // Other tabs hold forms as well.
  localStorage.setItem(LEFT, mine);
  localStorage.removeItem(LEFT);
});

window.addEventListener("storage", ({ key, newValue }) => {
  if (key !== LEFT || !newValue) return;
  const user = document.querySelector("[data-workbench]")?.dataset.user;
  if (newValue === `:${user}:`) document.documentElement.dataset.leaving = "";
});
