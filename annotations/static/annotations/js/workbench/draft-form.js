// What a draft holds of a form, and how it goes back into one.

import { fillFields } from "../draft-fields.js";
import { draftLine } from "../draft-line.js";
import { addHop, sortHops } from "./hops.js";
import { say } from "./page.js";

export { typedInto, typedOf } from "../draft-fields.js";
export { THERE_MS } from "../draft-place.js";

// Writes what was typed into a form of the same kind.
export function fill(form, fields) {
  const hops = form.querySelector("[data-hops]");
  const total = fields.find(([name]) => name.endsWith("-TOTAL_FORMS"))?.[1] ?? 1;
  while (hops && hops.querySelectorAll("[data-hop]").length < Number(total)) addHop(hops);
  fillFields(form, fields);
  for (const box of form.querySelectorAll("input[type=checkbox][name$=-DELETE]:checked")) {
    box.closest("[data-hop]").hidden = true;
  }
  if (hops) sortHops(hops);
}

// Returns the line that offers a draft, with the first of its words.
export function offerLine(sentence, goOn, throwAway, typed = "") {
  const words = { offer: sentence, goOn: say("draftContinue"), throwAway: say("draftDiscard") };
  return draftLine(words, goOn, throwAway, typed);
}
