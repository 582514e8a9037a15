// "Read everything to me": whatever the page shows beside the book is said as well.

import { one } from "../../shared/dom.js";
import { statusText } from "../asking/answer.js";

/** @import { Question } from "../asking/question.js" */
/** @import { Parts } from "../parts.js" */

/** @param {Parts} parts */
export function joinAloud(parts) {
  const { pageVoice, preferences, questions, asking, card, checkpoints, notices, reading } = parts;
  const isOn = () => preferences.appearance.aloud;
  /** @param {readonly string[]} texts */
  const say = (texts) => {
    if (isOn()) pageVoice.say(texts);
  };
  const wake = () => pageVoice.wake(parts.config.book.title);
  let wasOn = isOn();
  if (wasOn) wake();
  preferences.on("change", ({ rate, aloud }) => {
    pageVoice.rate = rate;
    if (!aloud) pageVoice.stop();
    else if (!wasOn) wake();
    wasOn = aloud;
  });
  pageVoice.rate = preferences.appearance.rate;
  asking.on("open", () => say([one("#ask-title").textContent]));
  questions.on("asked", (question) => {
    if (!isOn() || question.kind === "word") return;
    pageVoice.say([statusText(question, parts.link.live)]);
    follow(question);
  });
  card.on("open", () => say([one("#card-word").textContent]));
  card.on("meaning", (question) => isOn() && follow(question));
  card.on("told", (text) => isOn() && pageVoice.add([text]));
  checkpoints.on("shown", say);
  notices.on("said", (text) => {
    if (!reading.playing) say([text]);
  });
  reading.on("finished", () => say([one("#end-title").textContent]));
  const stop = () => pageVoice.stop();
  asking.on("quiet", stop);
  card.on("quiet", stop);
  checkpoints.on("quiet", stop);

  /** @param {Question} question */
  function follow(question) {
    const tell = pageVoice.follow();
    const heard = () =>
      tell(question.error ? statusText(question, true) : question.text, !question.isOpen);
    question.on("change", heard);
    heard();
  }
}
