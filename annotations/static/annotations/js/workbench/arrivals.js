// Blocks that somebody else's work has changed: swapped where nobody is in them, else kept waiting.

import { opened, region, tell, versionUrl } from "./page.js";

const MOST_AT_ONCE = 100;
let waiting = new Map();

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

// `isAsked` when the person wants to see it, whatever they are doing in it.
function swapLine(fresh, isAsked) {
  const inside = fresh.querySelector("[data-block]");
  const old = block(inside.dataset.block);
  if (!old || old.dataset.key === inside.dataset.key) return true;
  if (!isAsked && isInUse(old)) return false;
  old.closest(".line").replaceWith(fresh);
  return true;
}

// Fetches blocks as they are now.
export async function fetchBlocks(numbers) {
  const lines = [];
  for (let at = 0; at < numbers.length; at += MOST_AT_ONCE) {
    const part = numbers.slice(at, at + MOST_AT_ONCE);
    const asking = new URLSearchParams(part.map((n) => ["n", n]));
    const shown = new URLSearchParams(location.search).get("discarded");
    if (shown) asking.set("discarded", shown);
    const answer = await fetch(versionUrl(`blocks/?${asking}`));
    if (!answer.ok) throw new Error(answer.status);
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    lines.push(...template.content.querySelectorAll(".line"));
  }
  return lines;
}

// Blocks somebody is in wait until they are left, or until the person asks for them.
export function settle(isAsked = false) {
  const before = waiting.size;
  for (const [n, line] of waiting) if (swapLine(line, isAsked)) waiting.delete(n);
  if (waiting.size < before) tell("swapped");
}

// Takes fetched blocks in; whatever waited before is older than they are.
export function take(lines) {
  waiting = new Map(lines.map((line) => [line.querySelector("[data-block]").dataset.block, line]));
  settle();
}

// Forgets what waits: newer blocks have been drawn.
export const dropWaiting = () => waiting.clear();
