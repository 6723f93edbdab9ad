// A word cursor for the keyboard: browsers move no caret through text that cannot be edited.
// Arrows go word by word and block by block; with Shift they select, with Alt too by letter.

import { blockAt, blocksOf, domRange, snapRange, textBetween } from "../offsets.js";
import { openAt } from "./lights.js";
import { numbersOf } from "./marks.js";
import { announce, listen, region, tell } from "./page.js";
import { canNudge, nudge } from "./resize.js";
import { selectAgain, state } from "./selection.js";
import { isTapping, tap } from "./two-tap.js";
import { isRightToLeft, stepSideways } from "./visual.js";
import { firstWord, stepBlock } from "./words.js";

// Where the cursor is, and where selecting began: each a word as [start, end] in code points.
let here = null;
let anchor = null;

export const cursorWord = () => here;

// Blocks follow one another down the page: the first one in view is found by halving.
export function blockInView() {
  const blocks = blocksOf(region);
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].getBoundingClientRect().bottom > 90) high = middle;
    else low = middle + 1;
  }
  return low;
}

function paint() {
  if (!("highlights" in CSS)) return;
  if (here) CSS.highlights.set("cursor", new Highlight(domRange(region, ...here)));
  else CSS.highlights.delete("cursor");
}

function show() {
  paint();
  const place = domRange(region, ...here).startContainer.parentElement;
  place.scrollIntoView({ block: "nearest" });
  announce(textBetween(region, ...here));
}

function select(range) {
  state.range = range;
  selectAgain(range);
}

// Moves that end of the selection by a letter at which the cursor is.
function byLetter(by) {
  const [start, end] = state.range ?? here;
  const isAtStart = Boolean(anchor) && here[0] < anchor[0];
  const edge = isAtStart ? start : end;
  const next = by > 0 ? snapRange(region, edge, edge + 1)[1] : snapRange(region, edge - 1, edge)[0];
  const range = isAtStart ? [next, end] : [start, next];
  if (range[0] < range[1]) select(range);
}

function follow(key) {
  if (key === "ArrowUp" || key === "ArrowDown") {
    return stepBlock(region, here, key === "ArrowDown" ? 1 : -1);
  }
  return stepSideways(region, here, key === "ArrowRight");
}

// Returns 1 for the arrow that reads on, and -1 for the one that goes back.
function sense(key) {
  if (key === "ArrowUp" || key === "ArrowDown") return key === "ArrowDown" ? 1 : -1;
  const block = blockAt(region, (state.range ?? here)[0]);
  return isRightToLeft(block) !== (key === "ArrowRight") ? 1 : -1;
}

function move(event) {
  const isNew = !here;
  here ??= firstWord(region, blockInView());
  if (!here) return;
  if (event.shiftKey && event.altKey) {
    // Up and down for where it starts, sideways for where it ends.
    const isStart = /Up|Down/.test(event.key);
    if (canNudge()) nudge(sense(event.key), isNew ? null : here, isStart);
    else byLetter(sense(event.key));
    return;
  }
  if (event.shiftKey) anchor ??= here;
  else anchor = null;
  if (!isNew) here = follow(event.key);
  if (anchor) select([Math.min(anchor[0], here[0]), Math.max(anchor[1], here[1])]);
  else if (!document.getSelection().isCollapsed) document.getSelection().removeAllRanges();
  if (!anchor) state.range = null;
  show();
}

function enter(event) {
  if (!here || state.range) return;
  event.preventDefault();
  if (isTapping()) return tap(here);
  const place = domRange(region, ...here).startContainer.parentElement.closest("mark[data-claims]");
  if (place) return openAt(numbersOf(place));
  select(here);
  tell("wanted", { range: here });
}

region?.addEventListener("keydown", (event) => {
  if (event.target !== region || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") enter(event);
  if (!/^Arrow(Left|Right|Up|Down)$/.test(event.key)) return;
  event.preventDefault();
  move(event);
});

// Once nothing is selected any more, the next selection begins where the cursor is.
if (region) {
  listen("selected", ({ range }) => {
    if (!range) anchor = null;
  });
}

// A press of the mouse, or leaving the text, ends it.
region?.addEventListener("pointerdown", () => {
  here = anchor = null;
  paint();
});
region?.addEventListener("blur", () => CSS.highlights?.delete("cursor"));
region?.addEventListener("focus", paint);
