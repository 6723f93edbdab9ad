// Saves that did not reach the server: kept in this browser, shown, and sent again when it can be
// reached. What makes something new carries the key of its form, so that one that did arrive is not
// done twice; what changes something is guarded by what was read, or does the same done twice.

import {
  announce, csrfToken, listen, opened, root, say, sentHeaders, tell, wordsOf,
} from "./page.js";
import { savedIn, swap } from "./parts.js";
import { firstWords } from "./unsent-words.js";

const EVERY_MS = 15_000;
const AGAIN = /\/(claims|mentions)\/[^/]+\/(edit|review|discard|restore|review\/discard|review\/restore)\/$/;
const store = `factcheck:unsent:${root?.dataset.user}:${root?.dataset.project}`;
const line = root?.querySelector("[data-unsent]");
let sending = false;

function read() {
  try {
    return JSON.parse(localStorage.getItem(store)) ?? [];
  } catch {
    return [];
  }
}

function write(saves) {
  if (saves.length) localStorage.setItem(store, JSON.stringify(saves));
  else localStorage.removeItem(store);
  show(saves);
}

const keyOf = (fields) => fields.find(([name]) => name === "key")?.[1];
const nameOf = ({ url, fields }) => keyOf(fields) ?? url;
const drop = (name) => write(read().filter((one) => nameOf(one) !== name));

function shown(save) {
  const item = document.createElement("span");
  item.className = "cluster";
  const words = document.createElement("bdi");
  words.textContent = firstWords(save);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small button--quiet";
  button.textContent = say("doNotSend");
  button.addEventListener("click", () => {
    drop(nameOf(save));
    // It said that this waits.
    opened().querySelector("[data-problem]")?.remove();
  });
  item.append(words, button);
  return item;
}

function show(saves) {
  if (!line) return;
  line.hidden = saves.length === 0;
  line.querySelector("[data-unsent-words]").textContent = say("unsent").replace("{}", saves.length);
  line.querySelector("[data-unsent-list]").replaceChildren(...saves.map(shown));
}

function keep(detail) {
  const { url, body } = detail;
  if (!(body instanceof FormData)) return;
  const fields = [...body].filter(([, value]) => typeof value === "string");
  const path = new URL(url, location.href).pathname;
  // Otherwise sending it twice would do it twice: then the form on the page is all there is.
  if (!keyOf(fields) && !AGAIN.test(path)) return;
  const save = { url: path, fields };
  write([...read().filter((one) => nameOf(one) !== nameOf(save)), save]);
  detail.isKept = true;
}

// Says whether the form that was sent is the one in the panel.
function isFormOpen({ url, fields }) {
  const key = keyOf(fields);
  if (key) return opened().querySelector("input[name=key]")?.value === key;
  return Boolean(opened().querySelector(`form[action="${url}"]`));
}

// Shows what became of a save. What the person has open meanwhile is left as it is.
function answered(save, body, answer, html) {
  announce(say(answer.ok ? "saved" : "failed"));
  if (answer.ok && !isFormOpen(save)) tell("stored", { number: savedIn(html) });
  else if (!/<html/i.test(html)) swap(html);
  if (answer.ok) tell("arrived", { url: save.url, body, number: savedIn(html) });
}

// Returns whether the server took it or refused it for good; false while it cannot be reached.
async function send(save) {
  if (!csrfToken()) return false;
  const body = new FormData();
  for (const [name, value] of save.fields) body.append(name, value);
  body.set("csrfmiddlewaretoken", csrfToken());
  const sent = wordsOf(body);
  const answer = await fetch(save.url, { method: "POST", body: sent, headers: sentHeaders() });
  if ([401, 429].includes(answer.status) || answer.status >= 500 || answer.redirected) return false;
  // Refused while something else is open: its words come back once there is room for them.
  if (!answer.ok && opened().children.length && !isFormOpen(save)) return false;
  answered(save, body, answer, await answer.text());
  return true;
}

async function sendEach() {
  try {
    for (const save of read()) {
      if (await send(save)) drop(nameOf(save));
    }
  } catch {
    // Still no network: the next time will come.
  }
}

// One tab of the browser sends; the queue is that of all of them.
async function sendAll() {
  if (sending) return;
  sending = true;
  const alone = { ifAvailable: true };
  if (navigator.locks) await navigator.locks.request(store, alone, (lock) => lock && sendEach());
  else await sendEach();
  sending = false;
}

if (root && line) {
  listen("unsent", keep);
  // The form on the page was sent again by hand, and arrived.
  listen("arrived", ({ url, body }) => {
    const path = new URL(url, location.href).pathname;
    const name = nameOf({ url: path, fields: [...body] });
    if (read().some((one) => nameOf(one) === name)) drop(name);
  });
  // It came back with another key: what was sent under the old one is stored.
  listen("refused", ({ body }) => {
    const shownKey = opened().querySelector("input[name=key]")?.value;
    if (body.get("key") && shownKey && shownKey !== body.get("key")) drop(body.get("key"));
  });
  window.addEventListener("storage", ({ key }) => key === store && show(read()));
  line.querySelector("[data-unsent-send]").addEventListener("click", sendAll);
  window.addEventListener("online", sendAll);
  setInterval(() => read().length && sendAll(), EVERY_MS);
  show(read());
  if (read().length) sendAll();
}
