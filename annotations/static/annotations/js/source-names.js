/* Offers the project's sources while a name is typed: fills the datalist that inputs refer to. */

const WAIT_MS = 150;

function fill(list, names) {
  list.replaceChildren(
    ...names.map((one) => {
      const option = document.createElement("option");
      option.value = one.name;
      option.label = one.means === one.name ? "" : one.means;
      return option;
    }),
  );
}

function attach(list) {
  let timer = 0;
  let asked = null;
  const ask = async (words) => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(list.dataset.sourceNames, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok) fill(list, (await answer.json()).names);
    } catch (error) {
      // A newer question replaced this one, or the network is gone: typing goes on either way.
      if (error.name !== "AbortError" && error.name !== "TypeError") throw error;
    }
  };
  for (const input of document.querySelectorAll(`input[list="${list.id}"]`)) {
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask(input.value), WAIT_MS);
    });
  }
}

document.querySelectorAll("[data-source-names]").forEach(attach);
