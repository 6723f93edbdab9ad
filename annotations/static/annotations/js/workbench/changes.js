// What was typed into the form of something that is there already, a claim's words, a place, my
// judgement, outlives the page as drafts of new claims do; its form offers it when it is open again.

import { fill, offerLine, THERE_MS, typedInto, typedOf } from "./draft-form.js";
import { aboutOf, forget, keepHere, keepThere, newest, read } from "./draft-store.js";
import { readRanges } from "./edges.js";
import { listen, opened, root, say } from "./page.js";
import { setRanges } from "./ranges.js";

// What each form held when it was opened or last kept.
const known = new WeakMap();
// What has a draft that is offered, or looked for, and not answered yet.
const offered = new Set();
const timers = new Map();
let sent = null;
let cancelled = [];

const forms = () => [...opened().querySelectorAll("form[data-draft-of]")];
const nameOf = (form) => form.dataset.draftOf;

// Marks what has a draft in this browser; the server has marked those it keeps.
function mark() {
  for (const one of opened().querySelectorAll("[data-draft-mark]")) {
    if (read(one.dataset.draftMark)) one.hidden = false;
  }
}

const held = (form) => JSON.stringify(typedInto(form));

function keep(form) {
  const about = nameOf(form);
  known.set(form, held(form));
  keepHere(about, { fields: typedInto(form) });
  clearTimeout(timers.get(about));
  timers.set(about, setTimeout(() => keepThere(about, { fields: typedInto(form) }), THERE_MS));
}

// Keeps what has changed by typing, by ticking, or by words picked in the text. An earlier draft
// that is still offered is not written over.
function keepChanged() {
  for (const form of forms()) {
    const isFree = known.has(form) && !offered.has(nameOf(form));
    if (isFree && known.get(form) !== held(form)) keep(form);
  }
}

function drop(about) {
  clearTimeout(timers.get(about));
  timers.delete(about);
  forget(about);
  for (const one of opened().querySelectorAll(`[data-draft-mark="${about}"]`)) one.hidden = true;
}

// Takes up a draft; what was typed since the form was opened stands.
function goOn(form, fields) {
  const before = new Set(JSON.parse(known.get(form) ?? "[]").map((pair) => pair.join("=")));
  const typed = typedInto(form).filter((pair) => !before.has(pair.join("=")));
  const newer = new Set(typed.map(([name]) => name));
  fill(form, fields.filter(([name]) => !newer.has(name)).concat(typed));
  const ranges = fields.filter(([name]) => name === "range").flatMap(([, value]) => readRanges(value));
  const isMarking = ranges.length && form.querySelector("[data-range-list]") && !newer.has("range");
  if (isMarking) setRanges(ranges);
  for (const more of form.querySelectorAll("details")) {
    if ([...more.querySelectorAll("textarea")].some((one) => one.value)) more.open = true;
  }
  keep(form);
  form.querySelector("textarea, input:not([type=hidden])")?.focus();
}

function offer(form, fields) {
  const about = nameOf(form);
  const answer = (act) => () => {
    line.remove();
    offered.delete(about);
    act();
  };
  const away = () => {
    drop(about);
    keepChanged();
  };
  const line = offerLine(say("changes"), answer(() => goOn(form, fields)), answer(away));
  line.dataset.changeOffer = "";
  form.prepend(line);
}

async function look(form) {
  const about = nameOf(form);
  if (known.has(form)) return;
  known.set(form, held(form));
  // The answer to a save that was refused holds what was typed.
  if (sent === about || (!read(about) && !("draftThere" in form.dataset))) return;
  // Until it is known what there is, nothing is written over it.
  offered.add(about);
  const draft = await newest(about);
  // It was stored in between.
  if (!offered.has(about)) return;
  if (draft?.fields && form.isConnected) return offer(form, draft.fields);
  offered.delete(about);
  keepChanged();
}

function shown() {
  mark();
  forms().forEach(look);
}

// A save that was stored has served its draft, unless more was typed meanwhile or the draft was
// offered and not answered.
function arrived({ url, body }) {
  const about = aboutOf(url);
  const kept = about && read(about)?.content.fields;
  const isSame = kept && JSON.stringify(typedOf(kept)) === JSON.stringify(typedOf(body));
  const isOffered = offered.delete(about);
  if (kept ? !isSame : isOffered) return mark();
  opened().querySelector(`[data-draft-of="${about}"] [data-change-offer]`)?.remove();
  if (about) drop(about);
}

if (root?.dataset.mayAnnotate) {
  const soon = () => setTimeout(keepChanged);
  document.addEventListener("input", keepChanged);
  document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
    const isLeft = target.closest("[data-cancel]") && !ctrlKey && !metaKey && !shiftKey;
    if (isLeft) cancelled = forms().map(nameOf).filter((about) => !offered.has(about));
    soon();
  });
  document.addEventListener("keyup", soon);
  listen("ranges", keepChanged);
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("form[data-draft-of]")) return;
    keepChanged();
    sent = nameOf(target);
  }, { capture: true });
  listen("swapped", () => {
    shown();
    const open = new Set(forms().map(nameOf));
    cancelled.filter((about) => !open.has(about)).forEach(drop);
    cancelled = [];
    sent = null;
  });
  listen("unsent", () => (sent = null));
  listen("arrived", arrived);
  listen("drafted", mark);
  shown();
}
