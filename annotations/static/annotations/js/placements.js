// <div data-placements> with <article data-placement>: J and K go from one to the next; C, S and G do
// what the article's [data-key] does: confirm, select other words, mark as gone. Without this script
// the buttons and links do.

const list = document.querySelector("[data-placements]");
const all = list ? [...list.querySelectorAll("[data-placement]")] : [];

function current() {
  return document.activeElement?.closest?.("[data-placement]") ?? null;
}

function go(by) {
  const n = all.indexOf(current());
  const next = n < 0 ? all[0] : all[n + by];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function act(key) {
  const chosen = current()?.querySelector(`[data-key="${key}"]`);
  if (!chosen) return false;
  if (chosen.tagName === "FORM") chosen.requestSubmit();
  else chosen.click();
  return true;
}

function isTyping(target) {
  return Boolean(target.closest("input, textarea, select, [contenteditable]"));
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  // By its place on the keyboard too, so that it acts under a Cyrillic layout.
  const key = event.key.length === 1 && /[a-z]/i.test(event.key) ? event.key : event.code.slice(3);
  const name = key.toLowerCase();
  if (name === "j" || name === "k") go(name === "j" ? 1 : -1);
  else if (!["c", "s", "g"].includes(name) || event.repeat || !act(name)) return;
  event.preventDefault();
}

if (all.length) {
  list.classList.add("has-keys");
  document.addEventListener("keydown", pressed);
  // After a decision the next one is at hand.
  if (location.hash === "#next" && all[0].querySelector("[data-key]")) go(1);
}
