// Where a page keeps what is typed into its forms: in this browser at once, on the server a little
// later. `user` and `project` are those of the page, `about` is the form's name.

export const THERE_MS = 1_500;
// What a page that goes may still send, in bytes; browsers refuse more than 64 KiB.
const LAST_WORDS = 60_000;
const csrfToken = () => document.cookie.match(/(?:^|; )factcheck_csrf=([^;]+)/)?.[1] ?? "";
const isLeaving = () => document.documentElement.matches("[data-leaving]");

// Without a network, or with storage that is forbidden, the other place keeps it.
async function quietly(act) {
  try {
    return await act();
  } catch {
    return null;
  }
}

export function placeOf({ user, project }, about) {
  const name = `factcheck:draft:${user}:${project}:${about}`;
  const address = `${project}drafts/${about}/`;
  const headers = () => ({
    "HX-Request": "true",
    "X-CSRFToken": csrfToken(),
    "X-Factcheck-User": user,
  });
  const read = () => quietly(() => JSON.parse(localStorage.getItem(name)));
  const write = (kept) => quietly(() => localStorage.setItem(name, JSON.stringify(kept)));
  let underWay = Promise.resolve();
  const post = async (content, last) => {
    const body = new URLSearchParams({ content: JSON.stringify(content) });
    const keepalive = last && body.toString().length < LAST_WORDS;
    const options = { method: "POST", body, headers: headers(), keepalive };
    const answer = await quietly(() => fetch(address, options));
    return Boolean(answer?.ok && !answer.redirected);
  };
  const forgetHere = () => quietly(() => localStorage.removeItem(name));
  // Returns what the server has; null when it has none, and undefined when it did not say.
  const ask = () =>
    quietly(async () => {
      const answer = await fetch(address, { cache: "no-store", headers: headers() });
      if (answer.redirected || !answer.ok) return { unsaid: true };
      return answer.status === 200 ? answer.json() : { none: true };
    });
  return {
    // Whoever is signing out leaves nothing behind.
    here: (content) => !isLeaving() && write({ at: Date.now(), content }),
    there: (content, last = false) =>
      (underWay = isLeaving() ? Promise.resolve(false) : post(content, last)),
    // It was sent as a form: should the server have no draft any more, it was stored.
    sent: async () => {
      const kept = await read();
      if (kept) await write({ ...kept, isSent: true });
    },
    forget: async () => {
      await forgetHere();
      // One that is still being kept would come back after it was thrown away.
      await underWay;
      await quietly(() =>
        fetch(address, { method: "DELETE", headers: headers(), keepalive: true }),
      );
    },
    // Returns what was typed last, here or on another machine; null when there is nothing.
    newest: async () => {
      const here = await read();
      const there = await ask();
      if (here?.isSent && there?.none) return forgetHere().then(() => null);
      if (here?.content && !(Date.parse(there?.at) > here.at)) return here.content;
      return there?.content ?? null;
    },
  };
}
