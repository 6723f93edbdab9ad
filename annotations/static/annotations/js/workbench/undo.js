// Undo and redo of what I did in this visit. Each is a new action on the server: nothing is
// rewritten, and what someone else has changed since is left alone.

import { send } from "./actions.js";
import { watchDeeds } from "./deeds.js";
import { cardUrl, opened, root, say } from "./page.js";
import { ask } from "./panel.js";
import { swap } from "./parts.js";
import { tellAll } from "./said.js";
import { Stack } from "./stack.js";

const stack = new Stack();
// The revisions of claims as my last action left them.
const known = new Map();
let isBusy = false;

const button = (name) => root.querySelector(`[data-${name}]`);
const words = (entry) => say(entry.did).replace("{}", entry.number);

function draw() {
  for (const [name, entry] of [["undo", stack.toUndo], ["redo", stack.toRedo]]) {
    button(name).setAttribute("aria-disabled", String(!entry));
    button(name).title = entry ? words(entry) : "";
  }
}

// Reads the claim's revisions off its card. Returns whether only my own action can have moved it.
function note(number) {
  const { claim, revision, contentRevision } = opened().dataset;
  if (claim !== String(number) || !revision) return true;
  const before = known.get(number)?.revision ?? Number(revision);
  known.set(number, { revision: Number(revision), content: contentRevision });
  return Number(revision) <= before + 1;
}

// Adds what I just did, as { number, did, back, forth }; null for what cannot be taken back.
export function did(number, entry) {
  if (!note(number)) stack.dropClaim(number);
  if (entry) stack.push(entry);
  draw();
}

async function refuse(entry, { status, html }) {
  // Without an answer, or signed out, nothing was decided: it can be tried again.
  if (!status || status === 401) return tellAll(say(status ? "signedOut" : "unreachable"));
  stack.drop(entry);
  const sentence = say(status === 412 ? "changedMeanwhile" : "notPossible");
  if (opened().dataset.claim === entry.number) await ask(cardUrl(entry.number));
  // A whole form in the answer would invite to overwrite what someone else has just written.
  if (html && !html.includes('id="opened"')) swap(html);
  tellAll(`${sentence.replace("{}", entry.number)} ${words(entry)}`);
}

// Sends what turns the claim as my last action left it.
function sendFor(entry, [path, pairs]) {
  const { revision, content } = known.get(entry.number) ?? {};
  const stamped = [...pairs, ["revision", revision], ["claim_revision", content]];
  return send(path, stamped.filter(([, value]) => value !== undefined));
}

async function run(entry, turn, isUndo) {
  const held = document.activeElement;
  const answer = await sendFor(entry, turn);
  if (answer.status !== 200) return refuse(entry, answer);
  if (isUndo) stack.undone(entry);
  else stack.redone(entry);
  note(entry.number);
  // The words are again those that I had judged.
  if (isUndo && entry.again) await sendFor(entry, entry.again);
  note(entry.number);
  tellAll(`${say(isUndo ? "undone" : "redone")} ${words(entry)}`);
  if (held.isConnected) held.focus({ preventScroll: true });
}

async function step(isUndo) {
  if (isBusy) return;
  const entry = isUndo ? stack.toUndo : stack.toRedo;
  if (!entry) return tellAll(say(isUndo ? "nothingToUndo" : "nothingToRedo"));
  isBusy = true;
  try {
    await run(entry, isUndo ? entry.back : entry.forth, isUndo);
  } finally {
    isBusy = false;
    draw();
  }
}

if (root && button("undo")) {
  watchDeeds(did);
  button("undo").addEventListener("click", () => step(true));
  button("redo").addEventListener("click", () => step(false));
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    // In a field these keys undo what was typed there.
    if (event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select")) return;
    // By its place on the keyboard too: other alphabets have another letter there.
    const isZ = event.key.toLowerCase() === "z" || event.code === "KeyZ";
    if (!isZ && event.key.toLowerCase() !== "y") return;
    event.preventDefault();
    step(isZ && !event.shiftKey);
  });
}
