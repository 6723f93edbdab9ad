// Brings the current entry of a sideways list (data-show-current) into view, and
// closes an open <details data-menu> on Escape, on a click elsewhere and when focus leaves it.

for (const list of document.querySelectorAll("[data-show-current]")) {
  const current = list.querySelector("[aria-current]");
  if (!current) continue;
  // By the start edge of both, which is the right one where pages read from the right.
  const [item, frame] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
  const isRtl = getComputedStyle(list).direction === "rtl";
  list.scrollLeft += isRtl ? item.right - frame.right + 16 : item.left - frame.left - 16;
}

const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("focusin", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
