// Keeps what is typed into a comment and not sent: in this browser at once, on the server a little
// later. Where it is found again it is offered, and put over nothing.

import { draftLine } from "./draft-line.js";
import { placeOf, THERE_MS } from "./draft-place.js";

function offer(form, area, place, text) {
  const goOn = () => {
    area.value = text;
    line.remove();
    area.focus();
  };
  const throwAway = () => {
    place.forget();
    line.remove();
  };
  const { offer: sentence, goOn: go, throw: away } = form.dataset;
  const line = draftLine({ offer: sentence, goOn: go, throwAway: away }, goOn, throwAway, text);
  form.prepend(line);
  area.addEventListener("input", () => line.remove(), { once: true });
}

// Says whether words stand on the page as a comment: then they were sent, and the draft has served.
function isSaid(text) {
  const bare = (words) => words.replace(/\s+/gu, "");
  const said = [...document.querySelectorAll("[data-comment-text]")];
  return said.some((one) => bare(one.textContent) === bare(text));
}

function attach(form) {
  const place = placeOf(form.dataset, form.dataset.commentDraft);
  const area = form.elements.namedItem("text");
  let timer = 0;
  area.addEventListener("input", () => {
    place.here({ text: area.value });
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      place.there({ text: area.value });
    }, THERE_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
  });
  window.addEventListener("pagehide", () => timer && place.there({ text: area.value }, true));
  // A page that comes back with words was refused: they stand in the form, and are kept still.
  if (area.value.trim()) return;
  const fold = form.closest("details");
  const look = async () => {
    const text = (await place.newest())?.text;
    if (!text?.trim() || area.value.trim()) return;
    if (isSaid(text)) place.forget();
    else offer(form, area, place, text);
  };
  if (fold && !fold.open) fold.addEventListener("toggle", look, { once: true });
  else look();
}

document.querySelectorAll("form[data-comment-draft]").forEach(attach);
