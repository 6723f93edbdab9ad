// The list of keys, and whether single letters act in the text: people who speak to their computer
// or hit keys by accident can switch them off. Remembered by the browser.

import { root } from "./page.js";

const STORE = "letters";
const dialog = root?.querySelector("[data-help]");
let isOff = false;

try {
  isOff = localStorage.getItem(STORE) === "off";
} catch {
  // Nothing is kept: the letters act.
}

export const lettersAct = () => !isOff;

export function openHelp() {
  dialog.querySelector("[data-letters]").checked = !isOff;
  dialog.showModal();
}

function set(off) {
  isOff = off;
  try {
    localStorage.setItem(STORE, off ? "off" : "on");
  } catch {
    // It holds until the page is left.
  }
}

if (dialog) {
  dialog.querySelector("[data-letters]").addEventListener("change", ({ target }) => set(!target.checked));
  root.querySelector("[data-help-open]")?.addEventListener("click", openHelp);
}
