// The book's chapters, to go to one of them; and back to where the child had read to.

import { all, one } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";
import { Drawer } from "../controls/drawer.js";

/** @import { Link } from "../connection/link.js" */
/** @import { Reading } from "../listening/reading.js" */
/** @import { Book } from "./book.js" */

/**
 * Emits "go" when a place was chosen.
 *
 * @extends {Emitter<{go: [word: number]}>}
 */
export class Contents extends Emitter {
  #drawer;
  #book;
  #reading;
  #furthest;
  #back;
  #chapters;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.drawer
   * @param {Book} parts.book
   * @param {Reading} parts.reading
   * @param {Link} parts.link
   * @param {number} parts.furthest the furthest word that was read
   */
  constructor({ drawer, book, reading, link, furthest }) {
    super();
    this.#drawer = new Drawer(drawer);
    this.#book = book;
    this.#reading = reading;
    this.#furthest = furthest;
    this.#back = one("[data-furthest]", drawer);
    this.#chapters = all("[data-word]", drawer);
    for (const chapter of this.#chapters) {
      chapter.addEventListener("click", () => this.#go(Number(chapter.dataset.word)));
    }
    this.#back.addEventListener("click", () => this.#go(this.#furthest));
    this.#drawer.on("open", () => this.#show());
    link.on("PROGRESS_SAVED", ({ furthestWordIndex }) => {
      this.#furthest = furthestWordIndex;
    });
  }

  toggle() {
    this.#drawer.toggle();
  }

  close() {
    this.#drawer.close();
  }

  #show() {
    const here = this.#book.placeOf(this.#reading.word);
    for (const [place, chapter] of this.#chapters.entries()) {
      if (place === here) chapter.setAttribute("aria-current", "true");
      else chapter.removeAttribute("aria-current");
    }
    this.#back.hidden = this.#book.placeOf(this.#furthest) <= here;
    this.#chapters[here]?.focus({ preventScroll: true });
    this.#chapters[here]?.scrollIntoView({ block: "center" });
  }

  /** @param {number} word */
  #go(word) {
    this.#drawer.close();
    this.emit("go", word);
  }
}
