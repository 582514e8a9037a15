// Where the child is in the book and whether it is being read to them: the one place that knows.

import { Emitter } from "./events.js";
import { Narration } from "./audio.js";
import { DeviceVoice } from "./voice.js";

const WORDS_AHEAD = 300;

/**
 * Emits "word" (index), "playing" (boolean), "chapter" (place), "finished" (the book is read to its
 * end), "silent" (nothing here can read aloud), "trouble" (a chapter did not come).
 */
export class Reading extends Emitter {
  word;
  playing = false;
  /** Whether a voice has set the place since the page opened; until then scrolling does. */
  heard = false;
  #book;
  #look;
  #players;
  #player = null;
  #stopAfter = null;
  #failed = new Set();
  #prepared = null;

  constructor({ book, look, language, word }) {
    super();
    this.#book = book;
    this.#look = look;
    this.word = word;
    this.#players = { book: new Narration(), device: new DeviceVoice(language) };
    for (const player of Object.values(this.#players)) {
      const mine = (listener) => (...details) => player === this.#player && listener(...details);
      player.on("word", mine((word) => this.#heard(word)));
      player.on("playing", mine((playing) => this.#become(playing)));
      player.on("ended", mine(() => this.#chapterEnded()));
      player.on("failed", mine(() => this.#playerFailed()));
    }
  }

  get timestamp() {
    return this.#player?.timestamp ?? null;
  }

  get rate() {
    return this.#look.rate;
  }

  get silent() {
    return this.#look.voice === "none";
  }

  get chapter() {
    return this.#book.chapterOf(this.word);
  }

  get sentence() {
    return this.chapter?.sentence(this.word) ?? null;
  }

  /** What has been chosen in the settings; a voice that is reading goes on in the new way. */
  choose(look) {
    const otherVoice = look.voice !== this.#look.voice;
    this.#look = look;
    if (otherVoice && this.playing) {
      this.pause();
      this.play();
    } else if (this.#player) {
      this.#player.rate = look.rate;
    }
  }

  async play() {
    if (this.silent) return;
    let chapter;
    try {
      chapter = await this.#book.load(this.#book.placeOf(this.word));
    } catch {
      return this.emit("trouble");
    }
    if (this.#look.voice === "book") await this.#book.lookForNarration(chapter);
    const player = this.#choosePlayer(chapter);
    if (!player) return this.emit("silent");
    this.#player = player;
    this.heard = true;
    this.#become(true);
    await player.play(chapter, this.word, { rate: this.#look.rate });
  }

  pause() {
    this.#stopAfter = null;
    this.#player?.pause();
    this.#become(false);
  }

  toggle() {
    return this.playing ? this.pause() : this.play();
  }

  /** The connection is back: what could not be reached may be tried again. */
  forgive() {
    this.#failed.clear();
    this.#prepared = null;
  }

  /** Go to a word, without a voice. */
  moveTo(word) {
    const wasPlaying = this.playing;
    if (wasPlaying) this.pause();
    this.#place(Math.max(0, Math.min(word, this.#book.wordCount - 1)));
    return wasPlaying;
  }

  readFrom(word) {
    this.moveTo(word);
    return this.play();
  }

  /**
   * Let the voice finish the sentence that a word is within, then call `done`. At once when
   * nothing is read, or when the word begins a sentence: then the one before it is finished.
   */
  pauseAfterSentence(word, done) {
    const sentence = this.#book.chapterOf(word)?.sentence(word);
    const last = !sentence || sentence.first === word ? word - 1 : sentence.last;
    if (!this.playing || this.word > last) {
      this.pause();
      return done();
    }
    this.#stopAfter = { last, done };
  }

  #choosePlayer(chapter) {
    const { book, device } = this.#players;
    const bookReads = Narration.canRead(chapter) && !this.#failed.has(book);
    if (this.#look.voice === "book" && bookReads) return book;
    if (DeviceVoice.canRead(chapter) && !this.#failed.has(device)) return device;
    return bookReads ? book : null;
  }

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
    const next = this.#book.placeOf(this.word) + 1;
    const isNear = this.#book.starts[next] - this.word < WORDS_AHEAD;
    if (!isNear || this.#prepared === next || this.#player !== this.#players.book) return;
    this.#prepared = next;
    try {
      this.#players.book.prepare(await this.#book.load(next));
    } catch {
      // Tried again when the chapter is opened.
    }
  }

  #place(word) {
    if (word === this.word) return;
    const before = this.#book.placeOf(this.word);
    this.word = word;
    const place = this.#book.placeOf(word);
    this.emit("word", word);
    if (place !== before) this.emit("chapter", place);
  }

  #become(playing) {
    if (playing === this.playing) return;
    this.playing = playing;
    this.emit("playing", playing);
  }

  #chapterEnded() {
    this.#become(false);
    const stop = this.#stopAfter;
    this.#stopAfter = null;
    const place = this.#book.placeOf(this.word);
    const isLast = place + 1 >= this.#book.contents.length;
    this.#place(isLast ? this.#book.wordCount - 1 : this.#book.starts[place + 1] - 1);
    if (stop) return stop.done();
    if (isLast) return this.emit("finished");
    this.#place(this.#book.starts[place + 1]);
    this.play();
  }

  /** A voice that fails gives way to the next one that can read. */
  #playerFailed() {
    this.#failed.add(this.#player);
    this.#become(false);
    this.play();
  }
}
