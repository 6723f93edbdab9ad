// Offers colleagues' names while one is typed behind an @ in a comment.

const MOST_OFFERED = 6;
const TYPED = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_ .'-]{0,40})$/u;
const known = new Map();

async function namesOf(address) {
  if (!known.has(address)) known.set(address, read(address));
  return known.get(address);
}

async function read(address) {
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    return answer.ok && !answer.redirected ? (await answer.json()).names : [];
  } catch {
    known.delete(address);
    return [];
  }
}

// Returns what stands behind the @ that the cursor is after, or null.
function typedName(area) {
  const before = area.value.slice(0, area.selectionStart);
  return before.match(TYPED)?.[1] ?? null;
}

function put(area, typed, name) {
  const end = area.selectionStart;
  area.setRangeText(`${name} `, end - typed.length, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function offer(area, list, typed, names) {
  const wanted = typed.toLocaleLowerCase();
  const fits = names.filter((one) => one.toLocaleLowerCase().startsWith(wanted) && one !== typed);
  list.hidden = fits.length === 0;
  list.replaceChildren(
    ...fits.slice(0, MOST_OFFERED).map((name) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = `@${name}`;
      button.addEventListener("click", () => {
        put(area, typed, name);
        list.hidden = true;
      });
      return button;
    }),
  );
}

function attach(area) {
  const address = area.form?.dataset.names;
  if (!address) return;
  const list = document.createElement("div");
  list.className = "at-names";
  list.hidden = true;
  area.after(list);
  const look = async () => {
    const typed = typedName(area);
    if (typed === null) {
      list.hidden = true;
      return;
    }
    const names = await namesOf(address);
    // More may have been typed meanwhile.
    if (typed === typedName(area)) offer(area, list, typed, names);
  };
  area.addEventListener("input", look);
  area.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") list.hidden = true;
  });
}

document.querySelectorAll("textarea[data-at-names]").forEach(attach);
