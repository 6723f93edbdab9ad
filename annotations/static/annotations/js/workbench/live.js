// Others at work: asks every 20 seconds what has changed, and swaps only blocks that nobody is in.

import { dropWaiting, fetchBlocks, settle, take } from "./arrivals.js";
import { leave } from "./gone.js";
import { openNumber } from "./lights.js";
import { announce, listen, region, root, say, versionUrl } from "./page.js";
import { showWindow } from "./rows.js";

const EVERY_MS = 20_000;
let etag = "";
let known = null;
let timer = 0;
let saves = 0;
let isLooking = false;
let isWanted = false;
let areRowsOld = false;

const offer = root?.querySelector("[data-arrivals]");
const people = root?.querySelector("[data-people]");

// Returns the claims that are no longer there; at the first asking, whether the open one is.
function goneFrom(claims) {
  const open = Number(openNumber());
  const wasThere = open && document.getElementById(`claim-${open}`);
  return [...(known ?? (wasThere ? [open] : []))].filter((number) => !claims.has(number));
}

// Returns whether it could be shown: not when a save of one's own has drawn newer blocks meanwhile.
async function update({ blocks, claims }) {
  const changed = [...region.querySelectorAll("[data-block]")]
    .filter((one) => one.dataset.key !== (blocks[one.dataset.block] ?? ""))
    .map((one) => one.dataset.block);
  const before = saves;
  const lines = changed.length ? await fetchBlocks(changed) : [];
  if (saves !== before) return false;
  const gone = goneFrom(new Set(claims));
  take(lines);
  root.querySelector("[data-claim-count]").textContent = claims.length;
  if (gone.length) await leave(gone);
  if (saves !== before) return false;
  const isLater = known !== null;
  const fresh = isLater ? claims.filter((number) => !known.has(number)) : [];
  known = new Set(claims);
  areRowsOld ||= isLater || changed.length > 0;
  if (fresh.length) arrive(fresh);
  return true;
}

// The list is left alone while the focus is in it.
async function refreshRows() {
  const list = root.querySelector("[data-window]");
  if (!areRowsOld || list?.contains(document.activeElement)) return;
  areRowsOld = !(await showWindow({ rows: list?.dataset.first ?? 1 }));
}

function arrive(numbers) {
  const sentence = say("arrived").replace("{}", numbers.length);
  announce(sentence);
  if (!offer) return;
  offer.replaceChildren();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  button.textContent = sentence;
  button.addEventListener("click", async () => {
    offer.replaceChildren();
    document.getSelection().removeAllRanges();
    settle(true);
    await showWindow({ claim: numbers[0] });
    root.querySelector(`[data-row="${numbers[0]}"] a`)?.focus();
  });
  offer.append(button);
}

function showPeople(others) {
  if (!people) return;
  people.hidden = others.length === 0;
  people.replaceChildren();
  if (!others.length) return;
  people.textContent = `${say("hereToo")} ${others.map((one) => one.name).join(", ")}`;
}

async function ask() {
  clearTimeout(timer);
  // What the asking under way was not told yet, the next one is.
  isWanted = isLooking;
  if (isLooking) return;
  if (document.visibilityState === "visible") {
    isLooking = true;
    await look();
    isLooking = false;
  }
  timer = setTimeout(ask, isWanted ? 0 : EVERY_MS);
}

async function look() {
  const shown = new URLSearchParams(location.search).get("discarded");
  const address = versionUrl(`live/${shown ? `?discarded=${shown}` : ""}`);
  try {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(address, { headers, cache: "no-store" });
    settle();
    if (answer.status === 200 && !answer.redirected) {
      const told = await answer.json();
      if (await update(told)) etag = answer.headers.get("ETag") ?? "";
      showPeople(told.people);
    }
    await refreshRows();
  } catch {
    // No network: the next asking may have one.
  }
}

// A save of one's own drew its blocks anew: those fetched before are older.
function saved({ number }) {
  saves += 1;
  etag = "";
  dropWaiting();
  known?.add(Number(number));
}

if (root && region) {
  listen("saved", saved);
  listen("stored", (detail) => {
    saved(detail);
    ask();
  });
  document.addEventListener("visibilitychange", ask);
  timer = setTimeout(ask, 1_000);
}
