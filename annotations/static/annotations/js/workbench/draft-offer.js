// How a draft of a new claim or place is offered again: in its text, or in the version it is of.

import { offerLine } from "./draft-form.js";
import { root, say, versionUrl } from "./page.js";
import { ask } from "./panel.js";

export const PATHS = { claim: "claims/new/", mention: "mentions/new/" };
// The other versions of the text, each as [whole, uid, number].
export const elsewhere = [...(root?.dataset.otherVersions ?? "").matchAll(/(\S+):(\d+)/g)];

// Returns the line that offers one draft, given as [name, content]; `done` takes it away.
export function offerDraft([name, { path = PATHS.claim, query: opening, fields }], done) {
  const value = (wanted) => fields.find(([one]) => one === wanted)?.[1] ?? "";
  const isPlace = path === PATHS.mention;
  const sentence = isPlace ? say("draftPlace").replace("{}", value("claim")) : say("draft");
  const goOn = () => ask(versionUrl(`${path}?${opening}`));
  const [, , number] = elsewhere.find(([, uid]) => name.startsWith(`claim:${uid}`)) ?? [];
  // The words of another version are there: its page offers the draft again.
  const there = () => location.assign(`?version=${number}`);
  const line = offerLine(sentence, number ? there : goOn, () => done(name), value("text"));
  line.dataset.draftOffer = "";
  return line;
}
