// The book's own voice: a chapter's narration, and which of its words is being heard.

import { Emitter } from "./events.js";
import { lastAtMost } from "./book.js";

const PATIENCE_MS = 400;
const KEPT_CHAPTERS = 3;

/** Emits "word" (index), "playing" (boolean), "ended", "failed". */
export class Narration extends Emitter {
  #audio = new Audio();
  #chapter = null;
  #frame = 0;
  #wanted = false;
  #fetched = new Map();

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
    this.#audio.addEventListener("error", () => this.#wanted && this.#fail());
  }

  static canRead(chapter) {
    return Boolean(chapter?.narration);
  }

  get timestamp() {
    return this.#chapter ? this.#audio.currentTime : null;
  }

  /** Read on from a word of the chapter. */
  async play(chapter, word, { rate = 1 } = {}) {
    this.#wanted = true;
    await this.#use(chapter);
    if (!this.#wanted) return;
    const { wordStartsMs } = chapter.narration;
    this.#audio.playbackRate = rate;
    const start = wordStartsMs[word - chapter.first] / 1000;
    if (Math.abs(this.#audio.currentTime - start) > 0.01) this.#audio.currentTime = start;
    try {
      await this.#audio.play();
    } catch (error) {
      if (error.name !== "AbortError") this.#fail();
    }
  }

  pause() {
    this.#wanted = false;
    this.#audio.pause();
  }

  set rate(rate) {
    this.#audio.playbackRate = rate;
  }

  /** Fetch a whole chapter, so that the voice stays when the network goes. */
  prepare(chapter) {
    if (!chapter.narration || this.#fetched.has(chapter)) return;
    const fetching = fetch(chapter.narration.audioUrl)
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject(answer.status)))
      .then((sound) => URL.createObjectURL(sound));
    fetching.then(
      (url) => this.#fetched.set(chapter, url),
      () => this.#fetched.delete(chapter),
    );
    this.#fetched.set(chapter, fetching);
    const [oldest] = this.#fetched.keys();
    if (this.#fetched.size > KEPT_CHAPTERS && oldest !== this.#chapter) this.#release(oldest);
  }

  #release(chapter) {
    const url = this.#fetched.get(chapter);
    this.#fetched.delete(chapter);
    if (typeof url === "string") URL.revokeObjectURL(url);
  }

  /** A voice that began from the network goes on from what was fetched, as soon as it is told to. */
  async #use(chapter) {
    const whole = this.#fetched.get(chapter);
    const better = typeof whole === "string" && this.#audio.src !== whole;
    if (this.#chapter === chapter && !better) return;
    this.#audio.pause();
    this.#chapter = chapter;
    this.prepare(chapter);
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    const fetched = await Promise.race([this.#fetched.get(chapter), patience]).catch(() => null);
    this.#audio.src = fetched ?? chapter.narration.audioUrl;
  }

  #watch() {
    cancelAnimationFrame(this.#frame);
    if (!this.#wanted) return;
    this.#show();
    if (this.#audio.paused) return;
    this.emit("playing", true);
    const step = () => {
      if (this.#audio.paused) return;
      this.#show();
      this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  #show() {
    const now = this.#audio.currentTime * 1000;
    const starts = this.#chapter.narration.wordStartsMs;
    // A seek lands a breath before the word that was asked for.
    const place = Math.max(0, lastAtMost(starts, now + 12));
    this.emit("word", this.#chapter.first + Math.min(place, starts.length - 1));
  }

  #stopped() {
    cancelAnimationFrame(this.#frame);
    this.emit("playing", false);
  }

  #finished() {
    const wanted = this.#wanted;
    this.#wanted = false;
    this.#audio.pause();
    if (wanted) this.emit("ended");
  }

  #fail() {
    this.#wanted = false;
    this.#audio.removeAttribute("src");
    this.#chapter = null;
    this.emit("playing", false);
    this.emit("failed");
  }
}
