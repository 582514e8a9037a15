import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chosen,
  plainMeasures,
  positionOf,
} from "../../../../static/js/reader/settings/choices.js";
import { APPEARANCE } from "../voice.js";

const SIZES = { sizes: "18 20 22" };
const MEASURES = {
  spacing: { normal: { lineHeight: 1.7 }, wide: { lineHeight: 2 }, widest: { lineHeight: 2.3 } },
  width: { narrow: 46, normal: 60, wide: 74 },
};

/** @param {Partial<HTMLInputElement>} facts */
const input = (facts) => ({
  name: "",
  type: "radio",
  value: "",
  checked: false,
  dataset: {},
  ...facts,
});

test("a choice is what its input means", () => {
  assert.deepEqual(chosen(input({ name: "theme", value: "sky" })), { theme: "sky" });
  assert.deepEqual(chosen(input({ name: "rate", value: "1.0" })), { rate: 1 });
  assert.deepEqual(chosen(input({ name: "highlight", type: "checkbox" })), { highlight: false });
  const slider = input({ name: "size", type: "range", value: "1", dataset: SIZES });
  assert.deepEqual(chosen(slider), { size: 20 });
});

test("a size stands where it is on the slider", () => {
  assert.equal(positionOf({ dataset: SIZES }, 22), 2);
  assert.equal(positionOf({ dataset: SIZES }, 23), -1);
});

test("what is stored are measures that another client can choose from", () => {
  const chosenWide = { ...APPEARANCE, spacing: /** @type {const} */ ("wide"), highlight: false };
  assert.deepEqual(plainMeasures(chosenWide, MEASURES), {
    theme: "paper",
    font: "andika",
    voice: "book",
    rate: 1,
    fontSize: 22,
    columnWidth: 60,
    lineHeight: 2,
    highlightWords: false,
    highlightSentences: false,
    readEverything: false,
  });
});
