// One chapter's text, looked up by word.

/** @import { ChapterFacts, PrintedSentence, Sentence } from "../../types/reader.d.ts" */

/**
 * The last place in sorted `numbers` whose value is at most `value`, or -1.
 *
 * @param {readonly number[]} numbers
 * @param {number} value
 */
export function lastAtMost(numbers, value) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = Math.trunc((low + high) / 2);
    if (/** @type {number} */ (numbers[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const DASH = /(?:[—―–]|--)$/u;

// Chinese, Japanese, Thai, Lao, Burmese and Khmer, and their marks, stand without spaces.
const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}" +
  "\\p{Script=Myanmar}\\p{Script=Khmer}\\u3001-\\u3020\\u30fb\\u30fc" +
  "\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65";
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]$`, "u");
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");

/**
 * What is printed between two words: a space, but none after a long dash or in such a script.
 *
 * @param {string} word
 * @param {string} next
 */
export const gapBetween = (word, next) =>
  DASH.test(word) || (ENDS_UNSPACED.test(word) && BEGINS_UNSPACED.test(next)) ? "" : " ";

/** @param {readonly string[]} words */
const printed = (words) =>
  words
    .map((word, place) => (place ? gapBetween(words[place - 1] ?? "", word) : "") + word)
    .join("");

export class Chapter {
  /** @type {PrintedSentence[]} */
  #sentences;
  #sentenceStarts;

  /** @param {ChapterFacts} facts */
  constructor({
    index,
    title,
    firstWordIndex,
    paragraphs,
    narration,
    pictures = [],
    tableRows = [],
    formulas = [],
  }) {
    this.index = index;
    this.title = title;
    this.first = firstWordIndex;
    this.paragraphs = paragraphs;
    this.narration = narration;
    this.pictures = pictures;
    this.tableRows = tableRows;
    this.formulas = formulas;
    this.#sentences = paragraphs.flatMap((paragraph) => paragraph.sentences);
    this.#sentenceStarts = this.#sentences.map((sentence) => sentence.firstWordIndex);
    this.words = this.#sentences.flatMap((sentence) => sentence.words);
    this.last = this.first + this.words.length - 1;
  }

  /**
   * @param {number} index over the whole book
   * @returns {string} empty where the chapter has no such word
   */
  word(index) {
    return this.words[index - this.first] ?? "";
  }

  /**
   * The sentence that a word is in.
   *
   * @param {number} index over the whole book
   * @returns {Sentence}
   */
  sentence(index) {
    const place = Math.max(0, lastAtMost(this.#sentenceStarts, index));
    const { firstWordIndex: first, words } = this.#sentences[place] ?? {
      firstWordIndex: this.first,
      words: [],
    };
    return { first, last: first + words.length - 1, words, text: printed(words) };
  }
}
