// The whole reader by keyboard. Single letters count only while the story itself has the focus, so
// that they never get in the way of typing or of a screen reader's own.

import { one } from "./dom.js";

export function listenForKeys({ text, does }) {
  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) event.shiftKey ? does.sentence(step) : does.word(step);
    else if (event.key === " ") does.play();
    else if (event.key === "Enter") does.open();
    else if (event.key === "a" || event.key === "?") does.ask();
    else if (event.key === "r") does.again();
    else if (event.key === "s") does.settings();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    // From nowhere in particular the space bar still means the story.
    if (event.key === " " && event.target === document.body) {
      event.preventDefault();
      does.play();
    }
    if (event.key === "Escape") does.escape();
  });
}

/** Say a word to a screen reader, when it was reached by keyboard. */
export function announce(text) {
  one("[data-announce]").textContent = text;
}
