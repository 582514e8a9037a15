// Where the child is in the book and whether it is being read to them: the one place that knows.

import { Emitter } from "../../shared/emitter.js";

/** @import { Appearance, PlayerEvents } from "../../types/reader.d.ts" */
/** @import { Book } from "../book/book.js" */
/** @import { Chapter } from "../book/chapter.js" */

const WORDS_AHEAD = 300;

/**
 * @typedef {Emitter<PlayerEvents> & {
 *   readonly timestamp: number | null,
 *   rate: number,
 *   canRead(chapter: Chapter): boolean,
 *   play(chapter: Chapter, word: number, manner: {rate: number}): Promise<void>,
 *   pause(): void,
 * }} Player a voice that can read a chapter
 */

/** @typedef {Player & {prepare(chapter: Chapter): void}} BookPlayer */

/**
 * Emits "word", "playing", "chapter" (its place), "finished" (the book is read to its end), "silent"
 * (nothing here can read aloud), "waiting" (the voice takes a while to come) and "trouble" (a chapter
 * did not come).
 *
 * @extends {Emitter<{word: [word: number], playing: [playing: boolean], chapter: [place: number],
 *   finished: [], silent: [], waiting: [], trouble: []}>}
 */
export class Reading extends Emitter {
  playing = false;
  /** Whether a voice has set the place since the page opened; until then scrolling does. */
  heard = false;
  #word;
  #book;
  #appearance;
  #players;
  /** @type {Player | null} */
  #player = null;
  /** @type {{last: number, done: () => void} | null} */
  #stopAfter = null;
  /** @type {object | null} stands for the voice that was asked for and is not there yet */
  #start = null;
  /** @type {Set<Player>} */
  #failed = new Set();
  /** @type {number | null} */
  #prepared = null;

  /**
   * @param {object} parts
   * @param {Book} parts.book
   * @param {Appearance} parts.appearance
   * @param {{book: BookPlayer, device: Player}} parts.players
   * @param {number} parts.word where to begin
   */
  constructor({ book, appearance, players, word }) {
    super();
    this.#book = book;
    this.#appearance = appearance;
    this.#word = word;
    this.#players = players;
    for (const player of [players.book, players.device]) this.#listenTo(player);
  }

  get word() {
    return this.#word;
  }

  get timestamp() {
    return this.#player?.timestamp ?? null;
  }

  get rate() {
    return this.#appearance.rate;
  }

  /** Whether the child has chosen to hear no voice. */
  get silent() {
    return this.#appearance.voice === "none";
  }

  /** Whether a voice reads, or was asked to and is on its way. */
  get wanted() {
    return this.playing || this.#start !== null;
  }

  get sentence() {
    return this.#book.sentenceOf(this.#word);
  }

  /**
   * What has been chosen in the settings; a voice that is reading goes on in the new way.
   *
   * @param {Appearance} appearance
   */
  choose(appearance) {
    const otherVoice = appearance.voice !== this.#appearance.voice;
    this.#appearance = appearance;
    if (otherVoice && this.wanted) {
      this.pause();
      this.play();
    } else if (this.#player) {
      this.#player.rate = appearance.rate;
    }
  }

