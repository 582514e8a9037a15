// The book's chapters as the page needs them: fetched once, then looked up by word.

import { Chapter, lastAtMost } from "./chapter.js";

/** @import { BookFacts, ChapterHeading } from "../../types/reader.d.ts" */

export class Book {
  #chaptersUrl;
  /** @type {Map<number, Chapter | Promise<Chapter>>} */
  #loaded = new Map();

  /** @param {{book: BookFacts, chaptersUrl: string}} facts */
  constructor({ book, chaptersUrl }) {
    this.title = book.title;
    this.bookId = book.bookId;
    this.wordCount = book.wordCount;
    this.contents = book.chapters;
    this.checkpoints = book.checkpoints;
    this.#chaptersUrl = chaptersUrl;
    this.starts = book.chapters.map((chapter) => chapter.firstWordIndex);
  }

  /**
   * Where in the list of chapters a word is.
   *
   * @param {number} word
   */
  placeOf(word) {
    return Math.max(0, lastAtMost(this.starts, word));
  }

  /**
   * @param {number} place in the list of chapters
   * @returns {ChapterHeading}
   */
  heading(place) {
    const heading = this.contents[place];
    if (!heading) throw new RangeError(`no chapter ${place}`);
    return heading;
  }

  /**
   * @param {number} place in the list of chapters
   * @returns {number} its first word; past the last chapter, the word after the book's last
   */
  startOf(place) {
    return this.starts[place] ?? this.wordCount;
  }

  /**
   * The chapter that a word is in, if it has been fetched.
   *
   * @param {number} word
   * @returns {Chapter | null}
   */
  chapterOf(word) {
    const chapter = this.#loaded.get(this.placeOf(word));
    return chapter instanceof Chapter ? chapter : null;
  }

  /**
   * The sentence that a word is in, if its chapter has been fetched.
   *
   * @param {number} word
   */
  sentenceOf(word) {
    return this.chapterOf(word)?.sentence(word) ?? null;
  }

  /**
   * Fetch a chapter once; a failed fetch may be tried again.
   *
   * @param {number} place in the list of chapters
   * @returns {Promise<Chapter>}
   */
  async load(place) {
    const known = this.#loaded.get(place);
    if (known) return known;
    const loading = this.#fetch(place);
    this.#loaded.set(place, loading);
    try {
      const chapter = await loading;
      this.#loaded.set(place, chapter);
      return chapter;
    } catch (error) {
      this.#loaded.delete(place);
      throw error;
    }
  }

  /**
   * A book that was silent when its page was opened may have been read aloud since.
   *
   * @param {Chapter} chapter
   */
  async lookForNarration(chapter) {
    if (chapter.narration) return;
    const { narration } = await this.#fetch(this.placeOf(chapter.first)).catch(() => chapter);
    chapter.narration = narration;
  }

  /** @param {number} place */
  async #fetch(place) {
    const answer = await fetch(`${this.#chaptersUrl}${this.heading(place).index}`, {
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(`chapter ${answer.status}`);
    return new Chapter(await answer.json());
  }
}
