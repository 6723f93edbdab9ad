// A sentence for everybody: spoken to those who listen, and shown for a while to those who look.

import { announce, root } from "./page.js";

const SHOWN_MS = 6000;
const line = root?.querySelector("[data-said]");
let timer = 0;

export function tellAll(sentence) {
  announce(sentence);
  line.textContent = sentence;
  line.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (line.hidden = true), SHOWN_MS);
}
