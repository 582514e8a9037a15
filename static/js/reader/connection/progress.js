// Telling the server where the child is: about once a second while something moves, and at once
// when it matters.

/** @import { Book } from "../book/book.js" */
/** @import { Reading } from "../listening/reading.js" */
/** @import { Position } from "../../types/wire.d.ts" */
/** @import { Link } from "./link.js" */

const EVERY_MS = 1000;
const PRESENT_MS = 60_000;

export class Progress {
  #reading;
  #link;
  #book;
  #sent = "";
  #sentAt = 0;
  /** The place that the server is known to have. */
  #agreed;

  /**
   * @param {object} parts
   * @param {Reading} parts.reading
   * @param {Link} parts.link
   * @param {Book} parts.book
   * @param {number} parts.saved the word that the server had when the page was made
   */
  constructor({ reading, link, book, saved }) {
    this.#reading = reading;
    this.#link = link;
    this.#book = book;
    this.#agreed = saved;
    link.on("PROGRESS_SAVED", ({ wordIndex }) => {
      this.#agreed = wordIndex;
    });
    link.on("state", (state) => {
      // What is read elsewhere from now on counts.
      if (state === "taken") this.#agreed = reading.word;
    });
    reading.on("playing", (playing) => {
      if (!playing) this.tell();
    });
    reading.on("word", (word) => {
      if (this.#isCheckpoint(word)) this.tell();
    });
  }

  /** Tell by itself from now on, and a last time when the page goes. */
  start() {
    setInterval(() => this.tell(), EVERY_MS);
    addEventListener("pagehide", () => this.tell());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.tell();
    });
  }

  /**
   * The connection is back. Where nobody has moved here since, the child may have read on elsewhere:
   * then go to where that was.
   *
   * @param {Pick<Position, "wordIndex">} position the server's
   * @returns {boolean} whether the place changed
   */
  restored({ wordIndex }) {
    const { word, playing } = this.#reading;
    const isNews = wordIndex !== word && word === this.#agreed && !playing;
    const goes = isNews && this.#link.unsavedWord === null;
    this.#agreed = wordIndex;
    if (goes) this.#reading.moveTo(wordIndex);
    this.tell();
    return goes;
  }

  /** Say where we are now, if that is news. */
  tell() {
    const { word, playing, rate } = this.#reading;
    const place = JSON.stringify([word, playing, rate]);
    if (place === this.#sent) return;
    this.#sent = place;
    this.#send();
  }

  /** The child is here though nothing moved: say so now and then, so that the book stays open. */
  present() {
    if (performance.now() - this.#sentAt > PRESENT_MS) this.#send();
  }

  #send() {
    const { word, playing, rate, timestamp } = this.#reading;
    this.#sentAt = performance.now();
    const audio = timestamp === null ? {} : { audioTimestamp: Math.round(timestamp * 1000) / 1000 };
    this.#link.progress({ wordIndex: word, isPlaying: playing, rate, ...audio });
  }

  /**
   * A checkpoint should come with its sentence, not up to a second later.
   *
   * @param {number} word
   */
  #isCheckpoint(word) {
    return this.#book.checkpoints.some(({ atWord }) => atWord === word);
  }
}
