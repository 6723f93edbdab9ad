// Handles at both ends of each range of the open claim, to drag with mouse, pen or finger. They lie
// over the page and outside the text, whose content is the text alone.

import { listen, region, root } from "./page.js";
import { edgeOf, offsetAt } from "./points.js";
import { moved, paintMoving, placesHere, savePlace } from "./resize.js";

const layer = root?.querySelector("[data-handles]");
let handles = [];
let drag = null;
let frame = 0;

function draw() {
  if (drag) return;
  const places = placesHere();
  handles = places.flatMap((place) =>
    place.ranges.flatMap((_, n) => [true, false].map((isStart) => ({ place, n, isStart }))));
  layer.replaceChildren(...handles.map((handle) => {
    const element = document.createElement("div");
    element.className = `handle handle--${handle.isStart ? "start" : "end"}`;
    handle.element = element;
    element.addEventListener("pointerdown", (event) => take(handle, event));
    return element;
  }));
  put();
}

// Puts the handles where their ranges stand now.
function put() {
  frame = 0;
  if (!handles.length) return;
  const origin = layer.getBoundingClientRect();
  for (const { element, place, n, isStart } of handles) {
    const edge = edgeOf((drag?.place === place ? drag.ranges : place.ranges)[n], isStart);
    element.hidden = !edge;
    if (!edge) continue;
    element.style.left = `${edge.x - origin.left}px`;
    element.style.top = `${(isStart ? edge.top : edge.bottom) - origin.top}px`;
  }
}

function putSoon() {
  frame ||= requestAnimationFrame(put);
}

function take(handle, event) {
  if (event.button) return;
  event.preventDefault();
  const { place, n, isStart, element } = handle;
  const edge = edgeOf(place.ranges[n], isStart);
  drag = {
    place, n, isStart, element,
    ranges: place.ranges,
    // From the finger to the middle of the letters' line: what is under the finger is hidden by it.
    dx: edge.x - event.clientX,
    dy: (edge.top + edge.bottom) / 2 - event.clientY,
  };
  element.setPointerCapture(event.pointerId);
  layer.classList.add("is-dragging");
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", drop);
  element.addEventListener("pointercancel", cancel);
  document.addEventListener("keydown", cancelByKey, true);
}

function move(event) {
  const offset = offsetAt(event.clientX + drag.dx, event.clientY + drag.dy);
  if (offset === null) return;
  drag.ranges = moved(drag.place.ranges, drag.n, drag.isStart, offset);
  paintMoving(drag.ranges);
  put();
}

function letGo() {
  const { element } = drag;
  element.removeEventListener("pointermove", move);
  element.removeEventListener("pointerup", drop);
  element.removeEventListener("pointercancel", cancel);
  document.removeEventListener("keydown", cancelByKey, true);
  layer.classList.remove("is-dragging");
  const { place, ranges } = drag;
  drag = null;
  return { place, ranges };
}

function drop() {
  const { place, ranges } = letGo();
  savePlace(place, ranges);
}

function cancel() {
  letGo();
  paintMoving(null);
  put();
}

function cancelByKey(event) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  cancel();
}

if (layer && root.dataset.mayAnnotate) {
  listen("swapped", draw);
  listen("unmoved", draw);
  // At once: a handle left where it was may stand outside a narrower window and widen the page.
  addEventListener("resize", put);
  addEventListener("scroll", putSoon, { passive: true, capture: true });
  // Blocks get their true height once they are drawn, and move all that follows.
  new ResizeObserver(putSoon).observe(region);
  draw();
}
