// What was typed into a form and not saved outlives a reload, a crash, a lost session, and waits on
// other machines too: a copy in this browser at once, and one on the server a little later.

import { forget, keepHere, keepThere, newest, read } from "./draft-store.js";
import { fill, offerLine, THERE_MS, typedInto } from "./draft-form.js";
import { readRanges } from "./edges.js";
import { listen, opened, root, say, versionUrl } from "./page.js";
import { ask } from "./panel.js";
import { draftRanges } from "./selection.js";

const about = `claim:${root?.dataset.version}`;
// Forms that hold what the person wants: filled from a draft, or typed into.
const settled = new WeakSet();
let there = 0;
let offered = null;
let wasOpen = false;

const openForm = () => opened().querySelector('form[data-draft="claim"]');
const query = (ranges) => ranges.map(([start, end]) => `range=${start}-${end}`).join("&");

function typed(form) {
  // A new claim's passage is what its form is opened with.
  const fields = typedInto(form).filter(([name]) => name !== "range");
  return { query: query(draftRanges()), fields };
}

function keep() {
  const form = openForm();
  if (form) keepHere(about, typed(form));
}

async function send() {
  const form = openForm();
  if (!form) return;
  const line = form.querySelector("[data-draft-state]");
  const isKept = await keepThere(about, typed(form));
  if (line) line.textContent = say(isKept ? "draftKept" : "draftHereOnly");
}

function dropOffer() {
  document.querySelector("[data-draft-offer]")?.remove();
}

function offer(draft) {
  dropOffer();
  offered = draft;
  const throwAway = () => {
    forget(about);
    offered = null;
    line.remove();
  };
  const goOn = () => ask(versionUrl(`claims/new/?${draft.query}`));
  const line = offerLine(say("draft"), goOn, throwAway);
  line.dataset.draftOffer = "";
  opened().before(line);
}

async function continueHere() {
  const form = openForm();
  if (!form || settled.has(form)) return;
  dropOffer();
  const draft = await newest(about);
  // The person may have typed or gone on meanwhile.
  if (settled.has(form) || form !== openForm()) return;
  settled.add(form);
  if (draft && draft.query === query(draftRanges())) fill(form, draft.fields);
}

// A form that gave way to something else, and was neither saved nor cancelled, is offered again.
function look() {
  if (openForm()) {
    wasOpen = true;
    continueHere();
  } else if (wasOpen) {
    wasOpen = false;
    setTimeout(() => {
      const kept = read(about)?.content;
      if (kept?.query && !openForm()) offer(kept);
    });
  }
}

function done() {
  clearTimeout(there);
  forget(about);
  offered = null;
  dropOffer();
}

// A claim was stored: its draft has served. One of other words is another claim's.
function arrived({ url, body }) {
  if (new URL(url, location.href).pathname !== versionUrl("claims/new/") || openForm()) return;
  const kept = read(about)?.content ?? offered;
  const ranges = query(body.getAll("range").flatMap(readRanges));
  if (!kept || kept.query === ranges) done();
}

if (root?.dataset.mayAnnotate) {
  document.addEventListener("input", (event) => {
    const form = event.target.closest('form[data-draft="claim"]');
    if (!form) return;
    settled.add(form);
    keep();
    clearTimeout(there);
    there = setTimeout(send, THERE_MS);
  });
  document.addEventListener("submit", keep, { capture: true });
  // A page that is left, or put aside on a phone, may never be asked again.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  window.addEventListener("pagehide", keep);
  listen("swapped", look);
  listen("arrived", arrived);
  listen("closed", ({ hadForm }) => hadForm && done());
  newest(about).then((draft) => {
    if (draft?.query && !openForm()) offer(draft);
  });
}
