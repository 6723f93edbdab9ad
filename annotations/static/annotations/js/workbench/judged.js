// What I had judged of a claim as it stood: a change makes my judgement stale, and undoing the change
// brings back the very words that were judged, so that my judgement holds again.

import { listen, opened, root } from "./page.js";

const OF_A_JUDGEMENT = new Set(["label", "rating", "justification", "confidence", "evidence"]);
const judged = new Map();

// The card says what I judge, and whether that is of the present words.
function remember() {
  const form = opened().querySelector("[data-review]");
  if (!form) return;
  const pairs = [...new FormData(form)].filter(([name]) => OF_A_JUDGEMENT.has(name));
  const isGiven = pairs.some(([name, value]) => name === "label" && value);
  const holds = isGiven && !form.matches("[data-stale]");
  judged.set(opened().dataset.claim, holds ? [form.getAttribute("action"), pairs] : null);
}

// Returns [path, pairs] that judge the claim as I do now; null when I do not, or did before a change.
export const judgementOf = (number) => judged.get(String(number)) ?? null;

if (root) {
  remember();
  listen("swapped", remember);
}
