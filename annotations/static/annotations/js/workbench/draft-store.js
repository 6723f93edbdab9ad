// Where drafts are kept: in this browser, by person and project, and on the server.

import { projectUrl, root, sentHeaders, wordsOf } from "./page.js";

const prefix = `factcheck:draft:${root?.dataset.user}:${root?.dataset.project}:`;
let underWay = Promise.resolve();
const address = (about) => projectUrl(`drafts/${about}/`);

// Returns { at, content } as this browser has it, or null.
export function read(about) {
  try {
    return JSON.parse(localStorage.getItem(prefix + about));
  } catch {
    return null;
  }
}

// Gives every draft of some families, typed last first, by its name: as this browser has them, as
// the server has them, whichever is newer. When it was typed this browser knows better: a page that
// is left sends several at once.
export async function all(families, give) {
  const found = new Map();
  for (const name of families.flatMap(stored)) found.set(name, read(name));
  try {
    const listed = projectUrl(`drafts/?${families.map((one) => `of=${one}`).join("&")}`);
    const answer = await fetch(listed, { cache: "no-store", headers: sentHeaders() });
    if (answer.status === 200 && !answer.redirected) {
      for (const { about, at, content } of await answer.json()) {
        const here = found.get(about);
        const came = Date.parse(at);
        if (!(here?.at > came)) found.set(about, { at: here?.at ?? came, content });
      }
    }
  } catch {
    // Without a network, what this browser has is all there is.
  }
  const lastFirst = [...found].filter(([, one]) => one).sort((a, b) => b[1].at - a[1].at);
  for (const [name, { content }] of lastFirst) give(name, content);
}

function stored(family) {
  try {
    const names = Object.keys(localStorage).filter((one) => one.startsWith(prefix + family));
    return names.map((one) => one.slice(prefix.length));
  } catch {
    return [];
  }
}

// Keeps it in this browser; storage that is full or forbidden loses nothing the server keeps.
export function keepHere(about, content) {
  // Whoever is signing out leaves nothing behind.
  if (document.documentElement.matches("[data-leaving]")) return false;
  try {
    localStorage.setItem(prefix + about, JSON.stringify({ at: Date.now(), content }));
  } catch {
    return false;
  }
  return true;
}

// What a page that goes may still send, in bytes; browsers refuse more than 64 KiB.
const LAST_WORDS = 60_000;

// Keeps it on the server; returns whether it is there. `isLeaving` is for a page that goes.
export function keepThere(about, content, isLeaving = false) {
  if (document.documentElement.matches("[data-leaving]")) return Promise.resolve(false);
  return (underWay = post(about, content, isLeaving));
}

async function post(about, content, isLeaving) {
  const body = new FormData();
  body.set("content", JSON.stringify(content));
  try {
    const words = wordsOf(body);
    const keepalive = isLeaving && words.toString().length < LAST_WORDS;
    const options = { method: "POST", body: words, headers: sentHeaders(), keepalive };
    const answer = await fetch(address(about), options);
    return answer.ok && !answer.redirected;
  } catch {
    return false;
  }
}

export async function forget(about) {
  try {
    localStorage.removeItem(prefix + about);
  } catch {
    // Storage that is forbidden holds nothing.
  }
  // One that is still being kept would come back after it was thrown away.
  await underWay;
  const options = { method: "DELETE", headers: sentHeaders(), keepalive: true };
  try {
    await fetch(address(about), options);
  } catch {
    // Without a network it is offered once more; throwing it away again costs a click.
  }
}

// Returns what was typed last, here or on another machine; null when there is nothing.
export async function newest(about) {
  const here = read(about);
  try {
    const answer = await fetch(address(about), { cache: "no-store", headers: sentHeaders() });
    if (answer.status !== 200 || answer.redirected) return here?.content ?? null;
    const there = await answer.json();
    return here && here.at > Date.parse(there.at) ? here.content : there.content;
  } catch {
    return here?.content ?? null;
  }
}

// Returns what the form behind an address is about; a save that waited knows only its address.
export function aboutOf(url) {
  const path = new URL(url, location.href).pathname;
  const found = path.match(/\/(claim|mention)s\/([0-9a-f-]+)\/(edit|review)\/$/);
  if (!found) return "";
  const [, kind, name, deed] = found;
  return deed === "review" ? `review:${name}` : `${kind}-edit:${name}`;
}
