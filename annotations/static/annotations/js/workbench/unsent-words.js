// Names a save that waits.

import { say } from "./page.js";

// Returns the first of the words that wait, or what is done to which claim, so that a person knows
// what is meant.
export function firstWords({ url, fields }) {
  const said = ["text", "justification", "reason"].map((wanted) =>
    fields.find(([name, value]) => name === wanted && value)?.[1]);
  const [, noun, number, deed] = url.match(/(claims|mentions)\/([^/]+)\/(\w+)/) ?? [];
  const kind = noun === "mentions" ? "didPlace" : "did";
  const done = deed ? say(`${kind}${deed[0].toUpperCase()}${deed.slice(1)}`) : "";
  const words = said.find(Boolean) ?? done.replace("{}", noun === "claims" ? number : "");
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}
