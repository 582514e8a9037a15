// The thin line on top: how far the book is read, and where one is in words.

import { one } from "./dom.js";

export class Trail {
  #bar;
  #words;
  #book;

  constructor({ bar, words, book }) {
    this.#bar = bar;
    this.#words = words;
    this.#book = book;
    for (const mark of bar.querySelectorAll("[data-at]")) {
      mark.style.setProperty("--at", Number(mark.dataset.at) / book.wordCount);
    }
  }

  show(word) {
    const part = Math.min(1, (word + 1) / this.#book.wordCount);
    this.#bar.style.setProperty("--part", part);
    this.#bar.setAttribute("aria-valuenow", Math.round(part * 100));
    const place = this.#book.placeOf(word);
    const chapter = this.#book.contents[place];
    const title = this.#book.contents.length > 1 ? chapter.title : "";
    if (this.#words.textContent !== title) this.#words.textContent = title;
  }
}

/** The button that starts and stops the voice says what it will do next. */
export function showPlaying(button, playing) {
  one("use", button).setAttribute("href", playing ? "#i-pause" : "#i-play");
  one("span", button).textContent = playing ? "Pause" : "Listen";
}