  async play() {
    if (this.silent) return;
    const start = {};
    this.#start = start;
    const chapter = await this.#fetchChapter();
    // While its chapter came, the voice may have been stopped, or asked for elsewhere.
    if (this.#start !== start) return;
    this.#start = null;
    if (!chapter) return this.emit("trouble");
    const player = this.#choosePlayer(chapter);
    if (!player) return this.emit("silent");
    this.#player = player;
    this.heard = true;
    this.#become(true);
    await player.play(chapter, this.#word, { rate: this.#appearance.rate });
  }

  /** The chapter of the word, with its narration if that is to be heard; null where it did not come. */
  async #fetchChapter() {
    let chapter;
    try {
      chapter = await this.#book.load(this.#book.placeOf(this.#word));
    } catch {
      return null;
    }
    if (this.#appearance.voice === "book") await this.#book.lookForNarration(chapter);
    return chapter;
  }

  pause() {
    this.#start = null;
    this.#stopAfter = null;
    this.#player?.pause();
    this.#become(false);
  }

  /** The connection is back: what could not be reached may be tried again. */
  retryFailed() {
    this.#failed.clear();
    this.#prepared = null;
  }

  /**
   * Go to a word, without a voice.
   *
   * @param {number} word one outside the book leads to its nearer end
   * @returns {boolean} whether a voice was reading or about to
   */
  moveTo(word) {
    const wasWanted = this.wanted;
    if (wasWanted) this.pause();
    this.#place(Math.max(0, Math.min(word, this.#book.wordCount - 1)));
    return wasWanted;
  }

  /**
   * Let the voice finish the sentence that a word is within, then call `done`. At once when
   * nothing is read, or when the word begins a sentence: then the one before it is finished.
   *
   * @param {number} word
   * @param {() => void} done
   */
  pauseAfterSentence(word, done) {
    const sentence = this.#book.sentenceOf(word);
    const last = !sentence || sentence.first === word ? word - 1 : sentence.last;
    if (!this.playing || this.#word > last) {
      this.pause();
      return done();
    }
    this.#stopAfter = { last, done };
  }

  /** @param {Player} player */
  #listenTo(player) {
    const isMine = () => player === this.#player;
    player.on("word", (word) => isMine() && this.#heard(word));
    player.on("playing", (playing) => isMine() && this.#become(playing));
    player.on("ended", () => isMine() && this.#chapterEnded());
    player.on("waiting", () => isMine() && this.emit("waiting"));
    player.on("failed", () => isMine() && this.#playerFailed(player));
  }

  /** @param {Chapter} chapter */
  #choosePlayer(chapter) {
    const { book, device } = this.#players;
    const bookReads = book.canRead(chapter) && !this.#failed.has(book);
    if (this.#appearance.voice === "book" && bookReads) return book;
    if (device.canRead(chapter) && !this.#failed.has(device)) return device;
    return bookReads ? book : null;
  }

  /** @param {number} word */
  #heard(word) {
    const stop = this.#stopAfter;
    if (stop && word > stop.last) {
      this.pause();
      return stop.done();
    }
    this.#place(word);
    this.#prepareNext();
  }

  /** Minutes of sound are megabytes: the next chapter's come only when this one's end is near. */
  async #prepareNext() {
    const next = this.#book.placeOf(this.#word) + 1;
    const isThere = next < this.#book.contents.length;
    const isNear = this.#book.startOf(next) - this.#word < WORDS_AHEAD;
    const isPrepared = this.#prepared === next || this.#player !== this.#players.book;
    if (!isThere || !isNear || isPrepared) return;
    this.#prepared = next;
    try {
      this.#players.book.prepare(await this.#book.load(next));
    } catch {
      // Tried again when the chapter is opened.
    }
  }

  /** @param {number} word */
  #place(word) {
    if (word === this.#word) return;
    const before = this.#book.placeOf(this.#word);
    this.#word = word;
    const place = this.#book.placeOf(word);
    this.emit("word", word);
    if (place !== before) this.emit("chapter", place);
  }

  /** @param {boolean} playing */
  #become(playing) {
    if (playing === this.playing) return;
    this.playing = playing;
    this.emit("playing", playing);
  }

  #chapterEnded() {
    this.#become(false);
    const stop = this.#stopAfter;
    this.#stopAfter = null;
    const next = this.#book.placeOf(this.#word) + 1;
    const isLast = next >= this.#book.contents.length;
    this.#place(this.#book.startOf(next) - 1);
    if (stop) return stop.done();
    if (isLast) return this.emit("finished");
    this.#place(this.#book.startOf(next));
    this.play();
  }

  /**
   * A voice that fails gives way to the next one that can read.
   *
   * @param {Player} player
   */
  #playerFailed(player) {
    this.#failed.add(player);
    this.#become(false);
    this.play();
  }
}
