// Says to screen readers what Swagger UI leaves unsaid: where its head is, and which level its
// headings have. It draws its parts whenever it likes, so this looks again after each change.

const HEADINGS = ":is(h3.opblock-tag, .models > h4):not([aria-level])";

function name() {
  document.querySelector(".information-container")?.setAttribute("role", "banner");
  for (const one of document.querySelectorAll(HEADINGS)) {
    one.setAttribute("role", "heading");
    one.setAttribute("aria-level", "2");
  }
}

new MutationObserver(name).observe(document.getElementById("swagger-ui"), {
  childList: true,
  subtree: true,
});
name();
