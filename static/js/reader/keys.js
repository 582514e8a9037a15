// The whole reader by keyboard. Single letters count only while the story itself has the focus, so
// that they never get in the way of typing or of a screen reader's own; arrows, space and Enter also
// count while nothing has.

import { one } from "./dom.js";

export function listenForKeys({ text, does }) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return does.escape();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inStory = event.target === text;
    if (!inStory && event.target !== document.body) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) event.shiftKey ? does.sentence(step) : does.word(step);
    else if (event.key === " ") does.play();
    else if (event.key === "Enter") does.open();
    else if (!inStory) return;
    else if (event.key === "a" || event.key === "?") does.ask();
    else if (event.key === "r") does.again();
    else if (event.key === "s") does.settings();
    else return;
    event.preventDefault();
  });
}

/** Say a word to a screen reader, when it was reached by keyboard. */
export function announce(text) {
  one("[data-announce]").textContent = text;
}
