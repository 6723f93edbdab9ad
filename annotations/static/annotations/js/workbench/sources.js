// While a source's name is typed: known names to choose from, and whom the name means.

const WAIT_MS = 180;
let timer = 0;
let asked = null;

function option({ name, means }) {
  const one = document.createElement("option");
  one.value = name;
  if (means !== name) one.label = `${name} (${means})`;
  return one;
}

function show(input, { names, means }) {
  document.getElementById("source-names")?.replaceChildren(...names.map(option));
  const line = input.closest("[data-source-box]")?.querySelector("[data-source-means]");
  if (!line) return;
  const words = document.querySelector("[data-words]")?.dataset ?? {};
  if (!input.value.trim()) line.textContent = "";
  else if (means) line.textContent = `${words.known ?? ""} ${means.name} (${means.kind})`;
  else line.textContent = words.newSource ?? "";
}

async function look(input, address) {
  asked?.abort();
  asked = new AbortController();
  const query = new URLSearchParams({ q: input.value });
  try {
    const answer = await fetch(`${address}?${query}`, { signal: asked.signal });
    if (answer.ok) show(input, await answer.json());
  } catch (error) {
    // Suggestions only help: the form works without them.
    if (error.name !== "AbortError") console.warn(error);
  }
}

document.addEventListener("input", (event) => {
  const input = event.target.closest("[data-source]");
  const address = input?.closest("[data-suggest]")?.dataset.suggest;
  if (!address) return;
  clearTimeout(timer);
  timer = setTimeout(() => look(input, address), WAIT_MS);
});
