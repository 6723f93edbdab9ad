// Links to a passage: "?version=2#at=120-180" leads to these words of that version, and to no
// others; "#claim-12" to a claim, also one that has no words in this version.

import { blocksOf, domRange, endOf, textBetween } from "../offsets.js";
import { region, root, say } from "./page.js";
import { tellAll } from "./said.js";

export function passageUrl([start, end]) {
  const url = new URL(location.pathname, location.href);
  url.searchParams.set("version", root.dataset.number);
  url.hash = `at=${start}-${end}`;
  return url;
}

// Copies the link; where the browser forbids it, the address bar holds it to be copied.
export async function copyLink(range) {
  const url = passageUrl(range);
  try {
    await navigator.clipboard.writeText(url.href);
    tellAll(say("copied"));
  } catch {
    history.replaceState(null, "", url);
    tellAll(say("linkInAddress"));
  }
}

// Returns the linked range, or null where none fits the text.
function linked(start, end) {
  const range = [Number(start), Number(end)];
  const last = blocksOf(region).at(-1);
  return last && range[0] < range[1] && range[1] <= endOf(last) ? range : null;
}

function follow() {
  const [, start, end] = location.hash.match(/^#at=(\d{1,7})-(\d{1,7})$/) ?? [];
  if (!end) return;
  const range = linked(start, end);
  const version = new URLSearchParams(location.search).get("version");
  if (!range || version !== root.dataset.number) return tellAll(say("otherVersion"));
  const place = domRange(region, ...range);
  if ("highlights" in CSS) CSS.highlights.set("linked", new Highlight(place));
  const aim = () => place.startContainer.parentElement.scrollIntoView({ block: "center" });
  aim();
  // Heights of blocks not drawn before were guesses: once they are drawn, aim again.
  requestAnimationFrame(() => requestAnimationFrame(aim));
  tellAll(`${say("linked")} ${textBetween(region, ...range)}`);
}

if (region) {
  addEventListener("hashchange", follow);
  follow();
}
