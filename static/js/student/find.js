// What a child looks for is fetched, not gone to: a search that is an address stays in the history of
// a tablet, for the next child to read. Without scripts, or without an answer, it is an address.

import { one } from "../shared/dom.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form instanceof HTMLFormElement && form.matches("form.find")) {
    event.preventDefault();
    find(form).catch(() => form.submit());
  }
});

/** @param {HTMLFormElement} form */
async function find(form) {
  const wanted = new URLSearchParams();
  for (const [name, value] of new FormData(form)) wanted.append(name, String(value));
  const answer = await fetch(`${form.action}?${wanted}`);
  if (!answer.ok || answer.redirected) throw new Error("no shelf came");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = one("main");
  main.replaceChildren(...one("main", page).childNodes);
  one("#find", main).focus();
}
