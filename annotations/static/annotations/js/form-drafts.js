// Keeps what is typed into a form of a plain page, a judgement, a decision, a verdict, and offers it
// when the form is opened again. The workbench does the same for the forms in its panel.

import { fillFields, typedInto } from "./draft-fields.js";
import { draftLine } from "./draft-line.js";
import { placeOf, THERE_MS } from "./draft-place.js";

const words = document.querySelector("[data-form-drafts]")?.dataset;
const held = (form) => JSON.stringify(typedInto(form)).replaceAll("\\r\\n", "\\n");

function firstWords(form, fields) {
  const areas = [...form.querySelectorAll("textarea")].map((one) => one.name);
  return fields.find(([name, value]) => areas.includes(name) && value.trim())?.[1] ?? "";
}

// Opens the folds that hold something, so that nothing comes back unseen.
function unfold(form) {
  for (const fold of form.querySelectorAll("details")) {
    if ([...fold.querySelectorAll("textarea")].some((one) => one.value)) fold.open = true;
  }
}

function attach(form) {
  const place = placeOf(words, form.dataset.draftOf);
  const state = form.querySelector("[data-draft-state]");
  let known = held(form);
  // An earlier draft that is looked for, or offered, is not written over.
  let isFree = false;
  let timer = 0;
  let isSent = false;
  let isFirst = true;
  const send = async (last = false) => {
    clearTimeout(timer);
    timer = 0;
    const isThere = await place.there({ fields: typedInto(form) }, last);
    if (state) state.textContent = isThere ? words.kept : words.hereOnly;
  };
  const keep = () => {
    if (!isFree || isSent || held(form) === known) return;
    known = held(form);
    place.here({ fields: typedInto(form) });
    clearTimeout(timer);
    // The first at once: the server has a draft before the form can be sent.
    timer = setTimeout(send, isFirst ? 0 : THERE_MS);
    isFirst = false;
  };
  const free = () => {
    isFree = true;
    keep();
  };
  const offer = (fields) => {
    const answer = (act) => () => {
      line.remove();
      act();
      free();
    };
    const goOn = () => {
      const before = new Set(JSON.parse(known).map(String));
      const typed = typedInto(form).filter((pair) => !before.has(String(pair)));
      const newer = new Set(typed.map(([name]) => name));
      fillFields(form, [...fields.filter(([name]) => !newer.has(name)), ...typed]);
      unfold(form);
      form.querySelector("textarea")?.focus();
    };
    const said = { offer: words.offer, goOn: words.goOn, throwAway: words.throw };
    const line = draftLine(said, answer(goOn), answer(place.forget), firstWords(form, fields));
    line.dataset.changeOffer = "";
    form.prepend(line);
  };
  const look = async () => {
    // A page that came back with what was refused holds the words.
    const draft = "draftBack" in form.dataset ? null : await place.newest();
    const isOther = draft?.fields && JSON.stringify(draft.fields) !== known;
    if (isOther) offer(draft.fields);
    else free();
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => {
    keep();
    clearTimeout(timer);
    isSent = true;
    place.sent();
  });
  window.addEventListener("pagehide", () => timer && !isSent && send(true));
  window.addEventListener("pageshow", () => (isSent = false));
  look();
}

if (words) document.querySelectorAll("form[data-draft-of]").forEach(attach);
