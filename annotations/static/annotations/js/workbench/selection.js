// What is selected in the text, for mouse, touch and keyboard alike; and the draft that stays
// painted while its form is open.

import { domRange, selectedRange } from "../offsets.js";
import { readRanges } from "./edges.js";
import { listen, opened, region, tell } from "./page.js";

const WAIT_MS = 200;
let timer = 0;
let isDown = false;

// The selected range as [start, end] in code points, or null; and what made it: mouse, pen, touch,
// keys or taps. Only with keys and touch a selection may still be growing once it stands still.
export const state = { range: null, by: "mouse" };

function look() {
  // The mouse is still dragging: its release looks.
  if (isDown) return;
  state.range = selectedRange(region);
  tell("selected", { range: state.range, by: state.by });
}

function lookSoon() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT_MS);
}

if (region) {
  document.addEventListener("selectionchange", lookSoon);
  document.addEventListener("pointerdown", (event) => {
    state.by = event.pointerType || "mouse";
    isDown = event.pointerType === "mouse" && region.contains(event.target);
  }, { capture: true });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => {
      if (isDown) lookSoon();
      isDown = false;
    }, { capture: true });
  }
  document.addEventListener("keydown", () => (state.by = "keys"), { capture: true });
}

// Returns the ranges of the open form.
export function draftRanges() {
  const inputs = opened()?.querySelectorAll('[data-range-list] input[name="range"]') ?? [];
  return [...inputs].flatMap((input) => readRanges(input.value));
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

if (region) {
  listen("swapped", paintDraft);
  listen("ranges", paintDraft);
}
