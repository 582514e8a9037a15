import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Attention } from "../../../../static/js/reader/connection/attention.js";
import { Emitter } from "../../../../static/js/shared/emitter.js";

beforeEach(() => {
  Object.assign(globalThis, { document: { hidden: false } });
});

/** A child before `words` words; `at` says how many seconds have passed. */
function setUp(words = 100) {
  const clock = { at: 0 };
  const reading = Object.assign(new Emitter(), { playing: false });
  const cover = { isThere: false };
  const attention = new Attention({
    screen: { seen: [0, words - 1] },
    reading,
    isCovered: () => cover.isThere,
    clock: () => clock.at * 1000,
  });
  return { attention, clock, cover, reading };
}

/** @type {[words: number, seconds: number][]} */
const PATIENCE = [
  [100, 150],
  [240, 360],
  [4, 30],
];
for (const [words, seconds] of PATIENCE) {
  test(`whoever touches nothing is there for ${seconds} s over ${words} words`, () => {
    const { attention, clock } = setUp(words);
    clock.at = seconds - 1;
    assert.equal(attention.isHere, true);
    clock.at = seconds;
    assert.equal(attention.isHere, false);
    attention.touch();
    assert.equal(attention.isHere, true);
  });
}

test("whoever listens touches nothing and is there, and is so for a while after", () => {
  const { attention, clock, reading } = setUp();
  reading.playing = true;
  clock.at = 1000;
  assert.equal(attention.isHere, true);
  reading.playing = false;
  reading.emit("playing", false);
  clock.at = 1149;
  assert.equal(attention.isHere, true);
});

test("nobody is before a page that is hidden or covered", () => {
  const { attention, cover } = setUp();
  cover.isThere = true;
  assert.equal(attention.isHere, false);
  cover.isThere = false;
  Object.assign(globalThis, { document: { hidden: true } });
  assert.equal(attention.isHere, false);
});
