// What opens has its title in sight, however far the list below it has scrolled, and the list stands
// where it stood once that is closed. When a form opens, so are the words it is about: on a phone it
// would lie over them.

import { domRange } from "../offsets.js";
import { listen, opened, region, root } from "./page.js";
import { draftRanges } from "./selection.js";
import { lowerEdge } from "./sheet.js";

const GAP = 12;
const tops = root?.querySelectorAll("[data-head], [data-tools]") ?? [];
const scroller = root && opened().parentElement;
let last = null;
let title = "";
let listAt = 0;

// Returns the part of the window that nothing lies over, as [top, bottom]. What is sticky sticks to
// the window's upper edge.
function freePart() {
  const stuck = [...tops].filter((one) => getComputedStyle(one).position === "sticky");
  const top = Math.max(0, ...stuck.map((one) => one.offsetHeight));
  return [top + GAP, lowerEdge() - GAP];
}

// Returns how far the page must scroll for the words to stand in the middle of the free part, or to
// begin with it if they are longer; 0 if they are in it.
function distance([start, end]) {
  const box = domRange(region, start, end).getBoundingClientRect();
  const [top, bottom] = freePart();
  if (box.top >= top && box.bottom <= bottom) return 0;
  return box.top - top - Math.max(0, (bottom - top - box.height) / 2);
}

function show(range) {
  const by = distance(range);
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (Math.abs(by) < innerHeight) {
    scrollBy({ top: by, behavior: isCalm ? "instant" : "smooth" });
    return;
  }
  scrollBy({ top: by, behavior: "instant" });
  // Heights of blocks not drawn before were guesses: once they are drawn, aim again.
  requestAnimationFrame(() => scrollBy({ top: distance(range), behavior: "instant" }));
}

// A card that is drawn again, as after a save, stays where it is.
function showTitle() {
  const before = title;
  title = opened().querySelector(".opened__title")?.textContent ?? "";
  if (title !== before) scroller.scrollTop = title ? 0 : listAt;
}

function look() {
  showTitle();
  const form = opened().querySelector("form");
  if (form === last) return;
  last = form;
  const [range] = draftRanges();
  if (!form || !range) return;
  scroller.scrollTop = 0;
  show(range);
}

if (region) {
  scroller.addEventListener("scroll", () => title || (listAt = scroller.scrollTop), { passive: true });
  listen("swapped", look);
  showTitle();
}
