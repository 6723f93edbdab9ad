// The speaker that the text proposes for a new claim: marked as proposed until someone types
// another, and cleared with one press, together with the words it was read from.

import { listen, opened, region } from "./page.js";
import { showField } from "./ranges.js";

const part = (hop, name) => hop.querySelector(`input[name$="-${name}"]`);

// A proposal that was changed is the person's own now.
function settle(hop) {
  hop.querySelector("[data-proposal]")?.remove();
}

function clear(hop) {
  for (const name of ["source_name", "source_ranges", "cue_ranges"]) part(hop, name).value = "";
  for (const button of hop.querySelectorAll("[data-waits]")) {
    if (region) showField(button, part(hop, button.dataset.waits));
  }
  hop.querySelector("[data-source-means]").textContent = "";
  settle(hop);
}

// A draft that was put back into the form may name another speaker.
function compare() {
  for (const line of opened()?.querySelectorAll("[data-proposal]") ?? []) {
    const name = part(line.closest("[data-hop]"), "source_name");
    if (name.value !== name.defaultValue) settle(line.closest("[data-hop]"));
  }
}

document.addEventListener("click", (event) => {
  const hop = event.target.closest("[data-proposal-clear]")?.closest("[data-hop]");
  if (!hop) return;
  clear(hop);
  part(hop, "source_name").focus();
});

document.addEventListener("input", (event) => {
  const hop = event.target.closest("[data-hop]");
  if (!hop?.querySelector("[data-proposal]") || event.target !== part(hop, "source_name")) return;
  if (event.target.value) settle(hop);
  else clear(hop);
});

// A proposed name is taken as a whole: one key then types over it or clears it.
document.addEventListener("focusin", (event) => {
  const hop = event.target.closest?.("[data-hop]");
  if (hop?.querySelector("[data-proposal]") && event.target === part(hop, "source_name")) {
    event.target.select();
  }
});

if (region) listen("swapped", () => setTimeout(compare));
