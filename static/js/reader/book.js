// The book's chapters as the page needs them: fetched once, then looked up by word.

/** The last place in sorted `numbers` whose value is at most `value`, or -1. */
export function lastAtMost(numbers, value) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const DASH = /(?:[—―–]|--)$/;

// Chinese, Japanese, Thai, Lao, Burmese and Khmer, and their marks, stand without spaces.
const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}" +
  "\\p{Script=Myanmar}\\p{Script=Khmer}\\u3001-\\u3020\\u30fb\\u30fc" +
  "\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65";
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]$`, "u");
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");

/** What is printed between two words: a space, but none after a long dash or in such a script. */
export const gapBetween = (word, next) =>
  DASH.test(word) || (ENDS_UNSPACED.test(word) && BEGINS_UNSPACED.test(next)) ? "" : " ";

const printed = (words) =>
  words.map((word, place) => (place ? gapBetween(words[place - 1], word) + word : word)).join("");

class Chapter {
  constructor({ index, title, firstWordIndex, paragraphs, narration }) {
    this.index = index;
    this.title = title;
    this.first = firstWordIndex;
    this.paragraphs = paragraphs;
    this.narration = narration;
    const sentences = paragraphs.flatMap((paragraph) => paragraph.sentences);
    this.sentences = sentences.map((sentence) => sentence.words);
    this.sentenceStarts = sentences.map((sentence) => sentence.firstWordIndex);
    this.words = this.sentences.flat();
    this.last = this.first + this.words.length - 1;
  }

  word(index) {
    return this.words[index - this.first];
  }

  /** The sentence that a word is in: {first, last, words, text}. */
  sentence(index) {
    const place = Math.max(0, lastAtMost(this.sentenceStarts, index));
    const words = this.sentences[place];
    const first = this.sentenceStarts[place];
    return { first, last: first + words.length - 1, words, text: printed(words) };
  }
}

export class Book {
  #chaptersUrl;
  #loaded = new Map();

  constructor({ book, chaptersUrl }) {
    this.title = book.title;
    this.bookId = book.bookId;
    this.wordCount = book.wordCount;
    this.contents = book.chapters;
    this.checkpoints = book.checkpoints;
    this.#chaptersUrl = chaptersUrl;
    this.starts = book.chapters.map((chapter) => chapter.firstWordIndex);
  }

  /** Where in the list of chapters a word is. */
  placeOf(word) {
    return Math.max(0, lastAtMost(this.starts, word));
  }

  /** The chapter at a place in the list, if it has been fetched. */
  at(place) {
    const chapter = this.#loaded.get(place);
    return chapter instanceof Chapter ? chapter : null;
  }

  chapterOf(word) {
    return this.at(this.placeOf(word));
  }

  /** Fetch a chapter once; a failed fetch may be tried again. */
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

  /** A book that was silent when its page was opened may have been read aloud since. */
  async lookForNarration(chapter) {
    if (chapter.narration) return;
    const { narration } = await this.#fetch(this.placeOf(chapter.first)).catch(() => chapter);
    chapter.narration = narration;
  }

  async #fetch(place) {
    const answer = await fetch(`${this.#chaptersUrl}${this.contents[place].index}`, {
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(`chapter ${answer.status}`);
    return new Chapter(await answer.json());
  }
}
