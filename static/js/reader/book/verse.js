// Which paragraphs are lines of verse: a poem comes with every line as a paragraph of its own.

/** @import { Paragraph } from "../../types/reader.d.ts" */

const LONGEST_LINE = 16;
const FEWEST_LINES = 3;
const CLOSED = /[.!?…:][”’"')\]]*$|[”"]$/u;

/** @param {Paragraph} paragraph */
const words = (paragraph) => paragraph.sentences.flatMap((sentence) => sentence.words);

/**
 * For each paragraph, whether it is a line of verse: one of several short ones in a row, of which a
 * quarter at least end in the middle of a sentence. Talk is short, too, but ends where it is said.
 *
 * @param {readonly Paragraph[]} paragraphs
 * @returns {boolean[]}
 */
export function linesOfVerse(paragraphs) {
  const texts = paragraphs.map(words);
  const isShort = texts.map((text) => text.length <= LONGEST_LINE);
  const runsOn = texts.map((text) => !CLOSED.test(text.at(-1) ?? ""));
  const verse = paragraphs.map(() => false);
  for (let first = 0; first < texts.length; ) {
    let end = first;
    while (end < texts.length && isShort[end]) end += 1;
    const open = runsOn.slice(first, end).filter(Boolean).length;
    if (end - first >= FEWEST_LINES && open * 4 >= end - first) verse.fill(true, first, end);
    first = Math.max(end, first + 1);
  }
  return verse;
}
