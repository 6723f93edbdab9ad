// A claim that left the text, hidden by a moderator or taken back: what the page still shows of it goes
// too, except for the words that the person has typed.

import { openNumber } from "./lights.js";
import { announce, cardUrl, listen, opened, root, say, sentHeaders, tell } from "./page.js";

const WORDS = "textarea, input[type=text], input[type=search]";
// Fields typed into: a form that came back with an error holds what was typed as if it was given.
const touched = new Set();

const nameOf = (field) => `${openNumber()} ${field.name}`;
const isChanged = (field) => field.value !== (field.defaultValue ?? field.value);

function typedFields() {
  return [...opened().querySelectorAll(WORDS)].filter(
    (one) => one.value.trim() && !one.closest("[hidden]") &&
      (isChanged(one) || touched.has(nameOf(one))));
}

// Words that were typed, or a label that was ticked and not saved.
function isInUse() {
  const ticked = [...opened().querySelectorAll("[type=radio], [type=checkbox]")];
  return typedFields().length > 0 || ticked.some((one) => one.checked !== one.defaultChecked);
}

// Moves the fields themselves, so that who is typing types on.
function keepTyped(section, fields) {
  const sentence = document.createElement("p");
  sentence.className = "meta";
  sentence.textContent = say("typedKept");
  section.append(sentence);
  for (const field of fields) {
    const box = document.createElement("div");
    box.className = "field";
    const label = document.createElement("label");
    label.htmlFor = field.id;
    label.textContent = field.labels[0]?.textContent ?? "";
    field.removeAttribute("aria-describedby");
    box.append(label, field);
    section.append(box);
  }
}

function show(card, fields) {
  const held = document.activeElement;
  const caret = fields.includes(held) ? [held.selectionStart, held.selectionEnd] : null;
  if (fields.length) keepTyped(card, fields);
  opened().replaceWith(card);
  if (caret) {
    held.focus({ preventScroll: true });
    held.setSelectionRange(...caret);
  }
  tell("swapped");
}

// Asks what there is of the open claim now; throws when the answer does not tell.
async function lookAgain(number) {
  const answer = await fetch(cardUrl(number), { headers: sentHeaders() });
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  const card = template.content.firstElementChild;
  if (card?.id !== "opened") throw new Error(answer.status);
  if (openNumber() !== number) return;
  if (card.dataset.absent) return show(card, typedFields());
  // It was taken back only: whoever is at it reads that when they save.
  const isNewer = Number(card.dataset.revision) > Number(opened().dataset.revision);
  if (isNewer && !isInUse()) show(card, []);
}

// Takes claims off the page that a fresh load would no longer show.
export async function leave(numbers) {
  for (const number of numbers) {
    const lines = root.querySelectorAll(`[data-row="${number}"], [data-of-claim="${number}"]`);
    lines.forEach((one) => one.remove());
  }
  const notice = opened().querySelector("[data-already]");
  if (notice && !notice.querySelector("[data-of-claim]")) notice.remove();
  // What was said last may have been its words.
  announce("");
  tell("swapped");
  if (numbers.map(String).includes(openNumber())) await lookAgain(openNumber());
}

if (root) {
  document.addEventListener("input", ({ target }) => {
    if (opened().contains(target)) touched.add(nameOf(target));
  });
  listen("saved", () => touched.clear());
}
