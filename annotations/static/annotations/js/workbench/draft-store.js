// Where drafts are kept: in this browser, by person and project, and on the server.

import { csrfToken, projectUrl, root } from "./page.js";

const prefix = `factcheck:draft:${root?.dataset.user}:${root?.dataset.project}:`;
const address = (about) => projectUrl(`drafts/${about}/`);

function read(about) {
  try {
    return JSON.parse(localStorage.getItem(prefix + about));
  } catch {
    return null;
  }
}

// Keeps it in this browser; storage that is full or forbidden loses nothing the server keeps.
export function keepHere(about, content) {
  try {
    localStorage.setItem(prefix + about, JSON.stringify({ at: Date.now(), content }));
  } catch {
    return false;
  }
  return true;
}

// Keeps it on the server; returns whether it is there.
export async function keepThere(about, content) {
  const body = new FormData();
  body.set("content", JSON.stringify(content));
  const headers = { "X-CSRFToken": csrfToken(), "HX-Request": "true" };
  try {
    const answer = await fetch(address(about), { method: "POST", body, headers });
    return answer.ok && !answer.redirected;
  } catch {
    return false;
  }
}

export async function forget(about) {
  localStorage.removeItem(prefix + about);
  const headers = { "X-CSRFToken": csrfToken(), "HX-Request": "true" };
  try {
    await fetch(address(about), { method: "DELETE", headers, keepalive: true });
  } catch {
    // Without a network it is offered once more; throwing it away again costs a click.
  }
}

// Returns what was typed last, here or on another machine; null when there is nothing.
export async function newest(about) {
  const here = read(about);
  try {
    const answer = await fetch(address(about), { cache: "no-store" });
    if (answer.status !== 200 || answer.redirected) return here?.content ?? null;
    const there = await answer.json();
    return here && here.at > Date.parse(there.at) ? here.content : there.content;
  } catch {
    return here?.content ?? null;
  }
}
