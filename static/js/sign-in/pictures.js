// Three pictures, one form: taps fill the slots here and the form goes once, at the third.
// Without this script each tap is a form of its own, and the server fills the slots.

import { all, make, one, oneOrNone } from "../shared/dom.js";

const form = one("form[data-pictures]", document, HTMLFormElement);
const slots = all("[data-slot]", form);

const picked = () => all("input[name=picked]", form, HTMLInputElement);

function show() {
  const names = picked().map((input) => input.value);
  for (const [place, slot] of slots.entries()) {
    const shown = oneOrNone("img", slot);
    const name = names[place];
    if (name && !shown) slot.append(drawing(name));
    if (!name && shown) shown.remove();
  }
}

/** @param {string} name */
function drawing(name) {
  const original = one(`button[value="${CSS.escape(name)}"] img`, form, HTMLImageElement);
  const copy = /** @type {HTMLImageElement} */ (original.cloneNode());
  copy.width = 64;
  copy.height = 64;
  return copy;
}

form.addEventListener("submit", (event) => {
  const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
  const isLast = picked().length + 1 >= slots.length;
  if (button?.name === "picture" && isLast) return;
  event.preventDefault();
  if (button?.name === "again") for (const input of picked()) input.remove();
  if (button?.name === "picture") {
    form.append(make("input", { type: "hidden", name: "picked", value: button.value }));
  }
  show();
});
