// The voice: started, stopped and sent elsewhere by the child's buttons and by the cards.

import { one } from "../../shared/dom.js";
import { announce } from "../controls/keys.js";

/** @import { Parts } from "../parts.js" */

/** @typedef {ReturnType<typeof joinListening>} Listening what other joins may ask of the voice */

/** @param {Parts} parts */
export function joinListening({
  reading,
  flow,
  scroll,
  place,
  book,
  link,
  notices,
  stops,
  buttons,
}) {
  /** @param {number} word */
  function readFrom(word) {
    flow.forget();
    scroll.following = true;
    reading.moveTo(word);
    if (!reading.silent) flow.play();
  }

  function toggle() {
    if (!reading.playing) place.goBack();
    flow.toggle();
  }

  /** Hear the sentence again; at its beginning, the one before. */
  function again() {
    const sentence = reading.sentence;
    if (!sentence) return;
    const atStart = reading.word - sentence.first < 2 && sentence.first > 0;
    const before = atStart ? book.sentenceOf(sentence.first - 1) : null;
    const { first } = before ?? sentence;
    link.send("REPEAT_AUDIO", { fromWordIndex: first, reason: "missed" });
    readFrom(first);
  }

  /** @param {number} word */
  function step(word) {
    const wasPlaying = reading.moveTo(word);
    place.goBack();
    if (wasPlaying) flow.play();
    else announce(book.chapterOf(reading.word)?.word(reading.word) ?? "");
  }

  reading.on("playing", (playing) => {
    showPlaying(buttons.play, playing);
    document.body.classList.toggle("is-playing", playing);
  });
  reading.on("silent", () =>
    notices.say("There is no voice for this book here. You can read it yourself."),
  );
  reading.on("waiting", () => notices.say("The voice is coming…", 2500));
  reading.on("trouble", () => notices.say("This page did not come. Try again in a moment."));
  stops.on("stop", () => {
    flow.forget();
    reading.pause();
  });
  buttons.play.addEventListener("click", toggle);
  buttons.again.addEventListener("click", again);
  return { readFrom, toggle, again, step };
}

/**
 * The button that starts and stops the voice says what it will do next.
 *
 * @param {HTMLElement} button
 * @param {boolean} playing
 */
function showPlaying(button, playing) {
  one("use", button, SVGUseElement).setAttribute("href", playing ? "#i-pause" : "#i-play");
  one("span", button).textContent = playing ? "Pause" : "Listen";
}
