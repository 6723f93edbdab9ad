// What a draft holds of a form, and how it goes back into one.

import { addHop, sortHops } from "./hops.js";
import { say } from "./page.js";

// How long typing has to rest before its copy goes to the server.
export const THERE_MS = 1_500;
// Stamped anew on every form: which text it stands beside, and which words of a claim are judged,
// the page says and not the draft, nor by which guidelines.
const LEFT_OUT = new Set([
  ...["csrfmiddlewaretoken", "key", "content_hash", "in", "claim_revision", "guideline"],
]);

// Returns what was typed, of a form or of what it sent, as [name, value] pairs.
export const typedOf = (data) => [...data].filter(([name]) => !LEFT_OUT.has(name));
export const typedInto = (form) => typedOf(new FormData(form));

// Writes what was typed into a form of the same kind.
export function fill(form, fields) {
  const hops = form.querySelector("[data-hops]");
  const total = fields.find(([name]) => name.endsWith("-TOTAL_FORMS"))?.[1] ?? 1;
  while (hops && hops.querySelectorAll("[data-hop]").length < Number(total)) addHop(hops);
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
    if (box.checked && box.name.endsWith("-DELETE")) box.closest("[data-hop]").hidden = true;
  }
  for (const [name, value] of typedOf(fields)) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && field.type !== "checkbox") field.value = value;
  }
  if (hops) sortHops(hops);
}

function button(words, kind, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = `button button--small button--${kind}`;
  one.textContent = words;
  one.addEventListener("click", act);
  return one;
}

// Returns the line that offers a draft, with the first of its words: nothing is put over what is there
// without being asked.
export function offerLine(sentence, goOn, throwAway, typed = "") {
  const line = document.createElement("div");
  line.className = "notice stack stack--tight";
  const words = document.createElement("p");
  words.textContent = sentence;
  if (typed) {
    const first = document.createElement("bdi");
    first.textContent = typed.length > 80 ? `${typed.slice(0, 80)}…` : typed;
    words.append(" ", first);
  }
  const choice = document.createElement("div");
  choice.className = "cluster";
  choice.append(
    button(say("draftContinue"), "primary", goOn),
    button(say("draftDiscard"), "quiet", throwAway),
  );
  line.append(words, choice);
  return line;
}
