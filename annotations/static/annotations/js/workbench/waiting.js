// The line that says what the next selection or tap is for. Only one thing waits at a time.

import { announce, root, tell } from "./page.js";

const line = root?.querySelector("[data-wait-line]");
let whenOver = null;

// Shows what is expected next.
export function showWait(sentence) {
  line.querySelector("[data-waiting-words]").textContent = sentence;
  line.hidden = false;
  announce(sentence);
}

// Shows what is waited for; `over` runs when something else takes its place, or it is cancelled.
export function waitFor(sentence, over) {
  if (whenOver && whenOver !== over) endWait();
  whenOver = over;
  showWait(sentence);
}

// Ends the waiting; `isCancelled` is false when what was waited for has come.
export function endWait(isCancelled = true) {
  const over = whenOver;
  whenOver = null;
  if (line) line.hidden = true;
  if (!isCancelled) return;
  over?.();
  tell("cancelled");
}

export const isWaiting = () => Boolean(whenOver);

if (line) {
  line.querySelector("[data-waiting-cancel]").addEventListener("click", () => endWait());
  // Before all others: while something waits, Escape ends that and closes nothing.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !whenOver || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    endWait();
  }, { capture: true });
}
