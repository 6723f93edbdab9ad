// A word cursor for the keyboard: browsers move no caret through text that cannot be edited.
// Arrows go word by word and block by block; with Shift they select, with Alt too by letter.

import {
  astralPositions,
  blocksOf,
  domRange,
  endOf,
  snapRange,
  startOf,
  textBetween,
  toCodePoints,
} from "../offsets.js";
import { numbersOf, openAt } from "./lights.js";
import { announce, region } from "./page.js";
import { selectAgain, state } from "./selection.js";

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const found = new WeakMap();

// Where the cursor is, and where selecting began: each a word as [start, end] in code points.
let here = null;
let anchor = null;

function wordsOf(block) {
  let words = found.get(block);
  if (words) return words;
  const text = block.textContent;
  const astral = astralPositions(text);
  words = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    const from = toCodePoints(astral, index);
    const to = toCodePoints(astral, index + segment.length);
    words.push([startOf(block) + from, startOf(block) + to]);
  }
  found.set(block, words);
  return words;
}

const isAt = (block, [start]) => startOf(block) <= start && start < endOf(block);

function firstInView() {
  const blocks = blocksOf(region).filter((block) => wordsOf(block).length);
  const seen = blocks.find((block) => block.getBoundingClientRect().bottom > 90) ?? blocks[0];
  return seen && wordsOf(seen)[0];
}

// Returns the word `by` words on, over the edges of blocks; the same one at the text's ends.
function wordFrom(word, by) {
  const blocks = blocksOf(region).filter((block) => wordsOf(block).length);
  const n = blocks.findIndex((block) => isAt(block, word));
  const words = wordsOf(blocks[n]);
  const at = words.findIndex(([start]) => start >= word[0]) + by;
  if (words[at]) return words[at];
  const next = blocks[n + by];
  return next ? wordsOf(next).at(by > 0 ? 0 : -1) : word;
}

function blockFrom(word, by) {
  const blocks = blocksOf(region).filter((block) => wordsOf(block).length);
  const n = blocks.findIndex((block) => isAt(block, word));
  return wordsOf(blocks[n + by] ?? blocks[n])[0];
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

function byLetter(step) {
  const [start, end] = state.range ?? here;
  const moved = step > 0 ? snapRange(region, start, end + 1)[1] : snapRange(region, end - 1, end)[0];
  if (moved > start) select([start, moved]);
}

function select(range) {
  state.range = range;
  selectAgain(range);
}

function direction(key) {
  if (key === "ArrowUp" || key === "ArrowDown") return key === "ArrowDown" ? 1 : -1;
  const block = blocksOf(region).find((one) => isAt(one, here));
  const isRight = key === "ArrowRight";
  return (getComputedStyle(block).direction === "rtl") !== isRight ? 1 : -1;
}

function move(event) {
  const isNew = !here;
  here ??= firstInView();
  if (!here) return;
  const by = direction(event.key);
  if (event.shiftKey && event.altKey) return byLetter(by);
  const isBlock = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (event.shiftKey) anchor ??= here;
  else anchor = null;
  if (!isNew) here = isBlock ? blockFrom(here, by) : wordFrom(here, by);
  if (anchor) select([Math.min(anchor[0], here[0]), Math.max(anchor[1], here[1])]);
  else document.getSelection().removeAllRanges();
  show();
}

function enter(event) {
  if (!here || state.range) return;
  event.preventDefault();
  const place = domRange(region, ...here).startContainer.parentElement.closest("mark[data-claims]");
  if (place) openAt(numbersOf(place));
  else select(here);
}

region?.addEventListener("keydown", (event) => {
  if (event.target !== region || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") enter(event);
  if (!/^Arrow(Left|Right|Up|Down)$/.test(event.key)) return;
  event.preventDefault();
  move(event);
});

// A press of the mouse, or leaving the text, ends it.
region?.addEventListener("pointerdown", () => {
  here = anchor = null;
  paint();
});
region?.addEventListener("blur", () => CSS.highlights?.delete("cursor"));
region?.addEventListener("focus", paint);
