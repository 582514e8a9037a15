// One word said once: cut from the narration where there is one, else by the device.

import { deviceHasVoice, say } from "./voice.js";

const TAIL_MS = 60;

export class WordSound {
  #book;
  #language;
  #audio = new Audio();
  #stopping = null;

  constructor({ book, language }) {
    this.#book = book;
    this.#language = language;
  }

  async play(word, text, voice) {
    const chapter = this.#book.chapterOf(word);
    if (chapter?.narration && voice !== "device") return this.#cut(chapter, word);
    if (await deviceHasVoice()) await say(text, { language: this.#language });
  }

  async #cut({ first, narration }, word) {
    clearTimeout(this.#stopping);
    const starts = narration.wordStartsMs;
    const from = starts[word - first];
    const to = starts[word - first + 1] ?? narration.durationMs;
    if (!this.#audio.src.endsWith(narration.audioUrl)) this.#audio.src = narration.audioUrl;
    this.#audio.currentTime = from / 1000;
    try {
      await this.#audio.play();
    } catch {
      return; // Without a connection the word stays silent; its meaning is there to read.
    }
    this.#stopping = setTimeout(() => this.#audio.pause(), to - from + TAIL_MS);
  }
}
