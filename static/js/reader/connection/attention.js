// Whether the child is before the text: the page is shown, nothing lies over it, and something was
// touched, scrolled, typed or heard not longer ago than the words on the screen take a slow reader.

/** @import { Screen } from "../book/screen.js" */
/** @import { Reading } from "../listening/reading.js" */

/** 40 words a minute. */
const SLOWEST_WORD_MS = 1500;
const LEAST_MS = 30_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];

export class Attention {
  #screen;
  #reading;
  #isCovered;
  #clock;
  #touchedAt;

  /**
   * @param {object} parts
   * @param {Pick<Screen, "seen">} parts.screen
   * @param {Pick<Reading, "playing" | "on">} parts.reading
   * @param {() => boolean} parts.isCovered whether something lies over the text that is read instead
   * @param {() => number} [parts.clock] milliseconds
   */
  constructor({ screen, reading, isCovered, clock = () => performance.now() }) {
    this.#screen = screen;
    this.#reading = reading;
    this.#isCovered = isCovered;
    this.#clock = clock;
    this.#touchedAt = clock();
    reading.on("playing", () => this.touch());
  }

  /** Notice the signs of a child from now on. */
  watch() {
    const touch = () => this.touch();
    for (const sign of SIGNS) document.addEventListener(sign, touch, { passive: true });
  }

  touch() {
    this.#touchedAt = this.#clock();
  }

  /** How many milliseconds ago there was a sign of the child. */
  get quietFor() {
    return this.#clock() - this.#touchedAt;
  }

  get isHere() {
    if (document.hidden || this.#isCovered()) return false;
    return this.#reading.playing || this.quietFor < this.#patience;
  }

  get #patience() {
    const [first, last] = this.#screen.seen ?? [0, 0];
    return Math.max(LEAST_MS, (last + 1 - first) * SLOWEST_WORD_MS);
  }
}
