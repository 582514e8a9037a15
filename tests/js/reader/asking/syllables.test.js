import assert from "node:assert/strict";
import { test } from "node:test";
import { syllables } from "../../../../static/js/reader/asking/syllables.js";

const WORDS = {
  lady: "la-dy",
  ticket: "tick-et",
  rabbit: "rab-bit",
  father: "fa-ther",
  station: "sta-tion",
  stations: "sta-tions",
  picture: "pic-ture",
  little: "lit-tle",
  lake: "lake",
  makes: "makes",
  jumped: "jumped",
  wanted: "wan-ted",
  yellow: "yel-low",
  goat: "goat",
  cat: "cat",
  "goat’s": "goat",
  "“Rabbit!”": "Rab-bit",
  "well-known": "well-known",
  1984: "1984",
  "": "",
};

for (const [word, parts] of Object.entries(WORDS)) {
  test(`“${word}” is taken apart as ${parts}`, () => {
    const found = syllables(word);
    assert.equal(found.join(found.length > 1 ? "-" : ""), parts);
  });
}
