// That words are claimed already is said aloud when their form opens: the focus goes past the notice,
// to the first field.

import { announce, listen, opened } from "./page.js";

// The key of the form it was said for: an answer that sends the form back does not say it again.
let said = "";

function look() {
  const notice = opened().querySelector("[data-already]");
  const key = opened().querySelector("input[name=key]")?.value ?? "";
  if (!notice || key === said) return;
  said = key;
  announce(notice.textContent.trim().replace(/\s+/g, " "));
}

listen("swapped", look);
