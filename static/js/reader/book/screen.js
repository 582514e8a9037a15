// Which words stand before the child.

/** @import { Page } from "./page.js" */
/** @import { Scroll } from "./scroll.js" */

// A line that is cut by a hair can be read.
const TOLERANCE = 3;

export class Screen {
  #page;
  #scroll;

  /** @param {{page: Pick<Page, "wordsBetween">, scroll: Pick<Scroll, "clear">}} parts */
  constructor({ page, scroll }) {
    this.#page = page;
    this.#scroll = scroll;
  }

  /** The first and the last word that can be read without scrolling; null for none. */
  get seen() {
    const [top, bottom] = this.#scroll.clear;
    return this.#page.wordsBetween(top - TOLERANCE, bottom + TOLERANCE);
  }
}
