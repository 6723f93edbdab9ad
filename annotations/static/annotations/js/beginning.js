/* Shows how a text will begin when it is saved: asks the form's own page, as its button does. */

const WAIT_MS = 300;
// The server looks no further than this for the beginning.
const LONGEST_SENT = 4_000;

function asked(form) {
  const sent = new FormData(form);
  sent.set("decision", "look");
  sent.set("text", String(sent.get("text") ?? "").slice(0, LONGEST_SENT));
  return sent;
}

function attach(shown) {
  const { form } = document.getElementById(shown.dataset.beginning);
  let timer = 0;
  let asking = null;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: asked(form),
        signal: asking.signal,
      });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-beginning]");
      if (fresh) shown.replaceChildren(...fresh.childNodes);
    } catch (error) {
      // A newer question replaced this one, or the network is gone: typing goes on either way.
      if (error.name !== "AbortError" && error.name !== "TypeError") throw error;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
}

document.querySelectorAll("[data-beginning]").forEach(attach);
