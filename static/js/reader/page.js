// The text on the page: one span per word, one per sentence, and only the chapter that is being
// read with its neighbours: as many as it takes to fill the window, and one more on either side.

import { gapBetween } from "./book.js";
import { Emitter } from "./events.js";
import { make, one } from "./dom.js";
import { linesOfVerse } from "./verse.js";

const AROUND = 1;

/** Emits "tap" (word index, element) when a word is chosen by pointer. */
export class Page extends Emitter {
  #text;
  #book;
  #shown = new Map();
  /** The chapter as the server printed it, until there is a living one. */
  #printed;

  constructor(text, book) {
    super();
    this.#text = text;
    this.#book = book;
    this.#printed = one(".chapter", text);
    text.addEventListener("click", (event) => {
      const word = event.target.closest?.(".w");
      if (word && getSelection().isCollapsed) this.emit("tap", Number(word.dataset.w), word);
    });
  }

  get text() {
    return this.#text;
  }

  /** Show the chapter at `place` and, as they come, its neighbours. */
  async show(place) {
    this.#put(place, await this.#book.load(place));
    const first = Math.max(0, place - AROUND);
    const last = Math.min(this.#lastInView(place) + AROUND, this.#book.contents.length - 1);
    this.#forget(first, last);
    for (let each = first; each <= last; each++) {
      if (this.#shown.has(each)) continue;
      this.#book.load(each).then(
        (chapter) => {
          this.#put(each, chapter);
          if (each === last && this.#isInView(each)) this.show(place).catch(() => {});
        },
        () => {}, // The next word read asks again.
      );
    }
  }

  /** Short chapters: how far on from `place` there is one that begins within the window. */
  #lastInView(place) {
    while (this.#isInView(place + 1)) place++;
    return place;
  }

  #isInView(place) {
    const element = this.#shown.get(place)?.element;
    return Boolean(element) && element.getBoundingClientRect().top < innerHeight;
  }

  /** The element of a word, or null where its chapter is not on the page. */
  word(index) {
    const place = this.#book.placeOf(index);
    return this.#shown.get(place)?.words[index - this.#book.starts[place]] ?? null;
  }

  /** The first word at or below a height of the window, or the last on the page; null for none. */
  wordAt(height) {
    const chapters = [...this.#shown.values()].filter(({ words }) => words.length);
    const there = chapters.find(({ element }) => element.getBoundingClientRect().bottom >= height);
    const word = there ? this.#firstBelow(there.words, height) : chapters.at(-1)?.words.at(-1);
    return word ? Number(word.dataset.w) : null;
  }

  /** Words come in lines from top to bottom, so the place can be found by halving. */
  #firstBelow(words, height) {
    let low = 0;
    let high = words.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle].getBoundingClientRect().bottom < height) low = middle + 1;
      else high = middle;
    }
    return words[low];
  }

  #put(place, chapter) {
    if (this.#shown.has(place)) return;
    const shown = render(chapter, this.#titleOf(chapter));
    const later = [...this.#shown.keys()].filter((each) => each > place).sort((a, b) => a - b)[0];
    this.#keepStill(() => {
      this.#printed?.remove();
      this.#printed = null;
      this.#text.insertBefore(shown.element, this.#shown.get(later)?.element ?? null);
      this.#shown.set(place, shown);
      this.#shown = new Map([...this.#shown].sort(([a], [b]) => a - b));
    });
  }

  /** A book that is one piece goes by its own name. */
  #titleOf(chapter) {
    return this.#book.contents.length > 1 ? chapter.title : this.#book.title;
  }

  #forget(first, last) {
    for (const [each, { element }] of this.#shown) {
      if (each >= first && each <= last) continue;
      this.#keepStill(() => {
        element.remove();
        this.#shown.delete(each);
      });
    }
  }

  /** Change the text above or below without moving what the child is looking at. */
  #keepStill(change) {
    const fixed = [...this.#shown.values()].find(
      ({ element }) => element.isConnected && element.getBoundingClientRect().bottom > 0,
    )?.element;
    const before = fixed?.getBoundingClientRect().top;
    change();
    if (!fixed?.isConnected) return;
    const moved = fixed.getBoundingClientRect().top - before;
    if (Math.abs(moved) > 0.5) scrollBy({ top: moved, behavior: "instant" });
  }
}

function render(chapter, title) {
  const words = [];
  const element = make("section", { class: "chapter", "data-chapter": chapter.index });
  element.append(make("h2", { text: title }));
  const verse = linesOfVerse(chapter.paragraphs);
  chapter.paragraphs.forEach((paragraph, place) => {
    const block = make("p", { class: verse[place] && "verse" });
    for (const sentence of paragraph.sentences) {
      block.append(renderSentence(sentence, words), " ");
    }
    element.append(block);
  });
  return { element, words };
}

function renderSentence({ firstWordIndex, words: texts }, words) {
  const sentence = document.createElement("span");
  sentence.className = "s";
  texts.forEach((text, place) => {
    const word = document.createElement("span");
    word.className = "w";
    word.dataset.w = firstWordIndex + place;
    word.textContent = text;
    words.push(word);
    if (place) sentence.append(gapBetween(texts[place - 1], texts[place]));
    sentence.append(word);
  });
  return sentence;
}
