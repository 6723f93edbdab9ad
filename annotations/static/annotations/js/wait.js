// <div data-wait="URL">: asks how far the worker has come and puts the answer in place. The pauses
// grow, nothing is asked while nobody looks, and it ends with the work.

const FIRST = 700;
const LONGEST = 10_000;
const GROWTH = 1.3;

const place = document.querySelector("[data-wait]");
const said = document.querySelector("[data-wait-said]");
let pause = FIRST;
let timer = null;

function isOver() {
  return place.firstElementChild?.dataset.waitEnded !== undefined;
}

// Swaps what changed, and has it read out; a button somebody is about to press stays as it is.
function put(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const now = made.content.firstElementChild;
  if (!now || now.dataset.waitNow === undefined) return;
  if (now.dataset.waitKey === place.firstElementChild?.dataset.waitKey) return;
  if (place.firstElementChild?.dataset.waitNow !== now.dataset.waitNow) {
    said.textContent = now.dataset.waitNow;
    pause = FIRST;
  }
  const held = place.contains(document.activeElement) && document.activeElement.href;
  place.replaceChildren(now);
  // Whoever stood on a link stands on the same link in what came.
  if (held) [...place.querySelectorAll("a")].find((link) => link.href === held)?.focus();
}

async function ask() {
  timer = null;
  try {
    const headers = { "HX-Request": "true" };
    const answer = await fetch(place.dataset.wait, { cache: "no-store", headers });
    // Signed out, or the upload is gone: the page itself says which.
    if (answer.status === 401 || answer.status === 404) return location.reload();
    if (answer.ok && !answer.redirected) put(await answer.text());
  } catch (error) {
    // Without a network the next one may get through.
    if (error.name !== "AbortError" && error.name !== "TypeError") throw error;
  }
  const go = place.firstElementChild?.dataset.waitGo;
  if (go) location.replace(go);
  else later();
}

function later() {
  if (isOver() || document.hidden || timer) return;
  timer = setTimeout(ask, pause);
  pause = Math.min(pause * GROWTH, LONGEST);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    clearTimeout(timer);
    timer = null;
  } else {
    pause = FIRST;
    later();
  }
});

if (place) later();
