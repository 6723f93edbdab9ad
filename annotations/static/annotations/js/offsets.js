// Converts between places in the page and offsets of the text. A text region holds block elements
// with data-start and data-end, in text order and without gaps; their text content is the text.
// Offsets of the text are code points; only inside a block do we count UTF-16 units.

import { clusterAt } from "./graphemes.js";

const BLOCK = "[data-start][data-end]";
const SPACE_BEFORE = /^\p{White_Space}+/u;
const SPACE = /\p{White_Space}/u;
const astralOf = new WeakMap();

// Returns the ascending UTF-16 offsets of characters that take two units.
export function astralPositions(text) {
  return Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), (found) => found.index);
}

// Counts the leading numbers of 0..length-1 for which isBefore holds, by halving.
function countWhile(length, isBefore) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// UTF-16 offset to code points; the middle of a pair counts as before it.
export function toCodePoints(astral, utf16) {
  return utf16 - countWhile(astral.length, (n) => astral[n] < utf16);
}

// Code points to UTF-16 offset.
export function toUtf16(astral, codePoints) {
  return codePoints + countWhile(astral.length, (n) => astral[n] - n < codePoints);
}

export const blocksOf = (region) => Array.from(region.querySelectorAll(BLOCK));
export const startOf = (block) => Number(block.dataset.start);
export const endOf = (block) => Number(block.dataset.end);

// A block's text never changes while its element lives; only marks in it come and go.
function astralIn(block) {
  let astral = astralOf.get(block);
  if (!astral) astralOf.set(block, (astral = astralPositions(block.textContent)));
  return astral;
}

// Returns the text offset of a DOM boundary point. One outside every block, in a gutter or before
// or after the region, becomes the nearest edge of a block after it, else the text's end.
export function offsetOf(region, node, offset) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const block = element?.closest(BLOCK);
  const range = document.createRange();
  if (block && region.contains(block)) {
    range.setStart(block, 0);
    range.setEnd(node, offset);
    return startOf(block) + toCodePoints(astralIn(block), range.toString().length);
  }
  const blocks = blocksOf(region);
  range.setStart(node, offset);
  const n = countWhile(blocks.length, (at) => range.comparePoint(blocks[at], 0) < 0);
  if (n < blocks.length) return startOf(blocks[n]);
  return blocks.length ? endOf(blocks[n - 1]) : 0;
}

// Returns the block that holds the character after `offset`, or before it for the end of a range.
export function blockAt(region, offset, isEnd = false) {
  const blocks = blocksOf(region);
  const reach = offset + (isEnd ? 0 : 1);
  const n = countWhile(blocks.length, (at) => endOf(blocks[at]) < reach);
  return blocks[Math.min(n, blocks.length - 1)];
}

// Returns the DOM boundary point of a text offset as { node, offset }, in a text node if it can.
export function placeOf(region, offset, isEnd = false) {
  const block = blockAt(region, offset, isEnd);
  if (!block) return { node: region, offset: 0 };
  let left = toUtf16(astralIn(block), Math.max(0, offset - startOf(block)));
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) {
    last = walker.currentNode;
    if (left < last.length || (isEnd && left === last.length)) return { node: last, offset: left };
    left -= last.length;
  }
  return last ? { node: last, offset: last.length } : { node: block, offset: 0 };
}

// Returns a DOM range for start..end of the text, to select, measure or paint.
export function domRange(region, start, end) {
  const range = document.createRange();
  const from = placeOf(region, start);
  const to = placeOf(region, end, end > start);
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset);
  return range;
}

// Returns the words between two text offsets, exactly as stored.
export function textBetween(region, start, end) {
  const touching = blocksOf(region).filter((one) => startOf(one) < end && endOf(one) > start);
  return touching.map((block) => {
    const [astral, first] = [astralIn(block), startOf(block)];
    const from = toUtf16(astral, Math.max(0, start - first));
    return block.textContent.slice(from, toUtf16(astral, Math.min(end, endOf(block)) - first));
  }).join("");
}

// Returns [start, end] without white space at either end, or null when nothing else is there.
export function trimRange(region, start, end) {
  const words = textBetween(region, start, end);
  // White space is never astral, so its length is the same in both counts.
  const before = words.match(SPACE_BEFORE)?.[0].length ?? 0;
  if (before === words.length) return null;
  let after = 0;
  while (SPACE.test(words[words.length - 1 - after])) after += 1;
  return [start + before, end - after];
}

// Returns [start, end] moved outwards to the edges of grapheme clusters.
export function snapRange(region, start, end) {
  const snapped = (offset, isEnd) => {
    const block = blockAt(region, offset, isEnd);
    const astral = astralIn(block);
    const cluster = clusterAt(block.textContent, toUtf16(astral, offset - startOf(block)));
    return startOf(block) + toCodePoints(astral, cluster[isEnd ? 1 : 0]);
  };
  return [snapped(start, false), snapped(end, true)];
}

// Returns [start, end] in code points of what is selected of the region's text, or null: ordered,
// clamped to the text, without outer white space, on cluster edges. Never Selection.toString().
export function selectedRange(region, selection = document.getSelection()) {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(region)) return null;
  return rangeOffsets(region, range);
}

// Returns the same for a DOM range.
export function rangeOffsets(region, range) {
  const ends = [
    offsetOf(region, range.startContainer, range.startOffset),
    offsetOf(region, range.endContainer, range.endOffset),
  ].sort((a, b) => a - b);
  const trimmed = trimRange(region, ...ends);
  return trimmed && snapRange(region, ...trimmed);
}
