// Which claim is open: a click on marked words opens it, a click on a claim shows its words.

import { ask, clear } from "./panel.js";
import { marksOf, numbersOf } from "./marks.js";
import { announce, cardUrl, listen, opened, region, root, say, tell } from "./page.js";
import { rowsOf } from "./rows.js";

let lit = [];

// Rows are found by their id: a page may have five thousand of them.
const rowOf = (number) => document.getElementById(`row-${number}`);

function light(number) {
  for (const one of lit) one.classList.remove("is-lit", "is-open");
  lit = [];
  if (!number) return;
  lit = [...marksOf(number)];
  for (const mark of lit) mark.classList.add("is-lit");
  const row = rowOf(number);
  row?.classList.add("is-open");
  if (row) lit.push(row);
}

export const openNumber = () => opened().dataset.claim ?? "";

function isSeen(element) {
  const box = element.getBoundingClientRect();
  return box.top > 80 && box.bottom < innerHeight * 0.75;
}

// The address always names the open claim, so that a reload or a copied link shows it again.
function keepAddress(number) {
  const url = new URL(location.href);
  url.hash = `claim-${number}`;
  history.replaceState(null, "", url);
}

// A claim that was marked in another version only: its card says where it stood.
const sayWhere = () => announce(say("notHere"));

// Opens a claim's card; `show` scrolls to its words, or to its row when it was its words.
export async function openClaim(number, show = "text") {
  keepAddress(number);
  light(number);
  const [first] = marksOf(number);
  if (show === "text" && first && !isSeen(first)) {
    first.scrollIntoView({ block: "center" });
    // Heights of blocks not drawn before were guesses: once they are drawn, aim again.
    requestAnimationFrame(() => first.scrollIntoView({ block: "center" }));
  }
  await ask(cardUrl(number));
  tell("opened", { number });
  if (!first && openNumber() === String(number)) sayWhere();
}

// Lists the claims of a place; the rows are those of the panel, or fetched where its window ends.
export async function listClaims(numbers) {
  const fetched = await rowsOf(numbers.filter((number) => !rowOf(number)));
  const list = document.createElement("ol");
  list.className = "claims__rows claims__rows--lines";
  for (const number of numbers) {
    const known = rowOf(number)?.cloneNode(true);
    const row = known ?? fetched.find((one) => one.dataset.row === String(number));
    if (!row) continue;
    row.removeAttribute("id");
    list.append(row);
  }
  clear();
  const heading = document.createElement("div");
  heading.className = "opened__head";
  const title = document.createElement("h2");
  title.className = "opened__title";
  title.tabIndex = -1;
  title.textContent = say("here");
  const shut = document.createElement("a");
  shut.className = "button button--small button--quiet";
  shut.href = "?";
  shut.dataset.close = "";
  shut.textContent = say("shut");
  heading.append(title, shut);
  opened().append(heading, list);
  title.focus({ preventScroll: true });
}

// Opens what marked words stand for: the one claim, or the list of all, shortest first.
export function openAt(numbers) {
  if (numbers.length === 1) openClaim(numbers[0], "row");
  else if (numbers.length) listClaims(numbers);
}

region?.addEventListener("click", (event) => {
  const gutter = event.target.closest("a.gutter[data-here]");
  if (gutter) {
    event.preventDefault();
    return openAt(gutter.dataset.here.split(" "));
  }
  const mark = event.target.closest("mark[data-claims]");
  if (mark && document.getSelection().isCollapsed) openAt(numbersOf(mark));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-open], a[data-again]");
  if (!root || !link || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  if (link.dataset.again) {
    event.preventDefault();
    return openClaim(link.dataset.again);
  }
  // A claim of another version has no words here: its link leads there.
  if (!marksOf(link.dataset.open).length) return;
  event.preventDefault();
  openClaim(link.dataset.open);
});

for (const [name, isOn] of [["mouseover", true], ["mouseout", false]]) {
  region?.addEventListener(name, (event) => {
    const mark = event.target.closest("mark[data-claims]");
    if (!mark) return;
    for (const number of numbersOf(mark)) {
      rowOf(number)?.classList.toggle("is-lit", isOn);
    }
  });
}

listen("swapped", () => light(openNumber()));
listen("window", () => light(openNumber()));
listen("saved", ({ number }) => keepAddress(number));

const inAddress = () => location.hash.match(/^#claim-(\d+)$/)?.[1];

window.addEventListener("hashchange", () => {
  const number = inAddress();
  if (number && number !== openNumber()) openClaim(number);
});

if (root) {
  if (openNumber()) light(openNumber());
  else if (inAddress()) openClaim(inAddress());
}
