// Keeps what is typed into a comment and not sent: in this browser at once, on the server a little
// later. Where it is found again it is offered, and put over nothing.

const THERE_MS = 1_500;
const csrfToken = () => document.cookie.match(/(?:^|; )factcheck_csrf=([^;]+)/)?.[1] ?? "";

function storeOf({ user, project, commentDraft: about }) {
  const name = `factcheck:draft:${user}:${project}:${about}`;
  const address = `${project}drafts/${about}/`;
  const headers = () => ({
    "HX-Request": "true",
    "X-CSRFToken": csrfToken(),
    "X-Factcheck-User": user,
  });
  const isLeaving = () => document.documentElement.matches("[data-leaving]");
  // Without a network, or with storage that is forbidden, the other place keeps it.
  const quietly = async (act) => {
    try {
      return await act();
    } catch {
      return null;
    }
  };
  return {
    here: (text) =>
      quietly(() => isLeaving() || localStorage.setItem(name, JSON.stringify({ at: Date.now(), text }))),
    there: (text, keepalive = false) => {
      if (isLeaving()) return null;
      const body = new URLSearchParams({ content: JSON.stringify({ text }) });
      return quietly(() => fetch(address, { method: "POST", body, headers: headers(), keepalive }));
    },
    forget: async () => {
      await quietly(() => localStorage.removeItem(name));
      await quietly(() =>
        fetch(address, { method: "DELETE", headers: headers(), keepalive: true }),
      );
    },
    newest: async () => {
      const here = await quietly(() => JSON.parse(localStorage.getItem(name)));
      const there = await quietly(async () => {
        const answer = await fetch(address, { cache: "no-store", headers: headers() });
        return answer.status === 200 && !answer.redirected ? answer.json() : null;
      });
      if (here && !(there && Date.parse(there.at) > here.at)) return here.text;
      return there?.content?.text ?? "";
    },
  };
}

function button(words, kind, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = `button button--small button--${kind}`;
  one.textContent = words;
  one.addEventListener("click", act);
  return one;
}

function offer(form, area, store, text) {
  const line = document.createElement("div");
  line.className = "notice stack stack--tight";
  const words = document.createElement("p");
  const first = document.createElement("bdi");
  first.textContent = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  words.append(`${form.dataset.offer} `, first);
  const choice = document.createElement("div");
  choice.className = "cluster";
  const goOn = () => {
    area.value = text;
    line.remove();
    area.focus();
  };
  const throwAway = () => {
    store.forget();
    line.remove();
  };
  choice.append(
    button(form.dataset.goOn, "primary", goOn),
    button(form.dataset.throw, "quiet", throwAway),
  );
  line.append(words, choice);
  form.prepend(line);
  area.addEventListener("input", () => line.remove(), { once: true });
}

// Says whether words stand on the page as a comment: then they were sent, and the draft has served.
function isSaid(text) {
  const bare = (words) => words.replace(/\s+/gu, "");
  const said = [...document.querySelectorAll("[data-comment-text]")];
  return said.some((one) => bare(one.textContent) === bare(text));
}

function attach(form) {
  const store = storeOf(form.dataset);
  const area = form.elements.namedItem("text");
  let timer = 0;
  area.addEventListener("input", () => {
    store.here(area.value);
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      store.there(area.value);
    }, THERE_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
  });
  window.addEventListener("pagehide", () => timer && store.there(area.value, true));
  // A page that comes back with words was refused: they stand in the form, and are kept still.
  if (area.value.trim()) return;
  const fold = form.closest("details");
  const look = async () => {
    const text = await store.newest();
    if (!text?.trim() || area.value.trim()) return;
    if (isSaid(text)) store.forget();
    else offer(form, area, store, text);
  };
  if (fold && !fold.open) fold.addEventListener("toggle", look, { once: true });
  else look();
}

document.querySelectorAll("form[data-comment-draft]").forEach(attach);
