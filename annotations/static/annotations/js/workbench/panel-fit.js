// Gives the panel the room below the sticky head, down to the window's end or the text's, wherever
// the page has been scrolled to: its title and the button that saves must both be in sight.

import { listen, panel, root } from "./page.js";

const GAP = 12;
const LEAST = 160;
const head = root?.querySelector("[data-head]");
let frame = 0;

const isSticky = (element) => getComputedStyle(element).position === "sticky";

function fit() {
  frame = 0;
  if (!isSticky(panel)) {
    panel.style.removeProperty("max-block-size");
    return;
  }
  // A head in two lines is higher, and one of a low window scrolls away.
  root.style.setProperty("--head", `${isSticky(head) ? head.offsetHeight : 0}px`);
  // What it stands in pushes it up at the page's end: a panel that ends there is not pushed.
  const around = panel.parentElement.getBoundingClientRect();
  const top = Math.max(parseFloat(getComputedStyle(panel).insetBlockStart), around.top);
  const room = Math.min(innerHeight - GAP, around.bottom) - top;
  panel.style.setProperty("max-block-size", `${Math.max(LEAST, Math.floor(room))}px`);
}

function fitSoon() {
  frame ||= requestAnimationFrame(fit);
}

if (panel) {
  addEventListener("scroll", fitSoon, { passive: true });
  addEventListener("resize", fitSoon);
  // How high a new block is, is a guess until it is drawn: that is known a frame later.
  listen("swapped", () => requestAnimationFrame(fitSoon));
  new ResizeObserver(fitSoon).observe(head);
  fit();
}
