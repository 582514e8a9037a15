// A voice that reads as fast as a test tells it to.

import { Emitter } from "../../../static/js/shared/emitter.js";

/** @import { Chapter } from "../../../static/js/reader/book/chapter.js" */
/** @import { PlayerEvents } from "../../../static/js/types/reader.d.ts" */

/** @extends {Emitter<PlayerEvents>} */
export class TestVoice extends Emitter {
  timestamp = 1.5;
  rate = 1;
  /** @type {Chapter[]} */
  prepared = [];
  /** @type {[word: number, rate: number] | null} */
  begun = null;

  /** @param {(chapter: Chapter) => boolean} canRead */
  constructor(canRead) {
    super();
    this.canRead = canRead;
  }

  /**
   * @param {Chapter} _chapter
   * @param {number} word
   * @param {{rate: number}} manner
   */
  play(_chapter, word, { rate }) {
    this.begun = [word, rate];
    this.emit("playing", true);
    return Promise.resolve();
  }

  pause() {
    this.emit("playing", false);
  }

  /** @param {Chapter} chapter */
  prepare(chapter) {
    this.prepared.push(chapter);
  }
}

export const APPEARANCE = /** @type {const} */ ({
  theme: "paper",
  font: "andika",
  size: 22,
  spacing: "normal",
  width: "normal",
  voice: "book",
  rate: 1,
  highlight: true,
  aloud: false,
});
