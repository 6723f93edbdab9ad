// Other ranges for a place of the open claim: painted while they change, saved once they stand
// still. Everything else of the place stays: the server is sent ranges only.

import { blocksOf, domRange, endOf, snapRange, textBetween } from "../offsets.js";
import { send } from "./actions.js";
import { isSame, readRanges, withEdge, writeRange } from "./edges.js";
import { judgementOf } from "./judged.js";
import { announce, cardUrl, listen, opened, region, say, tell } from "./page.js";
import { ask } from "./panel.js";
import { swap } from "./parts.js";
import { tellAll } from "./said.js";
import { state } from "./selection.js";
import { did } from "./undo.js";
import { stepWord, wordAt } from "./words.js";

// A key held down sends one change and not one for each word.
const STILL_MS = 600;
let timer = 0;
let waiting = null;

// Returns the places that the open claim has in this text and that may be moved.
export function placesHere() {
  return [...opened().querySelectorAll("[data-place]")].map((element) => ({
    uid: element.dataset.mention,
    ranges: readRanges(element.dataset.place),
  }));
}

export function paintMoving(ranges) {
  if (!("highlights" in CSS)) return;
  const painted = (ranges ?? []).map((one) => domRange(region, ...one));
  if (painted.length) CSS.highlights.set("moving", new Highlight(...painted));
  else CSS.highlights.delete("moving");
}

// Returns the ranges with one end moved to the offset, on edges of letters.
export function moved(ranges, n, isStart, offset) {
  const near = withEdge(ranges, n, isStart, offset);
  const snapped = snapRange(region, ...near[n]);
  return withEdge(near, n, isStart, snapped[isStart ? 0 : 1]);
}

const path = (uid) => `mentions/${uid}/move/`;
const pairs = (ranges) => ranges.map((one) => ["range", writeRange(one)]);

// Saves other ranges of a place; a claim that changed meanwhile is shown anew and left alone.
export async function savePlace(place, ranges) {
  paintMoving(null);
  if (isSame(place.ranges, ranges)) return;
  const { claim: number, revision } = opened().dataset;
  const again = judgementOf(number);
  const answer = await send(path(place.uid), [...pairs(ranges), ["revision", revision]]);
  if (answer.status === 200) {
    const stored = placesHere().find(({ uid }) => uid === place.uid)?.ranges ?? ranges;
    announce(`${say("movedTo")} ${stored.map((one) => textBetween(region, ...one)).join(" … ")}`);
    const back = [path(place.uid), pairs(place.ranges)];
    const forth = [path(place.uid), pairs(ranges)];
    return did(number, { number, did: "didMove", back, forth, again });
  }
  if (answer.status && answer.status !== 401) await ask(cardUrl(number));
  else tellAll(say(answer.status ? "signedOut" : "unreachable"));
  if (answer.html) swap(answer.html);
  tell("unmoved");
}

// Moves the open claim's place to the selected words.
export const movePlace = (range) => savePlace(placesHere()[0], [range]);

// Says whether Alt+Shift+arrows would move an edge of a range.
export const canNudge = () => !state.range && placesHere().length > 0;

// The range that the cursor stands in, else the last one of the first place.
function aimed(cursor) {
  const places = placesHere();
  for (const place of places) {
    const n = place.ranges.findIndex(([start, end]) => cursor && start <= cursor[0] && cursor[0] < end);
    if (n >= 0) return { place, n, ranges: place.ranges };
  }
  return { place: places[0], n: places[0].ranges.length - 1, ranges: places[0].ranges };
}

// Returns where the end, or the start, of a range is one word on (`by` 1) or back (-1).
function edgeByWord([start, end], isStart, by) {
  const word = wordAt(region, isStart ? start : end - 1);
  if (!word) return isStart ? start : endOf(blocksOf(region).at(-1));
  // From inside a word, outwards, its own edge comes first.
  const isInside = isStart ? start > word[0] : end < word[1];
  const next = isInside && by > 0 === !isStart ? word : stepWord(region, word, by);
  return next[isStart ? 0 : 1];
}

// Moves the end, or the start, of a range of the open claim by one word; `by` is 1 or -1.
export function nudge(by, cursor, isStart) {
  const { claim, revision } = opened().dataset;
  waiting ??= { ...aimed(cursor), claim, revision };
  const { ranges, n } = waiting;
  const edge = edgeByWord(ranges[n], isStart, by);
  if (isStart ? edge >= ranges[n][1] : edge <= ranges[n][0]) return;
  waiting.ranges = moved(ranges, n, isStart, edge);
  paintMoving(waiting.ranges);
  announce(textBetween(region, ...waiting.ranges[n]));
  clearTimeout(timer);
  timer = setTimeout(settle, STILL_MS);
}

function settle() {
  const { place, ranges } = waiting;
  waiting = null;
  savePlace(place, ranges);
}

// Another card, a closed one or a page that goes: what was moved and is not saved yet is saved now.
async function saveAside() {
  if (!waiting) return;
  const { place, ranges, claim, revision } = waiting;
  clearTimeout(timer);
  waiting = null;
  paintMoving(null);
  const answer = await send(path(place.uid), [...pairs(ranges), ["revision", revision]], true);
  if (answer.status === 200) tell("stored", { number: claim });
  else tellAll(say("unmovedAside").replace("{}", claim));
}

listen("swapped", () => {
  if (waiting && !placesHere().some(({ uid }) => uid === waiting.place.uid)) saveAside();
});
addEventListener("pagehide", saveAside);
