// Which marks stand for which claim. A page may have five thousand marks: each block's are read
// once, when first asked for, and read anew only where a block was swapped.

import { blocksOf } from "../offsets.js";
import { region } from "./page.js";

const read = new WeakMap();

export const numbersOf = (mark) => mark.dataset.claims.split(" ");

// Returns the block's marks by claim number, in text order.
function marksIn(block) {
  let marks = read.get(block);
  if (marks) return marks;
  read.set(block, (marks = new Map()));
  for (const mark of block.querySelectorAll("mark[data-claims]")) {
    for (const number of numbersOf(mark)) {
      if (marks.has(number)) marks.get(number).push(mark);
      else marks.set(number, [mark]);
    }
  }
  return marks;
}

// Returns the claim's marks in text order.
export const marksOf = (number) =>
  blocksOf(region).flatMap((block) => marksIn(block).get(String(number)) ?? []);

// Returns the numbers of all claims marked in the text, as they first come up.
export function claimsInOrder() {
  return [...new Set(blocksOf(region).flatMap((block) => [...marksIn(block).keys()]))];
}

export const claimsIn = (block) => [...marksIn(block).keys()];
