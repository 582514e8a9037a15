// The book's chapters, to go to one of them; and back to where the child had read to.

import { Drawer } from "./drawer.js";
import { Emitter } from "./events.js";
import { all, one } from "./dom.js";

/** Emits "go" (word index) when a place was chosen. */
export class Contents extends Emitter {
  #drawer;
  #book;
  #reading;
  #furthest;
  #back;
  #chapters;

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
    link.on("PROGRESS_SAVED", ({ furthestWordIndex }) => (this.#furthest = furthestWordIndex));
  }

  toggle() {
    this.#drawer.toggle();
  }

  close() {
    this.#drawer.close();
  }

  #show() {
    const here = this.#book.placeOf(this.#reading.word);
    this.#chapters.forEach((chapter, place) => {
      if (place === here) chapter.setAttribute("aria-current", "true");
      else chapter.removeAttribute("aria-current");
    });
    this.#back.hidden = this.#book.placeOf(this.#furthest) <= here;
    this.#chapters[here].focus({ preventScroll: true });
    this.#chapters[here].scrollIntoView({ block: "center" });
  }

  #go(word) {
    this.#drawer.close();
    this.emit("go", word);
  }
}
