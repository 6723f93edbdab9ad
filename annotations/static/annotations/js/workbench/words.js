// The words of the text, for what goes by words: found block by block when asked for, and kept as
// long as the block lives, since a long text has a hundred thousand of them.

import { astralPositions, blockAt, blocksOf, endOf, startOf, toCodePoints } from "../offsets.js";

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const found = new WeakMap();

// Returns the block's words as [start, end] in code points of the text.
export function wordsOf(block) {
  let words = found.get(block);
  if (words) return words;
  const text = block.textContent;
  const astral = astralPositions(text);
  const first = startOf(block);
  words = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    const end = toCodePoints(astral, index + segment.length);
    words.push([first + toCodePoints(astral, index), first + end]);
  }
  found.set(block, words);
  return words;
}

// Counts the leading items for which isBefore holds, by halving.
function countWhile(items, isBefore) {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(items[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Returns the number of the last word that starts at or before the offset, or -1.
export const numberOfWord = (words, offset) => countWhile(words, (word) => word[0] <= offset) - 1;

const numberOfBlock = (blocks, offset) =>
  Math.min(countWhile(blocks, (block) => endOf(block) <= offset), blocks.length - 1);

// Returns the first or last word of the nearest block that has any, from block `n` on.
function wordOfBlocks(blocks, n, by, isLast) {
  for (let at = n; blocks[at]; at += by) {
    const words = wordsOf(blocks[at]);
    if (words.length) return isLast ? words.at(-1) : words[0];
  }
  return null;
}

// Returns the word `by` (1 or -1) on, over the edges of blocks; the same one at the text's ends.
export function stepWord(region, word, by) {
  const blocks = blocksOf(region);
  const n = numberOfBlock(blocks, word[0]);
  const words = wordsOf(blocks[n]);
  const next = words[numberOfWord(words, word[0]) + by];
  return next ?? wordOfBlocks(blocks, n + by, by, by < 0) ?? word;
}

// Returns the first word of the next or previous block; the same one at the text's ends.
export function stepBlock(region, word, by) {
  const blocks = blocksOf(region);
  return wordOfBlocks(blocks, numberOfBlock(blocks, word[0]) + by, by, false) ?? word;
}

// Returns the first word from block `n` on, or else the last one before it.
export function firstWord(region, n = 0) {
  const blocks = blocksOf(region);
  return wordOfBlocks(blocks, n, 1, false) ?? wordOfBlocks(blocks, n - 1, -1, true);
}

// Returns the word at an offset; between two words, the one before it.
export function wordAt(region, offset) {
  const block = blockAt(region, offset);
  const words = block ? wordsOf(block) : [];
  return words[numberOfWord(words, offset)] ?? words[0] ?? null;
}

// Returns the range with the words that its ends cut through made whole.
export function wholeWords(region, [start, end]) {
  const first = wordAt(region, start);
  const last = wordAt(region, end - 1);
  return [
    first && first[0] < start && start < first[1] ? first[0] : start,
    last && last[0] < end && end < last[1] ? last[1] : end,
  ];
}
