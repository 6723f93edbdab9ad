// The small bar at selected words: what can be done with them.

import { domRange, textBetween } from "../offsets.js";
import { numbersOf, openAt, openNumber } from "./lights.js";
import { announce, listen, opened, region, root, say, versionUrl } from "./page.js";
import { ask } from "./panel.js";
import { addRange, isPicking, pick } from "./ranges.js";
import { paintDraft, selectAgain, state } from "./selection.js";

const bar = root?.querySelector("[data-bar]");
const button = (name) => bar.querySelector(`[data-bar-action="${name}"]`);
let shown = null;

const hasForm = () => Boolean(opened().querySelector("[data-ranges]"));

function hide() {
  shown = null;
  if (bar.matches(":popover-open")) bar.hidePopover();
}

function marksUnder([start, end]) {
  const range = domRange(region, start, end);
  const found = [];
  for (const mark of region.querySelectorAll("mark[data-claims]")) {
    if (range.intersectsNode(mark)) found.push(...numbersOf(mark));
  }
  return [...new Set(found)];
}

function show(range) {
  shown = range;
  button("range").hidden = !hasForm();
  button("claim").hidden = hasForm();
  button("mention").hidden = hasForm();
  button("here").hidden = marksUnder(range).length === 0;
  const open = opened().matches(".opened--card") ? openNumber() : "";
  button("mention").textContent = open ? `${say("addTo")} ${open}` : say("addToAny");
  if (!bar.matches(":popover-open")) bar.showPopover();
  const boxes = domRange(region, ...range).getClientRects();
  const last = boxes[boxes.length - 1];
  if (!last || matchMedia("(pointer: coarse)").matches) return;
  const left = Math.min(Math.max(8, last.left), innerWidth - bar.offsetWidth - 8);
  bar.style.left = `${left + scrollX}px`;
  bar.style.top = `${last.bottom + 8 + scrollY}px`;
}

const rangeQuery = (range) => `range=${range[0]}-${range[1]}`;

const actions = {
  claim: (range) => ask(versionUrl(`claims/new/?${rangeQuery(range)}`)),
  mention: (range) => {
    const open = opened().matches(".opened--card") ? openNumber() : "";
    const claim = open ? `&claim=${open}` : "";
    return ask(versionUrl(`mentions/new/?${rangeQuery(range)}${claim}`));
  },
  range: (range) => {
    addRange(range);
    paintDraft();
  },
  here: (range) => openAt(marksUnder(range)),
  cancel: () => document.getSelection().removeAllRanges(),
};

async function act(name) {
  const range = shown;
  hide();
  if (!range) return;
  await actions[name](range);
  if (name !== "claim" && name !== "mention") return;
  document.getSelection().removeAllRanges();
  paintDraft();
  const field = opened().querySelector("form textarea, form input[type=search]");
  field?.focus({ preventScroll: true });
  opened().scrollIntoView({ block: "nearest" });
}

if (bar) {
  listen("selected", ({ range }) => {
    if (!range) return hide();
    if (isPicking()) {
      pick(range);
      document.getSelection().removeAllRanges();
      return;
    }
    show(range);
    announce(`${say("selected")} ${textBetween(region, ...range)}`);
  });
  // The selection must outlive a press on the bar.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("[data-bar-action]")?.dataset.barAction;
    if (name) act(name);
  });
  region.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !state.range || event.target !== region) return;
    event.preventDefault();
    show(state.range);
    bar.querySelector("button:not([hidden])").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    const range = shown;
    const fromBar = bar.contains(document.activeElement);
    hide();
    if (!fromBar) return;
    region.focus({ preventScroll: true });
    selectAgain(range);
  });
}
