// A field of the form that waits for words of the text: those of a cue, of a source, of a further
// range. While one is active, what is selected next fills it.

import { textBetween } from "../offsets.js";
import { announce, listen, opened, region, say, tell } from "./page.js";
import { addRange, showField } from "./ranges.js";
import { endWait, waitFor } from "./waiting.js";

let active = null;

export const isPicking = () => Boolean(active?.isConnected);

const holderOf = (button) => button.closest("[data-hop], [data-ranges]");

function press(button, isOn) {
  button.setAttribute("aria-pressed", String(isOn));
  holderOf(button).classList.toggle("is-picking", isOn);
}

// The keyboard goes to the text, where the words are selected next.
function start(button) {
  const sentence = say("waiting").replace("{}", button.dataset.waitsFor);
  waitFor(`${sentence} ${say("waitingKeys")}`, stop);
  active = button;
  press(button, true);
  document.getSelection().removeAllRanges();
  region.focus({ preventScroll: true });
}

function stop() {
  const button = active;
  active = null;
  if (!button) return;
  press(button, false);
  announce(say("waitingOver"));
  button.focus({ preventScroll: true });
}

// Puts the selected words into the field that waits for them.
export function pick(range) {
  const button = active;
  active = null;
  endWait(false);
  press(button, false);
  const words = textBetween(region, ...range);
  if (button.dataset.waits === "range") addRange(range);
  else fill(button, range, words);
  announce(`${say("waitingTaken")} ${words}`);
  document.getSelection().removeAllRanges();
  button.focus({ preventScroll: true });
  tell("picked");
}

const inputOf = (button) =>
  holderOf(button).querySelector(`input[name$="-${button.dataset.waits}"]`);

function fill(button, [start, end], words) {
  const input = inputOf(button);
  input.value = `${start}-${end}`;
  showField(button, input);
  const name = holderOf(button).querySelector('input[name$="-source_name"]');
  if (button.dataset.waits === "source_ranges" && name && !name.value) {
    name.value = words.replace(/\s+/g, " ").trim();
    name.dispatchEvent(new Event("input", { bubbles: true }));
  }
  // Drafts are kept as what was typed is: picking is no typing.
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function showAll() {
  for (const button of opened().querySelectorAll("[data-waits]")) {
    if (button.dataset.waits !== "range") showField(button, inputOf(button));
  }
  if (active && !active.isConnected) {
    active = null;
    endWait(false);
  }
}

if (region) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-waits]");
    if (!button) return;
    if (active === button) endWait();
    else start(button);
  });
  listen("swapped", () => setTimeout(showAll));
  showAll();
}
