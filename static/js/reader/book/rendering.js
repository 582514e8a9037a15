// A chapter as elements: one span per word, one per sentence.

import { make } from "../../shared/dom.js";
import { gapBetween } from "./chapter.js";
import { linesOfVerse } from "./verse.js";

/** @import { PrintedSentence } from "../../types/reader.d.ts" */
/** @import { Chapter } from "./chapter.js" */

/** @typedef {{element: HTMLElement, words: HTMLElement[]}} RenderedChapter */

/**
 * @param {Chapter} chapter
 * @param {string} title what stands above it
 * @returns {RenderedChapter} the chapter, and its words' elements in order
 */
export function render(chapter, title) {
  /** @type {HTMLElement[]} */
  const words = [];
  const element = make("section", { class: "chapter", "data-chapter": chapter.index });
  element.append(make("h2", { text: title }));
  const verse = linesOfVerse(chapter.paragraphs);
  for (const [place, paragraph] of chapter.paragraphs.entries()) {
    const block = make("p", { class: verse[place] && "verse" });
    for (const sentence of paragraph.sentences) {
      block.append(renderSentence(sentence, words), " ");
    }
    element.append(block);
  }
  return { element, words };
}

/**
 * @param {PrintedSentence} sentence
 * @param {HTMLElement[]} words takes in the elements of the sentence's words
 */
function renderSentence({ firstWordIndex, words: texts }, words) {
  const sentence = document.createElement("span");
  sentence.className = "s";
  let before = "";
  for (const [place, text] of texts.entries()) {
    const word = document.createElement("span");
    word.className = "w";
    word.dataset.w = String(firstWordIndex + place);
    word.textContent = text;
    words.push(word);
    sentence.append(place ? gapBetween(before, text) : "", word);
    before = text;
  }
  return sentence;
}
