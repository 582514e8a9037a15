// Where the child is, shown on the page: the marker, the progress bar, the way back to it.

/** @import { Reading } from "../listening/reading.js" */
/** @import { Notices } from "../controls/notices.js" */
/** @import { Book } from "./book.js" */
/** @import { Highlight } from "./highlight.js" */
/** @import { Page } from "./page.js" */
/** @import { ProgressBar } from "./progress-bar.js" */
/** @import { Scroll } from "./scroll.js" */

const NOT_COME = "This page did not come. I try again when the connection is back.";

/**
 * What of each part is needed here.
 *
 * @typedef {object} Parts
 * @property {Pick<Book, "placeOf" | "wordCount">} book
 * @property {Pick<Reading, "word">} reading
 * @property {Pick<Page, "show" | "word">} page
 * @property {Pick<Scroll, "following" | "isSeen" | "bring">} scroll
 * @property {Pick<ProgressBar, "show">} bar
 * @property {Pick<Highlight, "show">} highlight
 * @property {Pick<Notices, "say">} notices
 * @property {Pick<HTMLElement, "hidden">} backButton leads back to the place
 * @property {Pick<HTMLElement, "hidden">} end stands under the last word
 */

export class Place {
  #parts;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Mark the place, and offer the way back to it once it has scrolled out of sight. */
  show() {
    const { bar, highlight, page, reading, scroll, backButton } = this.#parts;
    bar.show(reading.word);
    highlight.show(reading.word);
    const word = page.word(reading.word);
    backButton.hidden = scroll.following || !word || scroll.isSeen(word);
  }

  /**
   * Put the chapter of a word on the page, if it can be had.
   *
   * @param {number} [word] the place itself, unless another is named
   */
  async openChapter(word = this.#parts.reading.word) {
    const { book, page, end, notices } = this.#parts;
    try {
      await page.show(book.placeOf(word));
      end.hidden = !page.word(book.wordCount - 1);
    } catch {
      notices.say(NOT_COME);
    }
  }

  /**
   * Bring the place back into sight, and stay with it from now on.
   *
   * @param {{instant?: boolean}} [options]
   */
  goBack({ instant = false } = {}) {
    const { page, reading, scroll } = this.#parts;
    scroll.following = true;
    const word = page.word(reading.word);
    if (word) scroll.bring(word, { instant });
    this.show();
  }
}
