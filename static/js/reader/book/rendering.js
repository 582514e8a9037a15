// A chapter as elements: one span per word, one per sentence.

import { make } from "../../shared/dom.js";
import { gapBetween } from "./chapter.js";
import { formulaWord } from "./formula.js";
import { tableOf } from "./table.js";
import { linesOfVerse } from "./verse.js";

/** @import { FormulaFacts, PictureFacts, PrintedSentence } from "../../types/reader.d.ts" */
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
  const rows = new Map(chapter.tableRows.map((row) => [row.paragraph, row]));
  const formulas = new Map(chapter.formulas.map((each) => [each.firstWordIndex, each]));
  for (const [place, paragraph] of chapter.paragraphs.entries()) {
    element.append(...renderPictures(chapter.pictures, place));
    const sentences = paragraph.sentences.map((each) => renderSentence(each, formulas, words));
    const row = rows.get(place);
    if (row) {
      tableOf(element, row, sentences);
      continue;
    }
    const block = make("p", { class: verse[place] && "verse" });
    for (const sentence of sentences) block.append(sentence, " ");
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
 * @param {ReadonlyMap<number, FormulaFacts>} formulas by their first word
 * @param {HTMLElement[]} words takes in the elements of the sentence's words; those of a formula
 *   have one together
 */
function renderSentence({ firstWordIndex, words: texts }, formulas, words) {
  const sentence = document.createElement("span");
  sentence.className = "s";
  let before = "";
  for (let place = 0; place < texts.length; ) {
    const text = texts[place] ?? "";
    const formula = formulas.get(firstWordIndex + place);
    const count = Math.min(formula?.words ?? 1, texts.length - place);
    const last = texts[place + count - 1] ?? "";
    const word = formula ? formulaWord(formula) : document.createElement("span");
    word.classList.add("w");
    word.dataset.w = String(firstWordIndex + place);
    if (!word.firstChild) word.textContent = texts.slice(place, place + count).join(" ");
    words.push(...Array.from({ length: count }, () => word));
    sentence.append(place ? gapBetween(before, text) : "", word);
    before = last;
    place += count;
  }
  return sentence;
}
