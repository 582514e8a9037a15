import assert from "node:assert/strict";
import { test } from "node:test";
import { startWord } from "../../../static/js/reader/parts.js";
import { facts } from "./shelf.js";

const book = facts();

for (const [
  name,
  chapterChosen,
  unsaved,
  word,
] of /** @type {[string, boolean, number | null, number][]} */ ([
  ["where the server has the child", false, null, 5],
  ["at a place that the server does not know of yet", false, 9, 9],
  ["at such a place, be it the very first", false, 0, 0],
  ["at the chapter that was chosen, whatever is unsaved", true, 9, 5],
  [
    "at the last word, should a place be kept that the book no longer has",
    false,
    999,
    book.wordCount - 1,
  ],
])) {
  test(`a page begins ${name}`, () => {
    assert.equal(startWord({ book, chapterChosen, startWordIndex: 5 }, unsaved), word);
  });
}
