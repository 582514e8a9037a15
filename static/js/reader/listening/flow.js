// What makes the voice stop, and what lets it go on. Each card on the page stops it; when the last
// one is gone, it goes on if it was reading before.

/** @import { Card } from "../../types/reader.d.ts" */
/** @import { Checkpoint } from "../../types/wire.d.ts" */

const QUESTION_MS = 1500;

/**
 * @typedef {object} Voice what reads aloud
 * @property {boolean} playing
 * @property {boolean} wanted whether it reads, or was asked to and is on its way
 * @property {() => unknown} play
 * @property {() => void} pause
 * @property {(word: number, done: () => void) => void} pauseAfterSentence
 */

/**
 * @typedef {object} DueCheckpoint the question that is due, if any
 * @property {Checkpoint | null} due
 * @property {boolean} isOpen
 * @property {boolean} holds whether reading on has to wait for an answer
 * @property {() => void} open
 * @property {(checkpoint: Checkpoint) => boolean} take
 */

export class Flow {
  #reading;
  #checkpoints;
  #cards;
  #goOn = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #expecting;

  /** @param {{reading: Voice, checkpoints: DueCheckpoint, cards: readonly Card[]}} parts */
  constructor({ reading, checkpoints, cards }) {
    this.#reading = reading;
    this.#checkpoints = checkpoints;
    this.#cards = cards;
  }

  get #covered() {
    return this.#cards.some((card) => card.isOpen);
  }

  /** A card opens: quiet, please. */
  hold() {
    if (this.#reading.wanted) this.#goOn = true;
    this.#reading.pause();
  }

  /** A card is gone. */
  release() {
    if (this.#covered) return;
    if (this.#checkpoints.due && !this.#checkpoints.isOpen) return this.#checkpoints.open();
    const goOn = this.#goOn;
    this.#goOn = false;
    if (goOn) this.play();
  }

  /** Nothing starts by itself any more until the child says so. */
  forget() {
    clearTimeout(this.#expecting);
    this.#goOn = false;
  }

  /** The child wants to hear on: a question that is due comes first, and then the voice. */
  play() {
    if (!this.#checkpoints.holds) {
      this.#reading.play();
      return;
    }
    this.#goOn = true;
    this.#checkpoints.open();
  }

  toggle() {
    if (this.#reading.wanted) this.#reading.pause();
    else this.play();
  }

  /**
   * A question belongs to this word's sentence: make a pause there until it has come.
   *
   * @param {number} word
   */
  expect(word) {
    if (!this.#reading.playing) return;
    this.#reading.pauseAfterSentence(word, () => {
      this.#goOn = true;
      if (this.#checkpoints.due) return this.release();
      this.#expecting = setTimeout(() => this.release(), QUESTION_MS);
    });
  }

  /**
   * A checkpoint came: let the sentence be finished, then show it.
   *
   * @param {Checkpoint} payload
   * @param {number} atWord
   */
  checkpoint(payload, atWord) {
    if (!this.#checkpoints.take(payload)) return;
    clearTimeout(this.#expecting);
    const wasWanted = this.#reading.wanted;
    this.#reading.pauseAfterSentence(atWord, () => {
      this.#goOn = this.#goOn || wasWanted;
      if (!this.#covered) this.#checkpoints.open();
    });
  }
}
