// <details data-unfold="URL">: brings what it unfolds when it is first opened. Until then, and where
// that fails, [data-unfolded] in it has the link to the page that shows the same.

async function bring(details) {
  const place = details.querySelector("[data-unfolded]");
  place.setAttribute("aria-busy", "true");
  try {
    const headers = { "HX-Request": "true" };
    const answer = await fetch(details.dataset.unfold, { headers });
    // Signed out, or no longer to be seen: the page says which.
    if (answer.status === 401 || answer.status === 404) return location.reload();
    if (!answer.ok || answer.redirected) return;
    place.innerHTML = await answer.text();
    delete details.dataset.unfold;
  } catch (error) {
    // Without a network the next opening may get through.
    if (error.name !== "AbortError" && error.name !== "TypeError") throw error;
  } finally {
    place.removeAttribute("aria-busy");
  }
}

for (const details of document.querySelectorAll("details[data-unfold]")) {
  details.addEventListener("toggle", () => {
    if (details.open && details.dataset.unfold) bring(details);
  });
}
