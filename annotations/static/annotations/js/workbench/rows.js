// The list beside the text shows a window of the claims: the one around what is being read.

import { listen, region, root, tell, versionUrl } from "./page.js";

const WAIT_MS = 160;
let timer = 0;
let asked = null;

export const holder = () => root.querySelector("[data-window]");
const rows = () => [...holder().querySelectorAll("[data-row]")];
const isWhole = () => !holder().querySelector("[data-window-to]");

// The filters of the address hold for every window.
function query(wanted) {
  const kept = new URLSearchParams(location.search);
  for (const name of ["version", "claim", "rows", "at"]) kept.delete(name);
  for (const [name, value] of Object.entries(wanted)) kept.set(name, value);
  return kept;
}

// A row that the focus came to meanwhile keeps it.
function replace(fresh) {
  const old = holder();
  const held = old.contains(document.activeElement) && document.activeElement.closest("[data-row]");
  old.replaceWith(fresh);
  if (held) document.getElementById(held.id)?.querySelector("a")?.focus({ preventScroll: true });
}

// Fetches the window around { rows }, { claim } or { at }; returns whether it is there now.
export async function showWindow(wanted) {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(versionUrl(`rows/?${query(wanted)}`), {
      headers: { "HX-Request": "true" },
      signal: asked.signal,
    });
    if (!answer.ok) return false;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const fresh = template.content.querySelector("[data-window]");
    if (fresh) replace(fresh);
    tell("window");
    return Boolean(fresh);
  } catch (error) {
    // The list stays as it was; the next scroll asks again.
    if (error.name !== "AbortError") console.warn(error);
    return false;
  }
}

// Returns rows of these claims, also of some that the window does not hold.
export async function rowsOf(numbers) {
  if (!numbers.length) return [];
  const asking = new URLSearchParams(numbers.map((one) => ["number", one]));
  const answer = await fetch(versionUrl(`rows/?${asking}`), { headers: { "HX-Request": "true" } });
  const template = document.createElement("template");
  template.innerHTML = answer.ok ? await answer.text() : "";
  return [...template.content.children];
}

function firstBlockInView() {
  const box = region.getBoundingClientRect();
  const top = Math.max(box.top, 100) + 8;
  const found = document.elementFromPoint(box.left + box.width / 2, top);
  return found?.closest("[data-text] .line")?.querySelector("[data-start]");
}

async function follow() {
  if (isWhole() || holder().contains(document.activeElement)) return;
  const block = firstBlockInView();
  const shown = rows();
  if (!block || !shown.length) return;
  const [start, end] = [Number(block.dataset.start), Number(block.dataset.end)];
  const [first, last] = [shown[0], shown.at(-1)].map((row) => Number(row.dataset.at));
  if (end > first && start < last) return;
  await showWindow({ at: start });
}

if (root && holder()) {
  document.addEventListener(
    "scroll",
    () => {
      clearTimeout(timer);
      timer = setTimeout(follow, WAIT_MS);
    },
    { passive: true },
  );
  root.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-window-to]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const isNext = link.rel === "next";
    if (!(await showWindow({ rows: link.dataset.windowTo }))) return;
    rows().at(isNext ? 0 : -1)?.querySelector("a")?.focus();
  });
  // A new claim beyond the window stands in it from now on.
  listen("saved", ({ number }) => isWhole() || showWindow({ claim: number }));
}
