// The small bar at selected words: what can be done with them.

import { domRange, textBetween } from "../offsets.js";
import { carriedNumber } from "./carry.js";
import { writeRange, isSame } from "./edges.js";
import { openAt, openNumber } from "./lights.js";
import { copyLink } from "./links.js";
import { numbersOf } from "./marks.js";
import { announce, listen, opened, region, root, say, versionUrl } from "./page.js";
import { ask } from "./panel.js";
import { isPicking, pick } from "./picking.js";
import { addRange } from "./ranges.js";
import { movePlace, placesHere } from "./resize.js";
import { paintDraft, selectAgain, state } from "./selection.js";
import { wholeWords } from "./words.js";

const bar = root?.querySelector("[data-bar]");
const FIRST_FIELD = "form textarea, form input[type=search], form [data-source]";
let shown = null;
// What is being pressed stays where it is.
let isPressed = false;

const cardNumber = () => (opened().matches(".opened--card") ? openNumber() : "");

export function hide() {
  shown = null;
  if (bar.matches(":popover-open")) bar.hidePopover();
}

function marksUnder([start, end]) {
  const range = domRange(region, start, end);
  const blocks = [...region.querySelectorAll("[data-block]")].filter(
    (one) => Number(one.dataset.start) < end && Number(one.dataset.end) > start);
  const marks = blocks.flatMap((one) => [...one.querySelectorAll("mark[data-claims]")]);
  return [...new Set(marks.filter((one) => range.intersectsNode(one)).flatMap(numbersOf))];
}

// Says for each button whether it has a use now; those that change nothing are always there.
function uses(range) {
  const isFilling = isPicking();
  const hasForm = Boolean(opened().querySelector("[data-ranges]"));
  const isFree = !isFilling && !hasForm;
  const [open, carried] = [cardNumber(), carriedNumber()];
  return {
    fill: isFilling,
    range: hasForm && !isFilling,
    claim: isFree,
    mention: isFree,
    carried: isFree && Boolean(carried) && carried !== open,
    move: isFree && placesHere().length === 1,
    whole: !isSame([wholeWords(region, range)], [range]),
    here: !isFilling && marksUnder(range).length > 0,
    link: !isFilling,
  };
}

function show(range) {
  shown = range;
  const [used, open] = [uses(range), cardNumber()];
  for (const one of bar.querySelectorAll("[data-bar-action]")) {
    const name = one.dataset.barAction;
    one.hidden = used[name] === false;
    if (name === "mention") one.textContent = open ? `${say("addTo")} ${open}` : say("addToAny");
    if (name === "carried") one.textContent = `${say("addTo")} ${carriedNumber()}`;
    if (name === "move") one.textContent = say("moveHere").replace("{}", open);
  }
  if (!bar.matches(":popover-open")) bar.showPopover();
  const boxes = domRange(region, ...range).getClientRects();
  const last = [...boxes].at(-1);
  if (!last || matchMedia("(pointer: coarse)").matches) return;
  const left = Math.min(Math.max(8, last.left), innerWidth - bar.offsetWidth - 8);
  bar.style.left = `${left + scrollX}px`;
  bar.style.top = `${last.bottom + 8 + scrollY}px`;
}

const addTo = (number, range) =>
  ask(versionUrl(`mentions/new/?range=${writeRange(range)}${number ? `&claim=${number}` : ""}`));

const actions = {
  claim: (range) => ask(versionUrl(`claims/new/?range=${writeRange(range)}`)),
  mention: (range) => addTo(cardNumber(), range),
  carried: (range) => addTo(carriedNumber(), range),
  fill: pick,
  range: addRange,
  move: movePlace,
  whole: (range) => selectAgain(wholeWords(region, range)),
  here: (range) => openAt(marksUnder(range)),
  link: copyLink,
  cancel: () => document.getSelection().removeAllRanges(),
};
const OPENS_A_FORM = new Set(["claim", "mention", "carried"]);

async function act(name, range = shown) {
  hide();
  if (!range) return;
  // Without an answer the words stay selected, to be tried again.
  if ((await actions[name](range)) === false) return selectAgain(range);
  if (name === "move") document.getSelection().removeAllRanges();
  if (!OPENS_A_FORM.has(name)) return;
  document.getSelection().removeAllRanges();
  paintDraft();
  opened().querySelector(FIRST_FIELD)?.focus({ preventScroll: true });
  opened().scrollIntoView({ block: "nearest" });
}

function take({ range, by }) {
  if (!range) return hide();
  if (isPressed && shown && isSame([range], [shown])) return;
  // Keys and fingers may not be done yet: they say so by Enter or by the bar.
  if (isPicking() && by !== "keys" && by !== "touch") return pick(range);
  show(range);
  announce(`${say("selected")} ${textBetween(region, ...range)}`);
}

function enter(range) {
  if (isPicking()) return pick(range);
  show(range);
  bar.querySelector("button:not([hidden])").focus();
}

if (bar) {
  listen("selected", take);
  listen("wanted", ({ range }) => enter(range));
  // The selection must outlive a press on the bar.
  bar.onpointerdown = bar.onmousedown = (event) => event.preventDefault();
  for (const name of ["pointerdown", "pointerup", "pointercancel"]) {
    document.addEventListener(name, (event) => {
      isPressed = name === "pointerdown" && bar.contains(event.target);
    }, { capture: true });
  }
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("[data-bar-action]")?.dataset.barAction;
    if (name) act(name);
  });
  region.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !state.range || event.target !== region) return;
    event.preventDefault();
    enter(state.range);
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
