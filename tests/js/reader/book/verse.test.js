import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOfVerse } from "../../../../static/js/reader/book/verse.js";

/** @param {string} text */
const paragraph = (text) => ({ sentences: [{ firstWordIndex: 0, words: text.split(" ") }] });

const POEM = [
  "The goat went up the hill",
  "to see what he could see,",
  "and all that he could see",
  "was me.",
];
const TALK = ["“Good day,” said the goat.", "“Good day.”", "“Is this the train?”", "“It is.”"];
const LONG = Array.from({ length: 30 }, () => "word").join(" ");

for (const [name, texts, expected] of /** @type {[string, string[], boolean[]][]} */ ([
  ["a poem is", POEM, [true, true, true, true]],
  ["talk is none", TALK, [false, false, false, false]],
  ["two lines are none", POEM.slice(0, 2), [false, false]],
  ["long paragraphs are none", [LONG, LONG, LONG], [false, false, false]],
  ["a poem within prose is", [LONG, ...POEM, LONG], [false, true, true, true, true, false]],
  ["nothing is none", [], []],
  ["an empty paragraph ends nothing", ["", "", ""], [true, true, true]],
])) {
  test(`verse: ${name}`, () => assert.deepEqual(linesOfVerse(texts.map(paragraph)), expected));
}
