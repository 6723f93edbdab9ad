// What a draft holds of a form, and how it goes back into one.

// Stamped anew on every form: which text it stands beside, and which words of a claim are judged,
// the page says and not the draft, nor by which guidelines. What a change or a decision was begun on
// (`revision`, `seen`) stays with it: what others changed meanwhile then counts as not read.
const LEFT_OUT = new Set([
  ...["csrfmiddlewaretoken", "key", "form_key", "content_hash", "in", "claim_revision"],
  "guideline",
]);

const isKept = ([name, value]) => !LEFT_OUT.has(name) && typeof value === "string";

// Returns what was typed, of a form or of what it sent, as [name, value] pairs, without files.
export const typedOf = (data) => [...data].filter(isKept);
export const typedInto = (form) => typedOf(new FormData(form));

// Writes what was typed into a form of the same kind.
export function fillFields(form, fields) {
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
  }
  for (const [name, value] of typedOf(fields)) {
    const field = form.elements.namedItem(name);
    const isWritten = field && "value" in field && !["checkbox", "file"].includes(field.type);
    if (isWritten) field.value = value;
  }
}
