// The strip that shows where the claims are: a press or a drag along it scrolls the text there. It is
// kept as the marks are, from the blocks that were swapped; for those who do not see it, the gutter
// and the list say the same.

import { astralPositions, blocksOf, domRange, endOf, startOf } from "../offsets.js";
import { binAt, binsOf, placesOf, widthOf } from "./bins.js";
import { numbersOf } from "./marks.js";
import { listen, region, root } from "./page.js";

const strip = root?.querySelector("[data-minimap]");
const SVG = "http://www.w3.org/2000/svg";
const read = new WeakMap();
const bars = new Map();
// The blocks as they were when the strip was last drawn.
let drawn = [];
let length = 0;
let bins = 0;
let pending = false;
let last = -1;

const codePoints = (text) => text.length - astralPositions(text).length;
const whenIdle = window.requestIdleCallback ?? ((act) => setTimeout(act, 50));

// Returns the block's marks by bin: the numbers of the claims there, and the first mark.
function binsIn(block) {
  if (read.has(block)) return read.get(block);
  const found = new Map();
  let at = startOf(block);
  for (const node of block.childNodes) {
    const end = at + codePoints(node.textContent);
    if (node.nodeName === "MARK" && end > at) {
      const [first, final] = binsOf(at, end, length, bins);
      for (let bin = first; bin <= final; bin += 1) {
        if (!found.has(bin)) found.set(bin, { numbers: new Set(), mark: node });
        for (const number of numbersOf(node)) found.get(bin).numbers.add(number);
      }
    }
    at = end;
  }
  read.set(block, found);
  return found;
}

function blocksOfBin(blocks, bin) {
  const [start, end] = placesOf(bin, length, bins);
  return blocks.filter((one) => startOf(one) < end && endOf(one) > start);
}

function drawBin(bin, claims) {
  let bar = bars.get(bin);
  if (!claims) {
    bar?.remove();
    bars.delete(bin);
    return;
  }
  if (!bar) {
    bar = document.createElementNS(SVG, "rect");
    for (const [name, value] of [["x", 0], ["y", bin], ["height", 1]]) bar.setAttribute(name, value);
    bars.set(bin, bar);
    strip.append(bar);
  }
  bar.setAttribute("width", widthOf(claims));
}

// Draws those bins anew that a swapped block reaches into.
function draw() {
  pending = false;
  const blocks = blocksOf(region);
  const changed = new Set();
  blocks.forEach((block, n) => {
    if (block === drawn[n]) return;
    const [first, final] = binsOf(startOf(block), endOf(block), length, bins);
    for (let bin = first; bin <= final; bin += 1) changed.add(bin);
  });
  drawn = blocks;
  for (const bin of changed) {
    const parts = blocksOfBin(blocks, bin).map((one) => binsIn(one).get(bin)?.numbers ?? []);
    drawBin(bin, new Set(parts.flatMap((one) => [...one])).size);
  }
}

// Once the answer of a save has been shown: the strip can wait.
function drawSoon() {
  if (!pending) whenIdle(draw);
  pending = true;
}

// Returns what the bin shows: its first marked words, or the words at its beginning.
function placeOfBin(bin) {
  const [start] = placesOf(bin, length, bins);
  const marked = blocksOfBin(drawn, bin).map((one) => binsIn(one).get(bin)).find(Boolean);
  return marked?.mark ?? domRange(region, start, Math.min(start + 1, length));
}

function goTo(bin) {
  const place = placeOfBin(bin);
  const aim = () => {
    const { top, bottom } = place.getBoundingClientRect();
    if (bottom > top) return scrollBy(0, (top + bottom - innerHeight) / 2);
    // What separates two blocks is not drawn.
    (place.startContainer?.parentElement ?? place).closest(".line")?.scrollIntoView({ block: "center" });
  };
  aim();
  // Heights of blocks not drawn before were guesses: once they are drawn, aim again.
  requestAnimationFrame(() => requestAnimationFrame(() => bin === last && aim()));
}

function follow(event) {
  if (pending) draw();
  const box = strip.getBoundingClientRect();
  const bin = binAt((event.clientY - box.top) / box.height, bins, (one) => bars.has(one));
  if (bin !== last) goTo((last = bin));
}

if (strip) {
  drawn = blocksOf(region);
  length = drawn.length ? endOf(drawn.at(-1)) : 1;
  bins = strip.viewBox.baseVal.height;
  for (const bar of strip.children) bars.set(bar.y.baseVal.value, bar);
  listen("swapped", drawSoon);
  // The text keeps its focus and its selection.
  strip.addEventListener("mousedown", (event) => event.preventDefault());
  strip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    strip.setPointerCapture(event.pointerId);
    last = -1;
    follow(event);
  });
  strip.addEventListener("pointermove", (event) => {
    if (strip.hasPointerCapture(event.pointerId)) follow(event);
  });
}
