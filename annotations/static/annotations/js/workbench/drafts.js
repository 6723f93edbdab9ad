// What was typed into the form of a new claim, or of a further place of one, and not saved outlives
// a reload, a crash, a lost session, and waits on other machines too: a copy in this browser at once,
// and one on the server a little later. Each form has a draft of its own; none writes over another.

import { fill, THERE_MS, typedInto, typedOf } from "./draft-form.js";
import { elsewhere, offerDraft, PATHS } from "./draft-offer.js";
import { all, forget, keepHere, keepThere, newest } from "./draft-store.js";
import { readRanges } from "./edges.js";
import { keepLater } from "./later.js";
import { listen, opened, root, say, versionUrl } from "./page.js";
import { draftRanges } from "./selection.js";

const family = `claim:${root?.dataset.version}`;
// Offered at once; the next one follows when one is answered.
const OFFERED = 3;
const offers = root?.querySelector("[data-offers]");
// What was typed, by the draft's name; and the names that forms go on under, by their key.
const kept = new Map();
const names = new Map();
// Forms that hold what the person wants: filled from a draft, or typed into.
const settled = new WeakSet();
const timers = new Map();
let last = "";
let cancelled = "";

const openForm = () => opened().querySelector("form[data-draft]");
const nameFor = (key) => names.get(key) ?? `${family}:${key.slice(0, 8)}`;
const nameOf = (form) => nameFor(form.elements.namedItem("key").value);

// Returns what the form is opened with: its passage, and the claim it adds a place to.
function query(ranges, claim) {
  const parts = ranges.map(([start, end]) => `range=${start}-${end}`);
  return [...parts, ...(claim ? [`claim=${claim}`] : [])].join("&");
}

const passageless = (fields) => fields.filter(([name]) => name !== "range");

function typed(form) {
  const fields = passageless(typedInto(form));
  const claim = form.elements.namedItem("claim")?.value;
  return { path: PATHS[form.dataset.draft], query: query(draftRanges(), claim), fields };
}

function keep() {
  const form = openForm();
  if (!form) return;
  kept.set(nameOf(form), typed(form));
  keepHere(nameOf(form), typed(form));
}

// Keeps on the server what was typed last, though its form may have gone meanwhile.
async function send(name, isLeaving = false) {
  clearTimeout(timers.get(name));
  timers.delete(name);
  const isKept = await keepThere(name, kept.get(name), isLeaving);
  const form = openForm();
  const line = form && nameOf(form) === name && form.querySelector("[data-draft-state]");
  if (line) line.textContent = say(isKept ? "draftKept" : "draftHereOnly");
}

function leave() {
  keep();
  for (const name of timers.keys()) send(name, true);
}

function done(name) {
  clearTimeout(timers.get(name));
  timers.delete(name);
  kept.delete(name);
  forget(name);
  draw();
}

// A form that gave way to something else, and was neither saved nor cancelled, is offered again.
function draw() {
  const waiting = openForm() ? [] : [...kept].filter(([, one]) => one.query);
  offers.replaceChildren(...waiting.slice(0, OFFERED).map((one) => offerDraft(one, done)));
}

// Returns the name of the draft of the same form over the same words.
function draftLike({ path, query: opening }) {
  const isLike = ([, one]) => one.query === opening && (one.path ?? PATHS.claim) === path;
  return [...kept].find(isLike)?.[0];
}

async function continueHere(form) {
  last = nameOf(form);
  if (settled.has(form)) return;
  const like = kept.has(last) ? last : draftLike(typed(form));
  if (!like) return settled.add(form);
  names.set(form.elements.namedItem("key").value, (last = like));
  const draft = await newest(like);
  // The person may have typed or gone on meanwhile.
  if (settled.has(form) || form !== openForm()) return;
  settled.add(form);
  if (draft) fill(form, draft.fields);
}

function look() {
  const form = openForm();
  if (form) continueHere(form);
  if (cancelled && (!form || nameOf(form) !== cancelled)) done(cancelled);
  cancelled = "";
  // A save tells that it has arrived once its answer is shown.
  setTimeout(draw);
}

// It was stored: its draft has served, but for words typed since it was sent. A save that waited may
// know its words only.
function arrived({ url, body, number }) {
  const path = Object.values(PATHS).find((one) => versionUrl(one) === new URL(url, location.href).pathname);
  if (!path) return;
  const opening = query(body.getAll("range").flatMap(readRanges), body.get("claim"));
  const given = nameFor(body.get("key") ?? "");
  const name = kept.has(given) ? given : (draftLike({ path, query: opening }) ?? given);
  const now = kept.get(name)?.fields;
  done(name);
  if (now && number) keepLater(number, passageless(typedOf(body)), now);
}

if (root?.dataset.mayAnnotate) {
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    settled.add(form);
    keep();
    const name = nameOf(form);
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(() => send(name), THERE_MS));
  });
  document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
    const isLeft = target.closest("[data-cancel]") && !ctrlKey && !metaKey && !shiftKey;
    if (isLeft && openForm()) cancelled = nameOf(openForm());
  });
  document.addEventListener("submit", keep, { capture: true });
  // A page that is left, or put aside on a phone, may never be asked again.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
  window.addEventListener("pagehide", leave);
  listen("swapped", look);
  listen("arrived", arrived);
  listen("closed", ({ hadForm }) => hadForm && done(last));
  const families = [family, ...elsewhere.map(([, uid]) => `claim:${uid}`)];
  all(families, (name, content) => kept.has(name) || kept.set(name, content)).then(draw);
}
