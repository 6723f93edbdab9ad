// <div data-lease="URL" data-lease-lost="words">: says every minute that the page is open, so that
// the work stays with the person who is at it. Without this script, any save on the claim does.

const EVERY = 60_000;

function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function beat(element) {
  if (document.hidden) return true;
  let answer;
  try {
    answer = await fetch(element.dataset.lease, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
    });
  } catch {
    // No network: the next one may get through before the lease ends.
    return true;
  }
  if (answer.ok) {
    const until = element.querySelector("[data-lease-until]");
    const found = await answer.json();
    if (until) until.textContent = found.until;
    return true;
  }
  if (answer.status >= 500) return true;
  const words = element.querySelector("[data-lease-words]");
  if (words) words.textContent = element.dataset.leaseLost;
  return false;
}

for (const element of document.querySelectorAll("[data-lease]")) {
  const timer = setInterval(async () => {
    if (!(await beat(element))) clearInterval(timer);
  }, EVERY);
}
