// The keyboard's place is never lost: where what had the focus is gone or hidden, its successor in
// the panel gets it, else the text.

import { listen, opened, region, root } from "./page.js";

let last = null;

const isGone = (element) => !element.isConnected || !element.checkVisibility();

function mend() {
  if (!last || document.activeElement !== document.body || !isGone(last)) return;
  const title = last.closest(".opened") && opened().querySelector(".opened__title");
  if (title) title.tabIndex = -1;
  (title || region).focus({ preventScroll: true });
}

if (root) {
  root.addEventListener("focusin", (event) => (last = event.target));
  // What a click removes or hides, it does before this.
  document.addEventListener("click", () => setTimeout(mend));
  listen("swapped", mend);
}
