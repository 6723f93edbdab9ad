// Others at work: asks every 20 seconds what has changed, and swaps only blocks that nobody is in.

import { announce, listen, opened, region, root, say, tell, versionUrl } from "./page.js";
import { showWindow } from "./rows.js";

const EVERY_MS = 20_000;
const MOST_AT_ONCE = 100;
let etag = "";
let known = null;
let waiting = new Map();
let timer = 0;

const offer = root?.querySelector("[data-arrivals]");
const people = root?.querySelector("[data-people]");
const block = (n) => region.querySelector(`[data-block="${n}"]`);

// The person's selection, cursor or focus is in it, or the range of an open form.
function isInUse(element) {
  if (element.contains(document.activeElement)) return true;
  const selection = document.getSelection();
  if (selection.rangeCount && !selection.isCollapsed) {
    if (selection.getRangeAt(0).intersectsNode(element)) return true;
  }
  const [start, end] = [Number(element.dataset.start), Number(element.dataset.end)];
  const cursor = CSS.highlights?.get("cursor");
  for (const range of cursor ?? []) if (range.intersectsNode(element)) return true;
  const held = opened().querySelectorAll('[data-range-list] input[name="range"]');
  return [...held].some((input) => {
    const [first, last] = input.value.split("-").map(Number);
    return first < end && start < last;
  });
}

function swapLine(fresh) {
  const inside = fresh.querySelector("[data-block]");
  const old = block(inside.dataset.block);
  if (!old || old.dataset.key === inside.dataset.key) return true;
  if (isInUse(old)) return false;
  old.closest(".line").replaceWith(fresh);
  return true;
}

async function fetchBlocks(numbers) {
  const lines = [];
  for (let at = 0; at < numbers.length; at += MOST_AT_ONCE) {
    const part = numbers.slice(at, at + MOST_AT_ONCE);
    const asking = new URLSearchParams(part.map((n) => ["n", n]));
    const shown = new URLSearchParams(location.search).get("discarded");
    if (shown) asking.set("discarded", shown);
    const answer = await fetch(versionUrl(`blocks/?${asking}`));
    if (!answer.ok) return [];
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    lines.push(...template.content.querySelectorAll(".line"));
  }
  return lines;
}

// Blocks somebody is in wait until they are left, or until the person asks for them.
function settle() {
  for (const [n, line] of waiting) if (swapLine(line)) waiting.delete(n);
}

async function update({ blocks, claims }) {
  const changed = [...region.querySelectorAll("[data-block]")]
    .filter((one) => one.dataset.key !== (blocks[one.dataset.block] ?? ""))
    .map((one) => one.dataset.block);
  const lines = changed.length ? await fetchBlocks(changed) : [];
  for (const line of lines) waiting.set(line.querySelector("[data-block]").dataset.block, line);
  settle();
  tell("swapped");
  root.querySelector("[data-claim-count]").textContent = claims.length;
  const fresh = known ? claims.filter((number) => !known.has(number)) : [];
  known = new Set(claims);
  if (fresh.length) arrive(fresh);
  else if (changed.length) await refreshRows();
}

async function refreshRows() {
  const first = root.querySelector("[data-window]")?.dataset.first ?? 1;
  if (root.querySelector("[data-window]")?.contains(document.activeElement)) return;
  await showWindow({ rows: first });
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
    settle();
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
  if (document.visibilityState === "visible") await look();
  timer = setTimeout(ask, EVERY_MS);
}

async function look() {
  const shown = new URLSearchParams(location.search).get("discarded");
  const address = versionUrl(`live/${shown ? `?discarded=${shown}` : ""}`);
  try {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(address, { headers, cache: "no-store" });
    if (answer.status !== 200 || answer.redirected) return settle();
    const told = await answer.json();
    await update(told);
    showPeople(told.people);
    etag = answer.headers.get("ETag") ?? "";
  } catch {
    // No network: the next asking may have one.
  }
}

if (root && region) {
  listen("saved", ({ number }) => known?.add(Number(number)));
  document.addEventListener("visibilitychange", ask);
  timer = setTimeout(ask, 1_000);
}
