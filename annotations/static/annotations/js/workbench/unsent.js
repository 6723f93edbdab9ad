// Saves that did not reach the server: kept in this browser, shown, and sent again when it can be
// reached. Each carries the key of its form, so that one that did arrive is not done twice.

import {
  announce, csrfToken, listen, opened, root, say, sentHeaders, tell, wordsOf,
} from "./page.js";
import { swap } from "./panel.js";

const EVERY_MS = 15_000;
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
  show(saves.length);
}

function show(count) {
  if (!line) return;
  line.hidden = count === 0;
  line.querySelector("[data-unsent-words]").textContent = say("unsent").replace("{}", count);
}

const keyOf = (fields) => fields.find(([name]) => name === "key")?.[1];

function keep({ url, body }) {
  if (!(body instanceof FormData)) return;
  const fields = [...body].filter(([, value]) => typeof value === "string");
  // Without a key, sending it twice would do it twice: then the form on the page is all there is.
  if (!keyOf(fields)) return;
  const others = read().filter((one) => keyOf(one.fields) !== keyOf(fields));
  write([...others, { url: new URL(url, location.href).pathname, fields }]);
}

const isFormOpen = (fields) =>
  opened().querySelector("input[name=key]")?.value === keyOf(fields);

// Shows what became of a save. What the person has open meanwhile is left as it is.
function answered({ url, fields }, body, answer, html) {
  announce(say(answer.ok ? "saved" : "failed"));
  if (answer.ok && !isFormOpen(fields)) {
    tell("stored", { number: html.match(/data-saved="(\d+)"/)?.[1] });
  } else if (!/<html/i.test(html)) {
    swap(html);
  }
  if (answer.ok) tell("arrived", { url, body });
}

// Returns whether the server took it or refused it for good; false while it cannot be reached.
async function send({ url, fields }) {
  if (!csrfToken()) return false;
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.set("csrfmiddlewaretoken", csrfToken());
  const sent = wordsOf(body);
  const answer = await fetch(url, { method: "POST", body: sent, headers: sentHeaders() });
  if ([401, 429].includes(answer.status) || answer.status >= 500 || answer.redirected) return false;
  // Refused while something else is open: its words come back once there is room for them.
  if (!answer.ok && opened().children.length && !isFormOpen(fields)) return false;
  answered({ url, fields }, body, answer, await answer.text());
  return true;
}

async function sendAll() {
  if (sending) return;
  sending = true;
  try {
    for (const save of read()) {
      if (!(await send(save))) continue;
      write(read().filter((one) => keyOf(one.fields) !== keyOf(save.fields)));
    }
  } catch {
    // Still no network: the next time will come.
  }
  sending = false;
}

if (root && line) {
  listen("unsent", keep);
  // The form on the page was sent again by hand, and arrived.
  listen("arrived", ({ body }) => {
    const key = keyOf([...body]);
    if (key) write(read().filter((one) => keyOf(one.fields) !== key));
  });
  line.querySelector("[data-unsent-send]").addEventListener("click", sendAll);
  window.addEventListener("online", sendAll);
  setInterval(() => read().length && sendAll(), EVERY_MS);
  show(read().length);
  if (read().length) sendAll();
}
