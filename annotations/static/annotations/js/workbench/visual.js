// Which word stands to the left or right on the screen. In a block of one direction that is the
// next or previous word; where both directions meet only the places of the words can tell.

import { blockAt, domRange } from "../offsets.js";
import { numberOfWord, stepWord, wordsOf } from "./words.js";

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const LEFT_TO_RIGHT = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff])\p{L}/u;
// Words to either side that are looked at: more than a line holds.
const REACH = 30;
const mixed = new WeakMap();

export const isRightToLeft = (block) => getComputedStyle(block).direction === "rtl";

function isMixed(block) {
  if (!mixed.has(block)) {
    const text = block.textContent;
    mixed.set(block, RIGHT_TO_LEFT.test(text) && LEFT_TO_RIGHT.test(text));
  }
  return mixed.get(block);
}

// Returns the words around the one at `n` with their boxes.
function placed(region, words, n) {
  const first = Math.max(0, n - REACH);
  return words.slice(first, n + REACH + 1).map((word, at) => {
    const [box] = domRange(region, ...word).getClientRects();
    return { word, at: first + at, box };
  }).filter(({ box }) => box);
}

const isBeside = (one, other) =>
  Math.abs(one.top + one.bottom - other.top - other.bottom) < one.height;

// Returns the first of the boxes coming from the left when going right, and the other way round.
function nearest(places, isRight) {
  return places.reduce((best, one) =>
    (isRight ? one.box.left < best.box.left : one.box.right > best.box.right) ? one : best);
}

// Returns the word that the arrow leads to: on its line, else at the near end of the next line.
export function stepSideways(region, word, isRight) {
  const block = blockAt(region, word[0]);
  const by = isRightToLeft(block) === isRight ? -1 : 1;
  if (!isMixed(block)) return stepWord(region, word, by);
  const words = wordsOf(block);
  const n = numberOfWord(words, word[0]);
  const all = placed(region, words, n);
  const here = all.find(({ at }) => at === n)?.box;
  if (!here) return stepWord(region, word, by);
  const ahead = all.filter(({ box, at }) => at !== n && isBeside(box, here) &&
    (isRight ? box.left >= here.right - 1 : box.right <= here.left + 1));
  if (ahead.length) return nearest(ahead, isRight).word;
  const beyond = all.filter(({ box }) =>
    !isBeside(box, here) && (by > 0 ? box.top > here.top : box.top < here.top));
  if (!beyond.length) return stepWord(region, words.at(by > 0 ? -1 : 0), by);
  const line = by > 0 ? beyond[0].box : beyond.at(-1).box;
  return nearest(beyond.filter(({ box }) => isBeside(box, line)), isRight).word;
}
