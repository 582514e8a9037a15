// Telling the server where the child is, what stands before them and whether they are there: about
// once a second while something moves, every five while nothing does, and at once when it matters.

/** @import { Book } from "../book/book.js" */
/** @import { Screen } from "../book/screen.js" */
/** @import { Reading } from "../listening/reading.js" */
/** @import { Position } from "../../types/wire.d.ts" */
/** @import { Attention } from "./attention.js" */
/** @import { Link } from "./link.js" */

const EVERY_MS = 1000;
const STILL_MS = 5000;

/** @typedef {"same" | "moved" | "offered"} Restored what became of the server's place */

export class Progress {
  #reading;
  #link;
  #book;
  #screen;
  #attention;
  #sent = "";
  #sentAt = Number.NEGATIVE_INFINITY;
  #wasHere = true;
  /** The place that the server is known to have. */
  #agreed;

  /**
   * @param {object} parts
   * @param {Reading} parts.reading
   * @param {Link} parts.link
   * @param {Book} parts.book
   * @param {Pick<Screen, "seen">} parts.screen
   * @param {Pick<Attention, "isHere" | "touch">} parts.attention
   * @param {number} parts.saved the word that the server had when the page was made
   */
  constructor({ reading, link, book, screen, attention, saved }) {
    this.#reading = reading;
    this.#link = link;
    this.#book = book;
    this.#screen = screen;
    this.#attention = attention;
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
    setInterval(() => this.tick(), EVERY_MS);
    addEventListener("pagehide", () => this.tell());
    document.addEventListener("visibilitychange", () => this.tell());
  }

  /** Tell what is new; and every few seconds that nothing is, as long as the child is there. */
  tick() {
    const isStill = performance.now() - this.#sentAt >= STILL_MS - EVERY_MS / 2;
    if (isStill && this.#attention.isHere) this.#send();
    else this.tell();
  }

  /**
   * The connection is back. What another device did meanwhile stands: where nobody has moved here
   * since, go to where that was; else it is for the child to say.
   *
   * @param {Pick<Position, "wordIndex">} position the server's
   * @returns {Restored}
   */
  restored({ wordIndex }) {
    const { word, playing } = this.#reading;
    const isNews = ![word, this.#agreed, ...this.#link.unsavedWords].includes(wordIndex);
    const isUntouched = word === this.#agreed && !playing && this.#link.unsavedWords.length === 0;
    this.#agreed = wordIndex;
    const goes = isNews && isUntouched;
    if (goes) this.#reading.moveTo(wordIndex);
    this.tell();
    if (goes) return "moved";
    return isNews ? "offered" : "same";
  }

  /** Say how things stand now, if that is news. */
  tell() {
    const news = JSON.stringify(this.#report());
    if (news !== this.#sent) this.#send();
  }

  /** A sign of the child. Whoever was thought to have gone is back at once. */
  present() {
    this.#attention.touch();
    if (!this.#wasHere) this.tell();
  }

  #send() {
    const report = this.#report();
    this.#sent = JSON.stringify(report);
    this.#sentAt = performance.now();
    this.#wasHere = report.here;
    const { timestamp } = this.#reading;
    const audio = timestamp === null ? {} : { audioTimestamp: Math.round(timestamp * 1000) / 1000 };
    this.#link.progress({ ...report, ...audio });
  }

  #report() {
    const { word, playing, rate } = this.#reading;
    const { seen } = this.#screen;
    const here = this.#attention.isHere;
    return { wordIndex: word, isPlaying: playing, rate, here, ...(seen && { seen }) };
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
