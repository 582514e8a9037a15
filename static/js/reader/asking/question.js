// A question on its way to its answer.

import { Emitter } from "../../shared/emitter.js";

/** @import { QuestionFacts, QuestionAnswer, QuestionError } from "../../types/reader.d.ts" */

/**
 * Emits "change" whenever there is something new to show.
 *
 * @extends {Emitter<{change: [question: Question]}>}
 */
export class Question extends Emitter {
  /** @type {string | null} */
  interruptionId = null;
  /** As much of the answer as has come. */
  text = "";
  /**
   * The server's whole answer.
   *
   * @type {QuestionAnswer | null}
   */
  response = null;
  /**
   * Its kind refusal.
   *
   * @type {QuestionError | null}
   */
  error = null;
  #nextIndex = 0;

  /** @param {QuestionFacts} facts */
  constructor({ questionText, wordIndex, kind, entry, kept = true }) {
    super();
    this.questionText = questionText;
    this.wordIndex = wordIndex;
    this.kind = kind;
    /** The message that asks it; null where it was open before the page was. */
    this.entry = entry;
    /** Whether it would outlive the page. */
    this.kept = kept;
  }

  get isOpen() {
    return this.response === null && this.error === null;
  }

  tell() {
    this.emit("change", this);
  }

  /** It is on disk now. */
  keep() {
    this.kept = true;
    if (this.isOpen) this.tell();
  }

  /**
   * Take a piece of the answer. After a missing one nothing grows any more; the whole comes later.
   *
   * @param {number} index the first piece begins the answer, anew if need be
   * @param {string} text
   */
  grow(index, text) {
    if (index !== 0 && index !== this.#nextIndex) return;
    this.text = index === 0 ? text : this.text + text;
    this.#nextIndex = index + 1;
    this.tell();
  }

  /**
   * Go on from where the server says that the answer is.
   *
   * @param {string} textSoFar
   * @param {number} nextIndex
   */
  goOn(textSoFar, nextIndex) {
    this.text = textSoFar;
    this.#nextIndex = nextIndex;
    this.tell();
  }

  /** @param {QuestionAnswer} response */
  answer(response) {
    this.interruptionId = response.interruptionId;
    this.text = response.responseText;
    this.response = response;
    this.tell();
  }

  /** @param {QuestionError} error */
  fail(error) {
    this.error = error;
    this.tell();
  }
}
