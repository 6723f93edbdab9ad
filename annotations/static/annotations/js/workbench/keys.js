// Keys of the workbench: next and previous claim; my label for the open one. Single letters act
// only while the text has the focus.

import { announce, opened, region, root } from "./page.js";
import { openClaim, openNumber } from "./lights.js";
import { close } from "./panel.js";

function step(by) {
  const rows = [...root.querySelectorAll("[data-rows] [data-row]")];
  const at = rows.findIndex((row) => row.dataset.row === openNumber());
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (!next) return;
  announce(next.textContent.replace(/\s+/g, " "));
  openClaim(next.dataset.row);
}

function judge(n) {
  const choices = opened().querySelectorAll('[data-review] input[name="label"]');
  if (!choices[n]) return;
  choices[n].checked = true;
  choices[n].form.requestSubmit();
}

region?.addEventListener("keydown", (event) => {
  if (event.target !== region || event.ctrlKey || event.metaKey || event.altKey) return;
  // On a Cyrillic or Arabic layout the place of the key counts: it has no Latin letter.
  const letter = /^[\x20-\x7e]$/.test(event.key) ? event.key : event.code.replace("Key", "");
  const key = letter.toLowerCase();
  if (key === "n") step(1);
  else if (key === "p") step(-1);
  else if (/^[1-5]$/.test(key)) judge(Number(key) - 1);
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (!root) return;
  const form = event.target.closest?.("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-save]") ?? undefined);
  }
  if (event.key === "Escape" && opened().contains(event.target)) {
    close();
    region.focus({ preventScroll: true });
  }
});
