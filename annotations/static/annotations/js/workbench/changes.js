// What was typed into the form of something that is there already, a claim's words, a place, my
// judgement, outlives the page as drafts of new claims do; its form offers it when it is open again.

import { button, fill, typedInto } from "./draft-form.js";
import { forget, keepHere, keepThere, newest, read } from "./draft-store.js";
import { readRanges } from "./edges.js";
import { listen, opened, root, say } from "./page.js";
import { setRanges } from "./ranges.js";

const THERE_MS = 1_500;
// Forms that hold what the person wants: typed into, filled, or given back by the server.
const settled = new WeakSet();
const timers = new Map();
let sent = null;

// Returns what the form behind an address is about; a save that waited knows only its address.
function aboutOf(url) {
  const path = new URL(url, location.href).pathname;
  const found = path.match(/\/(claim|mention)s\/([0-9a-f-]+)\/(edit|review)\/$/);
  if (!found) return "";
  const [, kind, name, deed] = found;
  return deed === "review" ? `review:${name}` : `${kind}-edit:${name}`;
}

const forms = () => [...opened().querySelectorAll("form[data-draft-of]")];
const nameOf = (form) => form.dataset.draftOf;

// Marks what has a draft in this browser; the server has marked those it keeps.
function mark() {
  for (const one of opened().querySelectorAll("[data-draft-mark]")) {
    if (read(one.dataset.draftMark)) one.hidden = false;
  }
}

function keep(form) {
  const about = nameOf(form);
  keepHere(about, { fields: typedInto(form) });
  clearTimeout(timers.get(about));
  timers.set(about, setTimeout(() => keepThere(about, { fields: typedInto(form) }), THERE_MS));
}

function drop(about) {
  clearTimeout(timers.get(about));
  timers.delete(about);
  forget(about);
  for (const one of opened().querySelectorAll(`[data-draft-mark="${about}"]`)) one.hidden = true;
}

function goOn(form, fields) {
  settled.add(form);
  fill(form, fields);
  const ranges = fields.filter(([name]) => name === "range").flatMap(([, value]) => readRanges(value));
  if (ranges.length && form.querySelector("[data-range-list]")) setRanges(ranges);
  for (const more of form.querySelectorAll("details")) {
    if ([...more.querySelectorAll("textarea")].some((one) => one.value)) more.open = true;
  }
  form.querySelector("textarea, input:not([type=hidden])")?.focus();
}

// A line at the head of the form: nothing is put over what is stored without being asked.
function offer(form, fields) {
  const line = document.createElement("div");
  line.className = "notice stack stack--tight";
  line.dataset.changeOffer = "";
  const words = document.createElement("p");
  words.textContent = say("changes");
  const go = button(say("draftContinue"), "primary", () => {
    line.remove();
    goOn(form, fields);
  });
  const away = button(say("draftDiscard"), "quiet", () => {
    line.remove();
    drop(nameOf(form));
  });
  const choice = document.createElement("div");
  choice.className = "cluster";
  choice.append(go, away);
  line.append(words, choice);
  form.prepend(line);
}

async function look(form) {
  const about = nameOf(form);
  if (settled.has(form) || form.querySelector("[data-change-offer]")) return;
  // The answer to a save that was refused holds what was typed.
  if (sent === about) return settled.add(form);
  if (!read(about) && !("draftThere" in form.dataset)) return;
  const draft = await newest(about);
  if (!draft?.fields || settled.has(form) || !form.isConnected) return;
  if (!form.querySelector("[data-change-offer]")) offer(form, draft.fields);
}

function shown() {
  mark();
  forms().forEach(look);
}

if (root?.dataset.mayAnnotate) {
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-draft-of]");
    if (!form) return;
    settled.add(form);
    form.querySelector("[data-change-offer]")?.remove();
    keep(form);
  });
  listen("ranges", () => forms().filter((one) => settled.has(one)).forEach(keep));
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("form[data-draft-of]")) sent = nameOf(target);
  }, { capture: true });
  document.addEventListener("click", ({ target }) => {
    const cancel = target.closest("[data-cancel]");
    if (cancel) forms().forEach((one) => drop(nameOf(one)));
  });
  listen("swapped", () => {
    shown();
    sent = null;
  });
  listen("arrived", ({ url }) => aboutOf(url) && drop(aboutOf(url)));
  shown();
}
