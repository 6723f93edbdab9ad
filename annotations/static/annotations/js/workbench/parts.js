// Puts an answer's parts in their places: a few elements, each takes the place of the one with its id.

import { announce, opened, region, root, say, tell } from "./page.js";
import { problem } from "./problems.js";

function place(element) {
  if (!element.id) return problem(element);
  const old = document.getElementById(element.id);
  if (element.matches("template[data-remove]")) return old?.remove();
  if (element.id === "saved") return saved(element.dataset);
  if (old) return old.replaceWith(element);
  if (element.matches("[data-row]")) insertRow(element);
}

// A new claim's row goes where its words stand in the text.
function insertRow(row) {
  const rows = root.querySelector("[data-rows]");
  const at = Number(row.dataset.at);
  const next = [...rows.children].find((one) => Number(one.dataset.at) > at);
  rows.insertBefore(row, next ?? null);
  root.querySelector("[data-no-claims]")?.remove();
  // It was listed among those that only other versions hold.
  document.getElementById(`elsewhere-${row.dataset.row}`)?.remove();
}

function saved({ saved: number }) {
  announce(say("saved"));
  tell("saved", { number });
}

// Every claim of the text has its address where its words begin.
const isMarked = (number) => Number(document.getElementById(`claim-${number}`) !== null);

function count(more) {
  const shown = root.querySelector("[data-claim-count]");
  shown.textContent = Number(shown.textContent) + more;
}

export const savedIn = (html) => html.match(/data-saved="(\d+)"/)?.[1];

// Shows an answer. `asker` is what was open when it was asked for: a claim that was saved from a form
// is not shown in the place of something that has been opened since.
export function swap(html, asker = opened()) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const inText = region.contains(document.activeElement);
  const number = template.content.querySelector("#saved")?.dataset.saved;
  const isOther = asker !== opened() && opened().dataset.claim !== number;
  const isLeft = number && isOther && opened().firstElementChild;
  if (isLeft) template.content.querySelector("#opened")?.remove();
  const before = isMarked(number);
  [...template.content.children].forEach(place);
  count(isMarked(number) - before);
  tell("swapped");
  if (!inText && !isLeft) opened().querySelector("[data-focus]")?.focus({ preventScroll: true });
}
