// The text on the page: only the chapter that is being read with its neighbours, as many as it takes
// to fill the window, and one more on either side.

import { oneOrNone } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";
import { render } from "./rendering.js";

/** @import { Book } from "./book.js" */
/** @import { Chapter } from "./chapter.js" */
/** @import { RenderedChapter } from "./rendering.js" */

const AROUND = 1;

/**
 * Emits "tap" when a word is chosen by pointer.
 *
 * @extends {Emitter<{tap: [word: number]}>}
 */
export class Page extends Emitter {
  text;
  #book;
  /**
   * By place, in order.
   *
   * @type {Map<number, RenderedChapter>}
   */
  #shown = new Map();
  /** The chapter as the server printed it, until there is a living one. */
  #printed;

  /**
   * @param {HTMLElement} text
   * @param {Book} book
   */
  constructor(text, book) {
    super();
    this.text = text;
    this.#book = book;
    this.#printed = oneOrNone(".chapter", text);
    text.addEventListener("click", ({ target }) => {
      const word = target instanceof Element && target.closest(".w");
      if (!(word instanceof HTMLElement)) return;
      // The end of a drag across the text is a selection, not a choice.
      if (getSelection()?.isCollapsed !== false) this.emit("tap", indexOf(word));
    });
  }

  /**
   * Show the chapter at `place` and, as they come, its neighbours.
   *
   * @param {number} place
   */
  async show(place) {
    this.#put(place, await this.#book.load(place));
    const first = Math.max(0, place - AROUND);
    const last = Math.min(this.#lastInView(place) + AROUND, this.#book.contents.length - 1);
    this.#forgetOutside(first, last);
    for (let each = first; each <= last; each += 1) {
      if (!this.#shown.has(each)) this.#fetch(each, each === last ? place : null);
    }
  }

  /**
   * The element of a word, or null where its chapter is not on the page.
   *
   * @param {number} index
   */
  word(index) {
    const place = this.#book.placeOf(index);
    return this.#shown.get(place)?.words[index - this.#book.startOf(place)] ?? null;
  }

  /**
   * The first word at or below a height of the window, or the last on the page; null for none.
   *
   * @param {number} height
   */
  wordAt(height) {
    const chapters = [...this.#shown.values()].filter(({ words }) => words.length);
    const there = chapters.find(({ element }) => element.getBoundingClientRect().bottom >= height);
    const word = there ? firstBelow(there.words, height) : chapters.at(-1)?.words.at(-1);
    return word ? indexOf(word) : null;
  }

  /**
   * The first and the last word whose lines stand whole between two heights; null for none.
   *
   * @param {number} top
   * @param {number} bottom
   * @returns {[first: number, last: number] | null}
   */
  wordsBetween(top, bottom) {
    const words = [...this.#shown.values()].flatMap((chapter) => chapter.words);
    const first = firstWith(words, (box) => box.top >= top);
    const after = firstWith(words, (box) => box.bottom > bottom);
    const [from, to] = [words[first], words[after - 1]];
    return first < after && from && to ? [indexOf(from), indexOf(to)] : null;
  }

  /**
   * @param {number} place
   * @param {number | null} from the chapter to look on from, where this one may not fill the window
   */
  async #fetch(place, from) {
    try {
      this.#put(place, await this.#book.load(place));
      if (from !== null && this.#isInView(place)) await this.show(from);
    } catch {
      // The next word read asks again.
    }
  }

  /**
   * Short chapters: how far on from `place` there is one that begins within the window.
   *
   * @param {number} place
   */
  #lastInView(place) {
    let last = place;
    while (this.#isInView(last + 1)) last += 1;
    return last;
  }

  /** @param {number} place */
  #isInView(place) {
    const top = this.#shown.get(place)?.element.getBoundingClientRect().top;
    return top !== undefined && top < innerHeight;
  }

  /**
   * @param {number} place
   * @param {Chapter} chapter
   */
  #put(place, chapter) {
    if (this.#shown.has(place)) return;
    const shown = render(chapter, this.#titleOf(chapter));
    const later = [...this.#shown].find(([each]) => each > place)?.[1].element ?? null;
    this.#keepStill(() => {
      this.#printed?.remove();
      this.#printed = null;
      this.text.insertBefore(shown.element, later);
      this.#shown.set(place, shown);
      this.#shown = new Map([...this.#shown].sort(([a], [b]) => a - b));
    });
  }

  /**
   * A book that is one piece goes by its own name.
   *
   * @param {Chapter} chapter
   */
  #titleOf(chapter) {
    return this.#book.contents.length > 1 ? chapter.title : this.#book.title;
  }

  /**
   * @param {number} first
   * @param {number} last
   */
  #forgetOutside(first, last) {
    for (const [place, { element }] of this.#shown) {
      if (place >= first && place <= last) continue;
      this.#keepStill(() => {
        element.remove();
        this.#shown.delete(place);
      });
    }
  }

  /**
   * Change the text above or below without moving what the child is looking at.
   *
   * @param {() => void} change
   */
  #keepStill(change) {
    const fixed = [...this.#shown.values()].find(
      ({ element }) => element.isConnected && element.getBoundingClientRect().bottom > 0,
    )?.element;
    const before = fixed?.getBoundingClientRect().top ?? 0;
    change();
    if (!fixed?.isConnected) return;
    const moved = fixed.getBoundingClientRect().top - before;
    if (Math.abs(moved) > 0.5) scrollBy({ top: moved, behavior: "instant" });
  }
}

/** @param {HTMLElement} word */
const indexOf = (word) => Number(word.dataset.w);

/**
 * Words come in lines from top to bottom, so the place can be found by halving.
 *
 * @param {readonly HTMLElement[]} words
 * @param {number} height
 */
function firstBelow(words, height) {
  return words[firstWith(words, ({ bottom }) => bottom >= height)] ?? words.at(-1);
}

/**
 * Where the first word stands whose box is far enough down; the number of words where none is.
 *
 * @param {readonly HTMLElement[]} words
 * @param {(box: DOMRect) => boolean} isFarEnough
 */
function firstWith(words, isFarEnough) {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = Math.trunc((low + high) / 2);
    const word = words[middle];
    if (word && isFarEnough(word.getBoundingClientRect())) high = middle;
    else low = middle + 1;
  }
  return low;
}
