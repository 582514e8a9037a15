// The whole reader by keyboard. Single letters count only while the story itself has the focus, so
// that they never get in the way of typing or of a screen reader's own; arrows, space and Enter also
// count while nothing has.

import { one } from "../../shared/dom.js";

/**
 * @typedef {object} Commands
 * @property {(step: 1 | -1) => void} word go a word on or back
 * @property {(step: 1 | -1) => void} sentence
 * @property {() => void} play
 * @property {() => void} open look at the word
 * @property {() => void} ask
 * @property {() => void} again
 * @property {() => void} settings
 * @property {() => void} escape close whatever is open
 */

/** @param {{text: HTMLElement, does: Commands}} options */
export function listenForKeys({ text, does }) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return does.escape();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inStory = event.target === text;
    if (!inStory && event.target !== document.body) return;
    const command = commandOf(event, does, inStory);
    if (!command) return;
    command();
    event.preventDefault();
  });
}

/**
 * @param {Pick<KeyboardEvent, "key" | "shiftKey">} event
 * @param {Commands} does
 * @param {boolean} inStory whether the story itself has the focus
 * @returns {(() => void) | null}
 */
export function commandOf({ key, shiftKey }, does, inStory) {
  const go = shiftKey ? does.sentence : does.word;
  if (key === "ArrowRight") return () => go(1);
  if (key === "ArrowLeft") return () => go(-1);
  if (key === " ") return does.play;
  if (key === "Enter") return does.open;
  if (!inStory) return null;
  if (key === "a" || key === "?") return does.ask;
  if (key === "r") return does.again;
  if (key === "s") return does.settings;
  return null;
}

/**
 * Say a word to a screen reader, when it was reached by keyboard.
 *
 * @param {string} text
 */
export function announce(text) {
  one("[data-announce]").textContent = text;
}
