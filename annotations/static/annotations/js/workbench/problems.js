// What went wrong, said in the panel where the person is.

import { opened } from "./page.js";

export function problem(element) {
  const inside = opened();
  inside.querySelector("[data-problem]")?.remove();
  element.dataset.problem = "";
  inside.prepend(element);
}

export function problemSentence(sentence) {
  const line = document.createElement("p");
  line.className = "notice notice--error";
  line.setAttribute("role", "alert");
  line.textContent = sentence;
  problem(line);
}
