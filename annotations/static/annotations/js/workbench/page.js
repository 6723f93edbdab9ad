// What every part of the workbench refers to: the text region, the panel, addresses, words.

export const root = document.querySelector("[data-workbench]");
export const region = root?.querySelector("[data-text]");
export const panel = root?.querySelector("[data-panel]");

const spoken = root?.querySelector("[data-announce]");
const words = document.querySelector("[data-words]");

// Returns a sentence the server translated.
export const say = (name) => words?.dataset[name] ?? "";

// Tells people who listen to the page.
export function announce(sentence) {
  if (spoken) spoken.textContent = sentence;
}

// Django's token, which changes when somebody signs in again in another tab.
export const csrfToken = () => document.cookie.match(/(?:^|; )factcheck_csrf=([^;]+)/)?.[1] ?? "";

// What every request says besides its content. The person is named so that nothing is sent in the
// name of somebody else who has signed in meanwhile in another tab.
export const sentHeaders = () => ({
  "HX-Request": "true",
  "X-CSRFToken": csrfToken(),
  "X-Factcheck-User": root.dataset.user,
});

// Returns what is sent of a form's data. None has files, and the server reads words sent this way in
// a fraction of the time it takes over parts.
export const wordsOf = (data) => new URLSearchParams(data);

export const opened = () => document.getElementById("opened");

// Returns the address of something in this project, or below this version of the text.
export const projectUrl = (path) => `${root.dataset.project}${path}`;
export const versionUrl = (path) => projectUrl(`versions/${root.dataset.version}/${path}`);
export const cardUrl = (number) =>
  projectUrl(`claims/${number}/card/?in=${root.dataset.version}`);

// Tells the other parts what happened.
export function tell(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(`workbench:${name}`, { detail }));
}

export const listen = (name, act) =>
  document.addEventListener(`workbench:${name}`, (event) => act(event.detail));
