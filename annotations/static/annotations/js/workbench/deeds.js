// Reads off the page what each of my own saves did, as entries for the stack of undo: which request
// takes it back and which does it again. Forms are remembered as they stood when they opened.

import { judgementOf } from "./judged.js";
import { listen, opened, say, tell } from "./page.js";

const FORM = "form[data-fetch][method=post]";
const NOT_SENT = new Set(["csrfmiddlewaretoken", "revision", "claim_revision", "key", "in"]);
const asOpened = new WeakMap();
let sent = null;

const pairsOf = (form) => [...new FormData(form)].filter(([name]) => !NOT_SENT.has(name));
const named = (pairs, name) => pairs.some(([one, value]) => one === name && value);
// Which nouns an address speaks of, and how what was done to them begins.
const ADDRESS = /(claims|mentions)\/(?:[^/]+\/)?(review\/(?=[a-z]))?([a-z]+)\/$/;
const KINDS = { claims: "did", mentions: "didPlace", "review/": "didReview" };

// A form that came back with someone else's words beside mine holds nothing to go back to.
function remember() {
  for (const form of opened().querySelectorAll(FORM)) {
    const isAgain = opened().querySelector("[data-theirs]") || form.matches("[data-stale]");
    if (!asOpened.has(form)) asOpened.set(form, isAgain ? null : pairsOf(form));
  }
}

// Returns the path that undoes or repeats: the same address with another last word.
const turned = (path, word) => path.replace(/[a-z]+\/$/, `${word}/`);
const because = () => [["reason", say("reasonUndone")]];

function turn({ path, pairs }, verb) {
  const other = verb === "discard" ? "restore" : "discard";
  return { back: [turned(path, other), because()], forth: [path, pairs] };
}

const newestPlace = () =>
  [...opened().querySelectorAll("[data-mention]")].map((one) => one.dataset.mention).sort().at(-1);

// Returns what a saved form did to the claim, or null when it cannot be taken back.
function deed(number, mine) {
  const { path, pairs, before } = mine;
  const [, noun, part, verb] = path.match(ADDRESS) ?? [];
  const isPlace = noun === "mentions";
  const kind = KINDS[part ?? noun];
  const did = (name) => `${kind}${name[0].toUpperCase()}${name.slice(1)}`;
  if (verb === "new") {
    const made = isPlace ? `mentions/${newestPlace()}/` : `claims/${number}/`;
    return {
      did: did("create"),
      back: [`${made}discard/`, because()],
      forth: [`${made}restore/`, []],
    };
  }
  if (verb === "discard" || verb === "restore") return { did: did(verb), ...turn(mine, verb) };
  // The first label of these words: there is none before it to go back to but "not judged".
  if (verb === "review" && !(before && named(before, "label"))) {
    return { did: did(verb), back: [`${path}discard/`, because()], forth: [path, pairs] };
  }
  if (!before) return null;
  const again = verb === "edit" ? judgementOf(number) : null;
  return { did: did(verb), back: [path, before], forth: [path, pairs], again };
}

// Calls `act(number, entry or null)` after each save that a form of mine did.
export function watchDeeds(act) {
  remember();
  listen("swapped", () => {
    // An answer that saved nothing: the form came back anew.
    if (sent && !sent.form.isConnected) sent = null;
    remember();
  });
  listen("sending", () => (sent = null));
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches(FORM)) return;
    const path = new URL(target.getAttribute("action"), location.href).pathname;
    const before = asOpened.get(target) ?? null;
    sent = { form: target, path, pairs: pairsOf(target), before };
  }, { capture: true });
  listen("saved", ({ number }) => {
    if (!sent) return;
    const entry = deed(number, sent);
    sent = null;
    act(number, entry && { number, ...entry });
    if (entry?.did === "didPlaceCreate") tell("place-added", { number });
  });
}
