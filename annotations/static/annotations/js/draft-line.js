// The line that offers words again which were not saved: nothing is put over what is there without
// being asked.

function button(words, kind, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = `button button--small button--${kind}`;
  one.textContent = words;
  one.addEventListener("click", act);
  return one;
}

// `words` are { offer, goOn, throwAway } in the page's language; `typed` the first of what waits.
export function draftLine(words, goOn, throwAway, typed = "") {
  const line = document.createElement("div");
  line.className = "notice stack stack--tight";
  const sentence = document.createElement("p");
  sentence.textContent = words.offer;
  if (typed) {
    const first = document.createElement("bdi");
    first.textContent = typed.length > 80 ? `${typed.slice(0, 80)}…` : typed;
    sentence.append(" ", first);
  }
  const choice = document.createElement("div");
  choice.className = "cluster";
  choice.append(button(words.goOn, "primary", goOn), button(words.throwAway, "quiet", throwAway));
  line.append(sentence, choice);
  return line;
}
