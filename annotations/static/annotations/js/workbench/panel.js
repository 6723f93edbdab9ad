// Follows links and sends forms marked data-fetch without leaving the text.

import { csrfToken, opened, root, say, sentHeaders, tell, wordsOf } from "./page.js";
import { savedIn, swap } from "./parts.js";
import { problemSentence } from "./problems.js";

let asked = null;

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
  const asker = opened();
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
    swap(html, options.body && asker);
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
