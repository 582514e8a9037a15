import assert from "node:assert/strict";
import { test } from "node:test";
import { Place } from "../../../../static/js/reader/book/place.js";

const WORD = /** @type {HTMLElement} */ (/** @type {unknown} */ ({}));

/** What shows the place, writing down what it was told. */
function setUp({ isShown = true, isSeen = true, comes = true } = {}) {
  /** @type {unknown[]} */
  const told = [];
  const parts = {
    book: { placeOf: (/** @type {number} */ word) => Math.trunc(word / 10), wordCount: 30 },
    reading: { word: 12 },
    page: {
      show: (/** @type {number} */ place) => {
        told.push(["page", place]);
        return comes ? Promise.resolve() : Promise.reject(new Error("no connection"));
      },
      word: (/** @type {number} */ index) => (isShown && index < 30 ? WORD : null),
    },
    scroll: {
      following: false,
      isSeen: () => isSeen,
      bring: (/** @type {Element} */ _, /** @type {{instant?: boolean}} */ options = {}) =>
        told.push(["bring", options.instant]),
    },
    bar: { show: (/** @type {number} */ word) => told.push(["bar", word]) },
    highlight: { show: (/** @type {number} */ word) => told.push(["highlight", word]) },
    notices: { say: () => told.push("notice") },
    backButton: { hidden: false },
    end: { hidden: true },
  };
  return { place: new Place(parts), parts, told };
}

test("the place is marked, and the way back hidden while it is in sight", () => {
  const { place, parts, told } = setUp();
  place.show();
  assert.deepEqual(told, [
    ["bar", 12],
    ["highlight", 12],
  ]);
  assert.equal(parts.backButton.hidden, true);
});

test("the way back is offered once the place is out of sight, unless the page follows it", () => {
  const { place, parts } = setUp({ isSeen: false });
  place.show();
  assert.equal(parts.backButton.hidden, false);
  parts.scroll.following = true;
  place.show();
  assert.equal(parts.backButton.hidden, true);
});

test("a chapter is opened at the place or where it was said; the end shows with the last word", async () => {
  const { place, parts, told } = setUp();
  await place.openChapter();
  await place.openChapter(25);
  assert.deepEqual(told, [
    ["page", 1],
    ["page", 2],
  ]);
  assert.equal(parts.end.hidden, false);
});

test("a chapter that does not come is said, and nothing breaks", async () => {
  const { place, parts, told } = setUp({ comes: false });
  await place.openChapter();
  assert.deepEqual(told, [["page", 1], "notice"]);
  assert.equal(parts.end.hidden, true);
});

test("going back brings the place into sight and follows it from then on", () => {
  const { place, parts, told } = setUp();
  place.goBack({ instant: true });
  assert.equal(parts.scroll.following, true);
  assert.deepEqual(told[0], ["bring", true]);
});

test("going back to a chapter that is not on the page moves nothing", () => {
  const { place, told } = setUp({ isShown: false });
  place.goBack();
  assert.deepEqual(told, [
    ["bar", 12],
    ["highlight", 12],
  ]);
});
