// The marker behind the word that is being read, and the lighter one behind its sentence.

/** @import { Page } from "./page.js" */

export class Highlight {
  #page;
  /** @type {HTMLElement | null} */
  #word = null;
  /** @type {HTMLElement | null} */
  #sentence = null;
  /** @type {HTMLElement | null} */
  #asked = null;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {number} index */
  show(index) {
    const word = this.#page.word(index);
    if (word === this.#word && word?.isConnected) return;
    this.#word?.classList.remove("now");
    word?.classList.add("now");
    this.#word = word;
    const sentence = word?.parentElement ?? null;
    if (sentence === this.#sentence) return;
    this.#sentence?.classList.remove("now-sentence");
    sentence?.classList.add("now-sentence");
    this.#sentence = sentence;
  }

  /**
   * Keep a sentence marked for as long as the child is asking about it.
   *
   * @param {number} index of a word in it
   */
  ask(index) {
    this.clearAsked();
    this.#asked = this.#page.word(index)?.parentElement ?? null;
    this.#asked?.classList.add("asked");
    return this.#asked;
  }

  clearAsked() {
    this.#asked?.classList.remove("asked");
    this.#asked = null;
  }
}
