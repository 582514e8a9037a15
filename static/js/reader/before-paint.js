// Not a module: it runs before the first paint, so that a book opens at the child's place and not at
// the top of the chapter. The reader's scripts take over from here (reader/book/scroll.js).
{
  history.scrollRestoration = "manual";
  const here = document.querySelector("#text .now");
  const covered = (/** @type {string} */ name) =>
    Number.parseFloat(getComputedStyle(document.body).getPropertyValue(name)) || 0;
  const top = covered("--covered-top");
  const line = top + (innerHeight - top - covered("--covered-bottom")) / 3;
  const below = here ? here.getBoundingClientRect().top - line : 0;
  if (below > 0) scrollTo({ top: scrollY + below, behavior: "instant" });
}
