// From a point of the screen to a place in the text, and back.

import { blockAt, domRange, offsetOf, snapRange } from "../offsets.js";
import { region } from "./page.js";
import { isRightToLeft } from "./visual.js";

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const LEFT_TO_RIGHT = /[\p{L}\p{N}]/u;

// Returns the text's offset at a point of the window, or null where there is no text.
export function offsetAt(x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  const range = place ? null : document.caretRangeFromPoint?.(x, y);
  const node = place?.offsetNode ?? range?.startContainer;
  if (!node || !region.contains(node)) return null;
  return offsetOf(region, node, place?.offset ?? range.startOffset);
}

function runsBackwards(text, block) {
  if (RIGHT_TO_LEFT.test(text)) return true;
  return !LEFT_TO_RIGHT.test(text) && isRightToLeft(block);
}

// Returns where the start or the end of a range is drawn: x, top and bottom in the window.
export function edgeOf([start, end], isStart) {
  const [first, last] = isStart
    ? snapRange(region, start, start + 1)
    : snapRange(region, end - 1, end);
  const letter = domRange(region, first, last);
  const boxes = letter.getClientRects();
  const box = boxes[isStart ? 0 : boxes.length - 1];
  if (!box) return null;
  const backwards = runsBackwards(letter.toString(), blockAt(region, first));
  const x = backwards === isStart ? box.right : box.left;
  return { x, top: box.top, bottom: box.bottom };
}
