// On a narrow screen what is open lies over the text like a sheet, and notices stand above it. Tells
// the styles how much of the window's lower edge both take, so that the page can end above them.

import { listen, opened, root } from "./page.js";

const notices = root?.querySelector("[data-notices]");
const watcher = new ResizeObserver(measure);

// Returns the height of what lies over the page at its lower edge; 0 for what stands within it.
const over = (one) => (getComputedStyle(one).position === "fixed" ? one.offsetHeight : 0);

function put(name, height) {
  document.documentElement.style.setProperty(name, `${height}px`);
}

function measure() {
  put("--sheet", over(opened()));
  put("--notices", over(notices));
}

// Returns where what lies over the page begins, in pixels from the window's upper edge.
export function lowerEdge() {
  const lying = [opened(), notices].filter(over);
  return Math.min(innerHeight, ...lying.map((one) => one.getBoundingClientRect().top));
}

// A notice above the panel's form takes room from it: the field one is in stays in sight.
function keepField() {
  measure();
  const field = document.activeElement;
  if (!over(opened()) && opened().contains(field)) field.scrollIntoView({ block: "nearest" });
}

if (root) {
  listen("swapped", () => {
    watcher.disconnect();
    watcher.observe(opened());
    measure();
  });
  watcher.observe(opened());
  new ResizeObserver(keepField).observe(notices);
  addEventListener("resize", measure);
}
