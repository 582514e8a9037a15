// A chapter read by the device's own voice: sentence by sentence, and word by word where the voice
// tells its place.

import { Emitter } from "../../shared/emitter.js";
import { lastAtMost } from "../book/chapter.js";
import { deviceHasVoice, deviceMaySpeak, speak, stopSpeaking, utterance } from "./speech.js";

/** @import { PlayerEvents, Sentence } from "../../types/reader.d.ts" */
/** @import { Chapter } from "../book/chapter.js" */

/**
 * Emits the same as the narration.
 *
 * @extends {Emitter<PlayerEvents>}
 */
export class DeviceVoice extends Emitter {
  timestamp = null;
  #language;
  /** Grows whenever something else is to be read; what was begun before then falls silent. */
  #turn = 0;
  /** @type {SpeechSynthesisUtterance | null} */
  #spoken = null;
  #rate = 1;

  /** @param {string} language */
  constructor(language) {
    super();
    this.#language = language;
  }

  canRead() {
    return deviceMaySpeak();
  }

  /**
   * Read on from a word of the chapter.
   *
   * @param {Chapter} chapter
   * @param {number} word
   * @param {{rate?: number}} [manner]
   */
  async play(chapter, word, { rate = 1 } = {}) {
    this.#turn += 1;
    const turn = this.#turn;
    stopSpeaking();
    this.#rate = rate;
    if (!(await deviceHasVoice())) return this.emit("failed");
    this.emit("playing", true);
    for (let next = word; next <= chapter.last; ) {
      const sentence = chapter.sentence(next);
      await this.#readSentence(sentence, next, turn);
      if (turn !== this.#turn) return;
      next = sentence.last + 1;
    }
    this.emit("playing", false);
    this.emit("ended");
  }

  pause() {
    this.#turn += 1;
    stopSpeaking();
    this.emit("playing", false);
  }

  /** A voice cannot change its pace mid-word: the sentence goes on from where it is. */
  set rate(/** @type {number} */ rate) {
    this.#rate = rate;
    if (this.#spoken) stopSpeaking();
  }

  /**
   * @param {Sentence} sentence
   * @param {number} from the word in it to begin with
   * @param {number} turn
   */
  async #readSentence(sentence, from, turn) {
    const words = sentence.words.slice(from - sentence.first);
    this.emit("word", from);
    const rate = this.#rate;
    const reached = await this.#speak(words, from, turn);
    if (turn === this.#turn && rate !== this.#rate && reached < sentence.last) {
      await this.#readSentence(sentence, reached, turn);
    }
  }

  /**
   * @param {readonly string[]} words
   * @param {number} first the index of the first of them
   * @param {number} turn
   * @returns {Promise<number>} the last word that the voice told of
   */
  async #speak(words, first, turn) {
    let reached = first;
    const starts = startsOf(words);
    const spoken = utterance(words.join(" "), { rate: this.#rate, language: this.#language });
    spoken.onboundary = ({ name, charIndex }) => {
      if (turn !== this.#turn || name === "sentence") return;
      reached = first + lastAtMost(starts, charIndex);
      this.emit("word", reached);
    };
    this.#spoken = spoken;
    await speak(spoken);
    if (this.#spoken === spoken) this.#spoken = null;
    return reached;
  }
}

/**
 * Where each word begins in the text that they make with a space between them.
 *
 * @param {readonly string[]} words
 */
function startsOf(words) {
  let length = 0;
  return words.map((word) => {
    const start = length;
    length += word.length + 1;
    return start;
  });
}
