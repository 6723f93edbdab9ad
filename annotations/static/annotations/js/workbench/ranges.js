// The ranges of an open form: adding, removing; and picking the words of a cue or a source.

import { textBetween } from "../offsets.js";
import { announce, opened, region, say, tell } from "./page.js";

let picking = null;

const list = () => opened().querySelector("[data-range-list]");

// Adds a range to the open form, in text order; one that overlaps another takes its place.
export function addRange([start, end]) {
  for (const row of [...list().children]) {
    const [first, last] = row.querySelector("input").value.split("-").map(Number);
    if (first < end && start < last) {
      [start, end] = [Math.min(first, start), Math.max(last, end)];
      row.remove();
    }
  }
  const template = opened().querySelector("[data-range-template]");
  const row = template.content.firstElementChild.cloneNode(true);
  row.querySelector("input").value = `${start}-${end}`;
  row.querySelector("blockquote").textContent = textBetween(region, start, end);
  const next = [...list().children].find((one) => startOf(one) > start);
  list().insertBefore(row, next ?? null);
  announce(say("rangeAdded"));
}

const startOf = (row) => Number(row.querySelector("input").value.split("-")[0]);

export const isPicking = () => Boolean(picking?.isConnected);

// Puts the selected words into the field that waits for them.
export function pick([start, end]) {
  const button = picking;
  stopPicking();
  const hop = button.closest("[data-hop]");
  const input = hop.querySelector(`input[name$="-${button.dataset.wordsOf}"]`);
  input.value = `${start}-${end}`;
  const words = textBetween(region, start, end);
  showWords(button, words);
  const name = hop.querySelector('input[name$="-source_name"]');
  if (button.dataset.wordsOf === "source_ranges" && name && !name.value) {
    name.value = words.replace(/\s+/g, " ").trim();
    name.dispatchEvent(new Event("input", { bubbles: true }));
  }
  button.focus();
}

function showWords(button, words) {
  button.dataset.label ??= button.textContent;
  button.textContent = `${button.dataset.label}: “${words}”`;
}

function stopPicking() {
  picking?.closest("[data-hop]")?.classList.remove("is-picking");
  picking = null;
}

document.addEventListener("click", (event) => {
  const remove = event.target.closest("[data-range-remove]");
  if (remove && list().children.length > 1) {
    remove.closest("li").remove();
    tell("swapped");
  }
  const button = event.target.closest("[data-words-of]");
  if (!button || !region) return;
  picking = button;
  button.closest("[data-hop]").classList.add("is-picking");
  announce(say("pickWords"));
});
