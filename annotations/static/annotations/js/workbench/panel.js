// Follows links and sends forms marked data-fetch without leaving the text. An answer is a few
// elements; each takes the place of the one with its id.

import { announce, csrfToken, opened, region, root, say, sentHeaders, tell, wordsOf } from "./page.js";
import { problem, problemSentence } from "./problems.js";

let asked = null;

function place(element) {
  if (!element.id) return problem(element);
  const old = document.getElementById(element.id);
  if (element.matches("template[data-remove]")) return old?.remove();
  if (element.id === "saved") return saved(element.dataset);
  if (old) return old.replaceWith(element);
  if (element.matches("[data-row]")) insertRow(element);
}

// A new claim's row goes where its words stand in the text.
function insertRow(row) {
  const rows = root.querySelector("[data-rows]");
  const at = Number(row.dataset.at);
  const next = [...rows.children].find((one) => Number(one.dataset.at) > at);
  rows.insertBefore(row, next ?? null);
  root.querySelector("[data-no-claims]")?.remove();
  // It was listed among those that only other versions hold.
  document.getElementById(`elsewhere-${row.dataset.row}`)?.remove();
}

function saved({ saved: number }) {
  announce(say("saved"));
  tell("saved", { number });
}

// Every claim of the text has its address where its words begin.
const isMarked = (number) => Number(document.getElementById(`claim-${number}`) !== null);

function count(more) {
  const shown = root.querySelector("[data-claim-count]");
  shown.textContent = Number(shown.textContent) + more;
}

export const savedIn = (html) => html.match(/data-saved="(\d+)"/)?.[1];

export function swap(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const inText = region.contains(document.activeElement);
  const number = template.content.querySelector("#saved")?.dataset.saved;
  const before = isMarked(number);
  [...template.content.children].forEach(place);
  count(isMarked(number) - before);
  tell("swapped");
  if (!inText) opened().querySelector("[data-focus]")?.focus({ preventScroll: true });
}

// Lets a save that did not arrive wait; returns whether it does.
function queue(url, body) {
  const save = { url, body, isKept: false };
  tell("unsent", save);
  return save.isKept;
}

// Names the sentence for what came of it. What was only asked for was not to be saved either.
function reason(waits, body, unsaved) {
  if (waits) return "waits";
  if (body) return unsaved;
  return unsaved === "failed" ? "notShown" : "notReached";
}

// Asks the server and shows its answer; returns whether it was one to show.
export async function ask(url, options = {}) {
  asked?.abort();
  // A save is never broken off: its answer says whether it was stored.
  asked = options.method === "POST" ? null : new AbortController();
  // Whose cookies are gone has lost the session with them.
  const hadNoToken = !csrfToken();
  const address = new URL(url, location.href);
  if (/[?&]discarded=1/.test(location.search)) address.searchParams.set("discarded", "1");
  try {
    const request = { ...options, headers: sentHeaders(), signal: asked?.signal };
    if (options.body) request.body = wordsOf(options.body);
    const answer = await fetch(address, request);
    const html = await answer.text();
    // Signed out, or only a proxy answered: the save itself has not been judged.
    const isOut = answer.status === 401 || answer.url.includes("/login") || hadNoToken;
    const waits = (isOut || answer.status > 501) && queue(url, options.body);
    if (/<html/i.test(html)) {
      problemSentence(say(isOut ? "signedOut" : reason(waits, options.body, "failed")));
      return false;
    }
    swap(html);
    const came = { url, body: options.body, number: savedIn(html) };
    if (came.body) tell(answer.ok ? "arrived" : "refused", came);
    return answer.ok;
  } catch (error) {
    if (error.name === "AbortError") return false;
    problemSentence(say(reason(queue(url, options.body), options.body, "unreachable")));
    return false;
  }
}

// Empties the place of the card; what was typed into a form there stays kept as a draft.
export function clear() {
  opened().replaceChildren();
  for (const name of ["claim", "form"]) delete opened().dataset[name];
  history.replaceState(null, "", `${location.pathname}${location.search.replace(/&?claim=\d+/, "")}`);
  tell("swapped");
}

// Closes what is open. `isKept` is for leaving a form without having done with it.
export function close(isKept = false) {
  const hadForm = Boolean(opened().querySelector("form[data-draft]"));
  clear();
  if (!isKept) tell("closed", { hadForm });
}

async function send(form, submitter) {
  const data = new FormData(form, submitter);
  // What comes back is put into this text.
  if (data.has("in")) data.set("in", root.dataset.version);
  const held = document.activeElement;
  // A second press while the first is under way would only wait for the same answer.
  const buttons = form.querySelectorAll("button[type=submit]");
  buttons.forEach((one) => (one.disabled = true));
  if (form.method === "get") {
    await ask(`${form.getAttribute("action")}?${new URLSearchParams(data)}`);
  } else {
    await ask(form.getAttribute("action"), { method: "POST", body: data });
  }
  buttons.forEach((one) => (one.disabled = false));
  // A button loses the focus while it is disabled.
  if (held.isConnected && document.activeElement === document.body) held.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-fetch]");
  if (!root || !form || event.defaultPrevented) return;
  event.preventDefault();
  send(form, event.submitter);
});

document.addEventListener("click", (event) => {
  if (!root || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-fetch], a[data-close]");
  if (!link) return;
  event.preventDefault();
  if (link.matches("[data-close]")) close();
  else ask(link.href);
});
