// Puts the number of unread notifications on the bell, once the page is there: no page waits for it.

const bell = document.querySelector("[data-bell]");

function show({ unread, most }) {
  const badge = bell.querySelector("[data-bell-count]");
  badge.hidden = unread === 0;
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = ` ${bell.dataset.some} `;
  badge.replaceChildren(words, unread > most ? `${most}+` : String(unread));
}

async function ask() {
  const headers = { "HX-Request": "true", "X-Factcheck-User": bell.dataset.user };
  try {
    const answer = await fetch(bell.dataset.bell, { cache: "no-store", headers });
    if (answer.ok && !answer.redirected) show(await answer.json());
  } catch (error) {
    // Without a network, or while the page goes, the bell stays without a number.
    if (error.name !== "AbortError" && error.name !== "TypeError") throw error;
  }
}

if (bell) {
  const later = window.requestIdleCallback ?? ((act) => setTimeout(act, 300));
  const start = () => later(ask);
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start, { once: true });
}
