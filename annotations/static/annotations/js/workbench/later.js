// Words typed into the form of a new claim or place after it was sent: the claim is stored as it was
// sent, and what was typed since waits as drafts of the claim's own forms.

import { keepHere, keepThere } from "./draft-store.js";
import { opened, say, tell } from "./page.js";
import { tellAll } from "./said.js";

const OF_THE_WORDS = new Set(["text", "types", "checkability", "priority"]);
const OF_THE_JUDGEMENT = new Set(["label", "justification", "confidence"]);
// What ties a step of a chain to its row, which a form that is opened anew knows by itself.
const isTie = (name) => /-(INITIAL_FORMS|kept)$/.test(name);

const words = (pairs) => JSON.stringify([...pairs].map(String).sort());
const differ = (mine, sent) => words(mine) !== words(sent);

function keep(about, fields) {
  keepHere(about, { fields });
  keepThere(about, { fields });
}

// Returns the place that was made: the newest of the open card.
function newestPlace() {
  const places = [...opened().querySelectorAll("[data-mention]")];
  return places.map((one) => one.dataset.mention).sort().at(-1);
}

// Keeps what `typed` holds beyond what was `sent`, both as [name, value] pairs, for claim `number`.
export function keepLater(number, sent, typed) {
  const part = (isWanted) => [sent, typed].map((pairs) => pairs.filter(([name]) => isWanted(name)));
  const isStep = (name) => name.startsWith("hops-") && !isTie(name);
  const place = newestPlace();
  const parts = [
    [`claim-edit:${number}`, part((name) => OF_THE_WORDS.has(name))],
    [`review:${number}`, part((name) => OF_THE_JUDGEMENT.has(name))],
    ...(place ? [[`mention-edit:${place}`, part(isStep)]] : []),
  ];
  const changed = parts.filter(([, [before, after]]) => differ(after, before));
  for (const [about, [, after]] of changed) keep(about, after);
  if (!changed.length) return;
  tell("drafted");
  tellAll(say("typedSince").replace("{}", number));
}
