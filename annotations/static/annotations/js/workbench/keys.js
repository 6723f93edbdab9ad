// Keys of the workbench: from claim to claim, claims of a block, my label, help. Single letters act
// only while the text has the focus, and can be switched off.

import { blockAt, blocksOf } from "../offsets.js";
import { blockInView, cursorWord } from "./cursor.js";
import { lettersAct, openHelp } from "./help.js";
import { openAt, openClaim, openNumber } from "./lights.js";
import { claimsIn, claimsInOrder, marksOf } from "./marks.js";
import { announce, opened, region, root, say } from "./page.js";
import { close } from "./panel.js";
import { tellAll } from "./said.js";
import { draftRanges, selectAgain } from "./selection.js";
import { toggleTwoTaps } from "./two-tap.js";

// A narrowed list says which claims are meant; otherwise all that are marked in the text are.
function claimsToWalk() {
  if (!/[?&](label|q|mine)=[^&]/.test(location.search)) return claimsInOrder();
  const rows = [...root.querySelectorAll("[data-rows] [data-row]")];
  return rows.map((row) => row.dataset.row).filter((number) => marksOf(number).length);
}

// Returns "Claim 12, refuted: ..." of the open card.
function inWords(number) {
  const form = opened().querySelector("[data-review]");
  const label = form
    ? form.querySelector("input[name=label]:checked")?.parentElement
    : opened().querySelector(".label[data-label]");
  const judged = label?.textContent.trim() ?? say("unjudged");
  const text = opened().querySelector(".opened__text")?.textContent ?? "";
  return `${say("claim").replace("{}", number)}, ${judged}: ${text}`;
}

async function step(by) {
  const numbers = claimsToWalk();
  const at = numbers.indexOf(openNumber());
  const next = numbers[at < 0 ? (by > 0 ? 0 : numbers.length - 1) : at + by];
  if (!next) return tellAll(numbers.length ? say(by > 0 ? "lastClaim" : "firstClaim") : say("noClaim"));
  await openClaim(next);
  if (openNumber() === next) announce(inWords(next));
}

function openBlock() {
  const word = cursorWord();
  const block = word ? blockAt(region, word[0]) : blocksOf(region)[blockInView()];
  const numbers = claimsIn(block);
  if (numbers.length) openAt(numbers);
  else announce(say("noClaimHere"));
}

function judge(n) {
  const isOpen = opened().matches(".opened--card");
  if (!isOpen && root.dataset.mayAnnotate) return tellAll(say("openFirst"));
  const choices = opened().querySelectorAll('[data-review] input[name="label"]');
  if (!choices[n]) return;
  choices[n].checked = true;
  choices[n].form.requestSubmit();
}

const acts = {
  n: () => step(1),
  p: () => step(-1),
  g: openBlock,
  m: () => root.dataset.mayAnnotate && toggleTwoTaps(),
  "?": openHelp,
};

// Alphabets without these letters have their own at the same places of the keyboard.
function meant(event) {
  if (/^[\x20-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  return event.code?.match(/^(?:Key|Digit)([A-Z1-5])$/)?.[1].toLowerCase() ?? "";
}

region?.addEventListener("keydown", (event) => {
  if (event.target !== region || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!lettersAct()) return;
  const key = meant(event);
  if (/^[1-5]$/.test(key)) judge(Number(key) - 1);
  else if (acts[key]) acts[key]();
  else return;
  event.preventDefault();
});

// Back to the text, with the words selected that the form was about; what was typed stays a draft.
function leave() {
  const [range] = draftRanges();
  close(true);
  region.focus({ preventScroll: true });
  if (range) selectAgain(range);
}

document.addEventListener("keydown", (event) => {
  if (!root || event.defaultPrevented) return;
  const form = event.target.closest?.("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-save]") ?? undefined);
  }
  if (event.key === "Escape" && opened().contains(event.target)) leave();
});
