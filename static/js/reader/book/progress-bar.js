// The thin line on top: how far on in the book one is, and where that is in words.

/** @import { Book } from "./book.js" */

export class ProgressBar {
  #bar;
  #words;
  #book;

  /** @param {{bar: HTMLElement, words: HTMLElement, book: Book}} parts */
  constructor({ bar, words, book }) {
    this.#bar = bar;
    this.#words = words;
    this.#book = book;
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (bar.querySelectorAll("[data-at]"))) {
      mark.style.setProperty("--at", String(Number(mark.dataset.at) / book.wordCount));
    }
  }

  /** @param {number} word */
  show(word) {
    const part = Math.min(1, (word + 1) / this.#book.wordCount);
    this.#bar.style.setProperty("--part", String(part));
    this.#bar.setAttribute("aria-valuenow", String(Math.round(part * 100)));
    const { title } = this.#book.heading(this.#book.placeOf(word));
    const shown = this.#book.contents.length > 1 ? title : "";
    if (this.#words.textContent !== shown) this.#words.textContent = shown;
  }
}
