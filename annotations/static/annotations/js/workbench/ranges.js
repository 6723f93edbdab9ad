// The ranges of an open form, and the words that its fields hold: adding, removing, showing.

import { textBetween } from "../offsets.js";
import { readRanges } from "./edges.js";
import { announce, opened, region, say, tell } from "./page.js";

const list = () => opened().querySelector("[data-range-list]");
const rangeOf = (row) => readRanges(row.querySelector("input").value)[0];

// Returns sorted ranges with one more; those that it overlaps become one with it.
export function withRange(ranges, [start, end]) {
  const apart = ranges.filter(([first, last]) => last <= start || end <= first);
  const joined = ranges.filter(([first, last]) => first < end && start < last);
  const whole = [
    Math.min(start, ...joined.map(([first]) => first)),
    Math.max(end, ...joined.map(([, last]) => last)),
  ];
  return [...apart, whole].sort((one, other) => one[0] - other[0]);
}

function row([start, end]) {
  const template = opened().querySelector("[data-range-template]");
  const made = template.content.firstElementChild.cloneNode(true);
  made.querySelector("input").value = `${start}-${end}`;
  made.querySelector("blockquote").textContent = textBetween(region, start, end);
  return made;
}

// Adds a range to the open form, in text order, and shows them all.
export function addRange(range) {
  const before = [...list().children].map(rangeOf);
  list().replaceChildren(...withRange(before, range).map(row));
  list().closest("details").open = true;
  tell("ranges");
  announce(say("rangeAdded"));
}

// Gives the open form these ranges, in place of what it holds.
export function setRanges(ranges) {
  list().replaceChildren(...ranges.map(row));
  tell("ranges");
}

// Shows beside a field's button the words that the field holds.
export function showField(button, input) {
  button.dataset.label ??= button.textContent;
  const ranges = readRanges(input.value);
  const words = ranges.map((one) => textBetween(region, ...one)).join(" … ");
  button.textContent = words ? `${button.dataset.label}: “${words}”` : button.dataset.label;
}

if (region) {
  document.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-range-remove]");
    if (!remove || list().children.length < 2) return;
    remove.closest("li").remove();
    tell("ranges");
  });
}
