// Asking: the word card and the sheet hold the voice while they are open, and lead to one another.

/** @import { Parts } from "../parts.js" */
/** @import { Listening } from "./listening.js" */

/** What of the page belongs to the card, or to what opens in its place. */
const OF_THE_CARD = "#word-card, .w, dialog";
/** How far down the page a sentence stands while it is asked about. */
const SENTENCE_AT = 0.12;

/** @typedef {{toggle: () => void}} Asking what other joins may ask of the sheet */

/**
 * @param {Parts} parts
 * @param {Listening} listening
 * @returns {Asking}
 */
export function joinAsking(parts, listening) {
  joinCard(parts, listening);
  joinSheet(parts, listening);
  const { asking, card, reading, buttons } = parts;
  const toggle = () => {
    if (asking.isOpen) return asking.close();
    card.close({ quietly: true });
    asking.open(reading.word);
  };
  buttons.ask.addEventListener("click", toggle);
  return { toggle };
}

/**
 * @param {Parts} parts
 * @param {Listening} listening
 */
function joinCard(
  { page, card, flow, reading, wordSound, preferences, asking, questions },
  listening,
) {
  page.on("tap", (word) => {
    flow.hold();
    card.open(word);
  });
  card.on("open", (word) => {
    if (!reading.heard || reading.silent) reading.moveTo(word);
  });
  card.on("close", () => flow.release());
  card.on("hear", (word, text) => wordSound.play(word, text, preferences.appearance.voice));
  card.on("read", (word) => listening.readFrom(word));
  card.on("more", (word, text) => {
    asking.open(word);
    const question = questions.current;
    if (question?.questionText.includes(`“${text}”`)) asking.show(question);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const stays = target instanceof Element && target.closest(OF_THE_CARD);
    if (card.isOpen && !stays) card.close();
  });
}

/**
 * @param {Parts} parts
 * @param {Listening} listening
 */
function joinSheet({ asking, questions, flow, highlight, scroll, link, notices, book }, listening) {
  asking.on("open", (word) => {
    flow.hold();
    const sentence = highlight.ask(word);
    if (sentence) requestAnimationFrame(() => scroll.bring(sentence, { at: SENTENCE_AT }));
  });
  asking.on("close", ({ askedSomething, ...payload }) => {
    highlight.clearAsked();
    if (askedSomething) link.send("RESUME_READING", payload);
    scroll.following = true;
    flow.release();
  });
  asking.on("came", () => notices.say("Your answer is here. It waits behind Ask."));
  asking.on("repeat", (word) => {
    const fromWordIndex = book.sentenceOf(word)?.first ?? word;
    link.send("REPEAT_AUDIO", { fromWordIndex, reason: "review" });
    listening.readFrom(fromWordIndex);
  });
  questions.on("asked", (question) => {
    // One that was open before this page was: show it where it was asked.
    if (question.entry) return;
    asking.open(question.wordIndex);
    asking.show(question);
  });
}
