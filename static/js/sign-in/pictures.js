// Three pictures, one form: taps fill the slots here and the form goes once, at the third.
// Without this script each tap is a form of its own, and the server fills the slots.

const form = document.querySelector("form[data-pictures]");
const slots = [...form.querySelectorAll("[data-slot]")];

function picked() {
  return [...form.querySelectorAll("input[name=picked]")];
}

function show() {
  const names = picked().map((input) => input.value);
  slots.forEach((slot, place) => {
    const shown = slot.querySelector("img");
    if (names[place] && !shown) slot.append(drawing(names[place]));
    if (!names[place] && shown) shown.remove();
  });
}

function drawing(name) {
  const copy = form.querySelector(`button[value="${CSS.escape(name)}"] img`).cloneNode();
  copy.width = copy.height = 64;
  return copy;
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  const isLast = picked().length + 1 >= slots.length;
  if (button?.name === "picture" && isLast) return;
  event.preventDefault();
  if (button?.name === "again") picked().forEach((input) => input.remove());
  if (button?.name === "picture") {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "picked", value: button.value });
    form.append(input);
  }
  show();
});
