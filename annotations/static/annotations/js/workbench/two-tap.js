// Marking without a drag: a first tap says where the passage starts, a second where it ends.

import { domRange, textBetween } from "../offsets.js";
import { announce, listen, region, root, say } from "./page.js";
import { offsetAt } from "./points.js";
import { selectAgain, state } from "./selection.js";
import { TwoTaps } from "./taps.js";
import { endWait, isWaiting, showWait, waitFor } from "./waiting.js";
import { wordAt } from "./words.js";

const taps = new TwoTaps();
const buttons = () => root.querySelectorAll("[data-two-tap]");

function paint() {
  if (!("highlights" in CSS)) return;
  if (taps.first) CSS.highlights.set("tapped", new Highlight(domRange(region, ...taps.first)));
  else CSS.highlights.delete("tapped");
}

function draw() {
  for (const one of buttons()) one.setAttribute("aria-pressed", String(taps.isOn));
  region.classList.toggle("is-tapping", taps.isOn);
  paint();
}

function stop() {
  if (!taps.isOn) return;
  taps.stop();
  draw();
  announce(say("tapOver"));
}

export const isTapping = () => taps.isOn;

// Turns the mode on or off; `word` is where the cursor stands, for those who have one.
export function toggleTwoTaps() {
  if (taps.isOn) return endWait();
  document.getSelection().removeAllRanges();
  state.range = null;
  taps.start();
  // A field that waits for words takes tapped ones as well, and goes on waiting.
  if (isWaiting()) showWait(say("tapFirst"));
  else waitFor(say("tapFirst"), () => {});
  draw();
}

// Takes a word as tapped, by finger, mouse or, at the cursor, by Enter.
export function tap(word) {
  const range = taps.tap(word);
  if (!range) {
    draw();
    if (word) showWait(`${say("tapSecond")} “${textBetween(region, ...word)}”`);
    return;
  }
  endWait(false);
  draw();
  state.range = range;
  state.by = "taps";
  selectAgain(range);
}

if (root && root.dataset.mayAnnotate) {
  listen("cancelled", stop);
  for (const one of buttons()) one.addEventListener("click", toggleTwoTaps);
  region.addEventListener("click", (event) => {
    if (!taps.isOn) return;
    // A tap on marked words means the words here, and not their claim.
    event.preventDefault();
    event.stopPropagation();
    const offset = offsetAt(event.clientX, event.clientY);
    if (offset !== null) tap(wordAt(region, offset));
  }, { capture: true });
}
