// A chapter as elements: one span per word, one per sentence.

import { make } from "../../shared/dom.js";
import { gapBetween } from "./chapter.js";
import { linesOfVerse } from "./verse.js";

/** @import { PictureFacts, PrintedSentence } from "../../types/reader.d.ts" */
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
    element.append(...renderPictures(chapter.pictures, place));
    const block = make("p", { class: verse[place] && "verse" });
    for (const sentence of paragraph.sentences) {
      block.append(renderSentence(sentence, words), " ");
    }
    element.append(block);
  }
  element.append(...renderPictures(chapter.pictures, chapter.paragraphs.length));
  return { element, words };
}

/**
 * @param {readonly PictureFacts[]} pictures the chapter's
 * @param {number} place the paragraph that they stand before
 */
function renderPictures(pictures, place) {
  const here = pictures.filter(({ beforeParagraph }) => beforeParagraph === place);
  return here.map(({ url, alternative, width, height }) => {
    const picture = make("img", { src: url, alt: alternative, width, height, loading: "lazy" });
    const figure = make("figure", { class: "picture" });
    figure.append(picture);
    return figure;
  });
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
