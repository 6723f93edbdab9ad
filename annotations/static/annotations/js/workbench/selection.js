// What is selected in the text, for mouse, touch and keyboard alike; and the draft that stays
// painted while its form is open.

import { domRange, selectedRange } from "../offsets.js";
import { listen, opened, region, tell } from "./page.js";

const WAIT_MS = 200;
let timer = 0;

// The selected range as [start, end] in code points, or null.
export const state = { range: null };

function look() {
  state.range = selectedRange(region);
  tell("selected", { range: state.range });
}

if (region) {
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT_MS);
  });
}

// Returns the ranges of the open form.
export function draftRanges() {
  const inputs = opened()?.querySelectorAll('[data-range-list] input[name="range"]') ?? [];
  return [...inputs].map((input) => input.value.split("-").map(Number));
}

export function paintDraft() {
  if (!("highlights" in CSS)) return;
  const ranges = draftRanges().map(([start, end]) => domRange(region, start, end));
  if (ranges.length) CSS.highlights.set("draft", new Highlight(...ranges));
  else CSS.highlights.delete("draft");
}

export function selectAgain([start, end]) {
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(domRange(region, start, end));
}

if (region) listen("swapped", paintDraft);
