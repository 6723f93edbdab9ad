// What was typed into a new claim outlives a reload, a lost session and a closed tab's return.

import { addHop } from "./hops.js";
import { listen, opened, root, say, versionUrl } from "./page.js";
import { ask } from "./panel.js";
import { draftRanges } from "./selection.js";

const WAIT_MS = 300;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "key", "range", "content_hash"]);
const store = `draft:${root?.dataset.version}`;
let timer = 0;

const openForm = () => opened().querySelector('form[data-draft="claim"]');
const query = (ranges) => ranges.map(([start, end]) => `range=${start}-${end}`).join("&");

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(store));
  } catch {
    return null;
  }
}

function forget() {
  clearTimeout(timer);
  sessionStorage.removeItem(store);
}

function keep() {
  const form = openForm();
  if (!form) return;
  const fields = [...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name));
  sessionStorage.setItem(store, JSON.stringify({ query: query(draftRanges()), fields }));
}

function fill(form, fields) {
  const hops = form.querySelector("[data-hops]");
  const total = fields.find(([name]) => name.endsWith("-TOTAL_FORMS"))?.[1] ?? 1;
  while (hops.querySelectorAll("[data-hop]").length < Number(total)) addHop(hops);
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
    if (box.checked && box.name.endsWith("-DELETE")) box.closest("[data-hop]").hidden = true;
  }
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && field.type !== "checkbox") field.value = value;
  }
}

function offer(draft) {
  const line = document.createElement("div");
  line.className = "notice cluster";
  const words = document.createElement("p");
  words.textContent = say("draft");
  const go = document.createElement("button");
  go.className = "button button--small button--primary";
  go.textContent = say("draftContinue");
  go.addEventListener("click", () => ask(versionUrl(`claims/new/?${draft.query}`)));
  const drop = document.createElement("button");
  drop.className = "button button--small button--quiet";
  drop.textContent = say("draftDiscard");
  drop.addEventListener("click", () => {
    forget();
    line.remove();
  });
  line.append(words, go, drop);
  opened().before(line);
  // Looking at other claims leaves the offer; a form takes its place.
  listen("swapped", () => openForm() && line.remove());
}

if (root) {
  document.addEventListener("input", (event) => {
    if (!event.target.closest('form[data-draft="claim"]')) return;
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT_MS);
  });
  listen("swapped", () => {
    const form = openForm();
    const draft = form && read();
    if (draft && draft.query === query(draftRanges())) fill(form, draft.fields);
  });
  listen("saved", forget);
  listen("closed", forget);
  const draft = read();
  if (draft?.query) offer(draft);
}
