// The chain's form: adding, removing and moving steps. Without it, a button asks the server.

const list = (hops) => hops.querySelector("[data-hop-list]");
const total = (hops) => hops.querySelector(`[name="${hops.dataset.prefix}-TOTAL_FORMS"]`);

// Positions are what the server sorts by; removed steps keep theirs and are marked.
function number(hops) {
  [...list(hops).children].forEach((hop, n) => {
    hop.querySelector('[name$="-ORDER"]').value = n + 1;
  });
}

export function addHop(hops) {
  const n = Number(total(hops).value);
  const template = hops.querySelector("template[data-hop-template]");
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", n);
  const hop = holder.content.firstElementChild;
  list(hops).append(hop);
  total(hops).value = n + 1;
  number(hops);
  hop.querySelector("[data-source]")?.focus();
  return hop;
}

// Puts the steps into the order of their positions, as a draft had them.
export function sortHops(hops) {
  const position = (hop) => Number(hop.querySelector('[name$="-ORDER"]').value);
  list(hops).append(...[...list(hops).children].sort((a, b) => position(a) - position(b)));
  number(hops);
}

function removeHop(hop) {
  hop.querySelector('[name$="-DELETE"]').checked = true;
  hop.hidden = true;
}

function moveUp(hop, hops) {
  const before = hop.previousElementSibling;
  if (before) before.before(hop);
  number(hops);
  hop.querySelector("[data-hop-up]").focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hop-add], [data-hop-remove], [data-hop-up]");
  if (!button) return;
  event.preventDefault();
  const hops = button.closest("[data-hops]");
  const hop = button.closest("[data-hop]");
  if (button.matches("[data-hop-add]")) addHop(hops);
  else if (button.matches("[data-hop-remove]")) removeHop(hop);
  else moveUp(hop, hops);
});

// Takes over the speaker that the text near the words seems to name.
document.addEventListener("click", (event) => {
  const use = event.target.closest("[data-speaker-use]");
  if (!use) return;
  const { speaker, speakerRange, cueRange } = use.closest("[data-speaker]").dataset;
  const hop = use.closest("[data-hops]").querySelector("[data-hop]:not([hidden])");
  const name = hop.querySelector('[name$="-source_name"]');
  name.value = speaker;
  hop.querySelector('[name$="-source_ranges"]').value = speakerRange;
  hop.querySelector('[name$="-cue_ranges"]').value = cueRange;
  name.dispatchEvent(new Event("input", { bubbles: true }));
  name.focus();
});
