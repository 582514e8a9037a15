// One word said once: cut from the narration where there is one, else by the device.

import { deviceHasVoice, say } from "./speech.js";

/** @import { NarrationFacts, VoiceChoice } from "../../types/reader.d.ts" */
/** @import { Book } from "../book/book.js" */

const TAIL_MS = 60;

export class WordSound {
  #book;
  #language;
  #audio = new Audio();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #stopping;

  /** @param {{book: Book, language: string}} options */
  constructor({ book, language }) {
    this.#book = book;
    this.#language = language;
  }

  /**
   * @param {number} word
   * @param {string} text the word as the device would say it
   * @param {VoiceChoice} voice
   */
  async play(word, text, voice) {
    const chapter = this.#book.chapterOf(word);
    if (chapter?.narration && voice !== "device") {
      return this.#cut(chapter.narration, word - chapter.first);
    }
    if (await deviceHasVoice()) await say(text, { language: this.#language });
  }

  /**
   * @param {NarrationFacts} narration
   * @param {number} place of the word in its chapter
   */
  async #cut({ audioUrl, durationMs, wordStartsMs }, place) {
    clearTimeout(this.#stopping);
    const from = wordStartsMs[place] ?? 0;
    const to = wordStartsMs[place + 1] ?? durationMs;
    if (!this.#audio.src.endsWith(audioUrl)) this.#audio.src = audioUrl;
    this.#audio.currentTime = from / 1000;
    try {
      await this.#audio.play();
    } catch {
      return; // Without a connection the word stays silent; its meaning is there to read.
    }
    this.#stopping = setTimeout(() => this.#audio.pause(), to - from + TAIL_MS);
  }
}
