// What was typed into a form and not saved outlives a reload, a crash, a lost session, and waits on
// other machines too: a copy in this browser at once, and one on the server a little later.

import { forget, keepHere, keepThere, newest } from "./draft-store.js";
import { addHop } from "./hops.js";
import { listen, opened, root, say, versionUrl } from "./page.js";
import { ask } from "./panel.js";
import { draftRanges } from "./selection.js";

const HERE_MS = 300;
const THERE_MS = 1_500;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "key", "range", "content_hash"]);
const about = `claim:${root?.dataset.version}`;
let here = 0;
let there = 0;

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

function offer(draft) {
  document.querySelector("[data-draft-offer]")?.remove();
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
    line.remove();
  });
  line.append(words, go, drop);
  opened().before(line);
}

async function continueHere() {
  const form = openForm();
  if (!form) return;
  document.querySelector("[data-draft-offer]")?.remove();
  const draft = await newest(about);
  // The person may have typed or gone on meanwhile.
  if (draft && form === openForm() && draft.query === query(draftRanges())) {
    fill(form, draft.fields);
  }
}

if (root?.dataset.mayAnnotate) {
  document.addEventListener("input", (event) => {
    if (!event.target.closest('form[data-draft="claim"]')) return;
    clearTimeout(here);
    clearTimeout(there);
    here = setTimeout(keep, HERE_MS);
    there = setTimeout(send, THERE_MS);
  });
  // A page that is left, or put aside on a phone, may never be asked again.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  window.addEventListener("pagehide", keep);
  listen("swapped", continueHere);
  const done = () => {
    clearTimeout(here);
    clearTimeout(there);
    forget(about);
  };
  listen("saved", done);
  listen("closed", done);
  newest(about).then((draft) => {
    if (draft?.query && !openForm()) offer(draft);
  });
}
