// Sends what no form on the page sends: moving a place, undoing, doing again. The answer takes its
// place in the page as a form's does; a refusal is left to the caller, by its status.

import { projectUrl, region, root, sentHeaders, tell, wordsOf } from "./page.js";
import { swap } from "./parts.js";

// Unique for this action, so that a repeated request does its work once.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Posts [name, value] pairs to a path of the project, or a whole one. Returns { status, html }:
// 0 when the server cannot be reached, 401 when one must sign in again. `isAside` sends what was
// done to something that is no longer open: its answer is not shown, and the page may be going.
export async function send(path, pairs, isAside = false) {
  tell("sending");
  const body = new FormData();
  for (const [name, value] of pairs) body.append(name, value);
  const token = root.querySelector("[data-token] input")?.value ?? "";
  body.set("csrfmiddlewaretoken", token);
  body.set("in", root.dataset.version);
  body.set("key", newKey());
  body.set("content_hash", region.dataset.hash);
  const address = new URL(path.startsWith("/") ? path : projectUrl(path), location.href);
  if (/[?&]discarded=1/.test(location.search)) address.searchParams.set("discarded", "1");
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: wordsOf(body),
      headers: sentHeaders(),
      keepalive: isAside,
    });
    const html = await answer.text();
    if (/<html/i.test(html)) return { status: answer.ok ? 401 : answer.status, html: "" };
    if (answer.ok && !isAside) swap(html);
    return { status: answer.status, html };
  } catch {
    return { status: 0, html: "" };
  }
}
