// A claim carried along from one article to the next, so that its place there is added in two
// presses. Kept for the tab only, apart for each person and project.

import { announce, listen, root, say } from "./page.js";

const store = `carried:${root?.dataset.user}:${root?.dataset.project}`;
const line = root?.querySelector("[data-carry-line]");

export function carriedNumber() {
  try {
    return sessionStorage.getItem(store) ?? "";
  } catch {
    return "";
  }
}

function draw() {
  const number = carriedNumber();
  line.hidden = !number;
  line.querySelector("[data-carried-words]").textContent = say("carried").replace("{}", number);
}

// `isSaid` is false where something else is said at this moment, which must be heard.
function keep(number, isSaid = true) {
  try {
    if (number) sessionStorage.setItem(store, number);
    else sessionStorage.removeItem(store);
  } catch {
    // A browser that keeps nothing carries nothing: the search finds the claim all the same.
  }
  draw();
  if (isSaid) announce(number ? say("carried").replace("{}", number) : say("carriedOver"));
}

if (line && root.dataset.mayAnnotate) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-carry]");
    if (button) keep(button.dataset.carry);
  });
  line.querySelector("[data-carried-stop]").addEventListener("click", () => keep(""));
  // Its place was added: it has arrived.
  listen("place-added", ({ number }) => {
    if (number === carriedNumber()) keep("", false);
  });
  draw();
}
