// The book's own voice: a chapter's narration, and which of its words is being heard.

import { Emitter } from "../../shared/emitter.js";
import { lastAtMost } from "../book/chapter.js";
import { NarrationSounds } from "./narration-sounds.js";

/** @import { NarrationFacts, PlayerEvents } from "../../types/reader.d.ts" */
/** @import { Chapter } from "../book/chapter.js" */

/** A seek lands a breath before the word that was asked for. */
const SEEK_SLACK_MS = 12;
const PATIENCE_MS = 1000;

/** @extends {Emitter<PlayerEvents>} */
export class Narration extends Emitter {
  #audio = new Audio();
  #sounds = new NarrationSounds();
  /** @type {Chapter | null} */
  #chapter = null;
  #frame = 0;
  #wanted = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  constructor() {
    super();
    this.#audio.preload = "auto";
    this.#audio.preservesPitch = true;
    // A hidden page is drawn no more but still told the time, so the place goes on with the voice.
    for (const name of ["seeked", "playing", "ratechange", "timeupdate"]) {
      this.#audio.addEventListener(name, () => this.#watch());
    }
    this.#audio.addEventListener("pause", () => this.#stopped());
    this.#audio.addEventListener("ended", () => this.#finished());
    this.#audio.addEventListener("error", () => {
      if (this.#wanted) this.#fail();
    });
  }

  /** @param {Chapter} chapter */
  canRead(chapter) {
    return chapter.narration !== null;
  }

  /** @returns {number | null} seconds */
  get timestamp() {
    return this.#chapter ? this.#audio.currentTime : null;
  }

  set rate(/** @type {number} */ rate) {
    this.#audio.playbackRate = rate;
  }

  /**
   * Read on from a word of the chapter, which has a narration.
   *
   * @param {Chapter} chapter
   * @param {number} word
   * @param {{rate?: number}} [manner]
   */
  async play(chapter, word, { rate = 1 } = {}) {
    const { narration } = chapter;
    if (!narration) return this.emit("failed");
    this.#wanted = true;
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.emit("waiting"), PATIENCE_MS);
    this.#use(chapter, narration);
    this.#audio.playbackRate = rate;
    const start = (narration.wordStartsMs[word - chapter.first] ?? 0) / 1000;
    if (Math.abs(this.#audio.currentTime - start) > 0.01) this.#audio.currentTime = start;
    try {
      await this.#audio.play();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.#fail();
    }
  }

  pause() {
    this.#wanted = false;
    clearTimeout(this.#waiting);
    this.#audio.pause();
  }

  /**
   * Fetch a whole chapter, so that the voice stays when the network goes.
   *
   * @param {Chapter} chapter
   */
  prepare(chapter) {
    this.#sounds.fetch(chapter, this.#chapter);
  }

  /**
   * A voice that began from the network goes on from what was fetched, as soon as it is told to.
   *
   * @param {Chapter} chapter
   * @param {NarrationFacts} narration
   */
  #use(chapter, narration) {
    const whole = this.#sounds.ready(chapter);
    const better = whole !== null && this.#audio.src !== whole;
    if (this.#chapter === chapter && !better) return;
    this.#audio.pause();
    this.#chapter = chapter;
    this.#audio.src = whole ?? narration.audioUrl;
  }

  #watch() {
    cancelAnimationFrame(this.#frame);
    if (!this.#wanted) return;
    this.#show();
    if (this.#audio.paused) return;
    this.emit("playing", true);
    this.#heard();
    const step = () => {
      if (this.#audio.paused) return;
      this.#show();
      this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  /** The voice is there: now the whole of its chapter may come beside it. */
  #heard() {
    if (this.#audio.readyState <= HTMLMediaElement.HAVE_CURRENT_DATA) return;
    clearTimeout(this.#waiting);
    if (this.#chapter) this.prepare(this.#chapter);
  }

  #show() {
    const chapter = this.#chapter;
    if (!chapter?.narration) return;
    const now = this.#audio.currentTime * 1000;
    const starts = chapter.narration.wordStartsMs;
    const place = Math.max(0, lastAtMost(starts, now + SEEK_SLACK_MS));
    this.emit("word", chapter.first + Math.min(place, starts.length - 1));
  }

  /** The player tells of its pauses late: it may be reading again, or be about to, or at its end. */
  #stopped() {
    cancelAnimationFrame(this.#frame);
    const { paused, ended } = this.#audio;
    if (paused && !ended) this.emit("playing", false);
  }

  #finished() {
    const wanted = this.#wanted;
    this.#wanted = false;
    this.#audio.pause();
    if (wanted) this.emit("ended");
  }

  #fail() {
    this.#wanted = false;
    clearTimeout(this.#waiting);
    this.#audio.removeAttribute("src");
    this.#chapter = null;
    this.emit("playing", false);
    this.emit("failed");
  }
}
