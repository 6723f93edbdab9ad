// What was typed into a form and not saved outlives a reload, a crash, a lost session, and waits on
// other machines too: a copy in this browser at once, and one on the server a little later.

import { forget, keepHere, keepThere, newest, read } from "./draft-store.js";
import { readRanges } from "./edges.js";
import { addHop } from "./hops.js";
import { listen, opened, root, say, versionUrl } from "./page.js";
import { ask } from "./panel.js";
import { draftRanges } from "./selection.js";

const THERE_MS = 1_500;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "key", "range", "content_hash"]);
const about = `claim:${root?.dataset.version}`;
// Forms that hold what the person wants: filled from a draft, or typed into.
const settled = new WeakSet();
let there = 0;
let offered = null;
let wasOpen = false;

const openForm = () => opened().querySelector('form[data-draft="claim"]');
const query = (ranges) => ranges.map(([start, end]) => `range=${start}-${end}`).join("&");

function typed(form) {
  const fields = [...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name));
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

function fill(form, fields) {
  const hops = form.querySelector("[data-hops]");
  const total = fields.find(([name]) => name.endsWith("-TOTAL_FORMS"))?.[1] ?? 1;
  while (hops && hops.querySelectorAll("[data-hop]").length < Number(total)) addHop(hops);
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
    if (box.checked && box.name.endsWith("-DELETE")) box.closest("[data-hop]").hidden = true;
  }
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && field.type !== "checkbox") field.value = value;
  }
}

function button(words, kind, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = `button button--small button--${kind}`;
  one.textContent = words;
  one.addEventListener("click", act);
  return one;
}

function dropOffer() {
  document.querySelector("[data-draft-offer]")?.remove();
}

function offer(draft) {
  dropOffer();
  offered = draft;
  const line = document.createElement("div");
  line.className = "notice cluster";
  line.dataset.draftOffer = "";
  const words = document.createElement("p");
  words.textContent = say("draft");
  const go = button(say("draftContinue"), "primary", () =>
    ask(versionUrl(`claims/new/?${draft.query}`)),
  );
  const drop = button(say("draftDiscard"), "quiet", () => {
    forget(about);
    offered = null;
    line.remove();
  });
  line.append(words, go, drop);
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
