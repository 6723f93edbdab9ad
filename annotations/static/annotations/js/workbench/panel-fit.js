// Ends the panel with the window, wherever the page has been scrolled to: the button that saves
// sticks to the panel's lower edge and must be in sight.

import { listen, panel } from "./page.js";

const GAP = 12;
const LEAST = 320;
let frame = 0;

function fit() {
  frame = 0;
  if (getComputedStyle(panel).position !== "sticky") {
    panel.style.removeProperty("max-block-size");
    return;
  }
  const room = innerHeight - Math.max(0, panel.getBoundingClientRect().top) - GAP;
  panel.style.setProperty("max-block-size", `${Math.max(LEAST, Math.round(room))}px`);
}

function fitSoon() {
  frame ||= requestAnimationFrame(fit);
}

if (panel) {
  addEventListener("scroll", fitSoon, { passive: true });
  addEventListener("resize", fitSoon);
  listen("swapped", fitSoon);
  fit();
}
