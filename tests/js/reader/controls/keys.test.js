import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf } from "../../../../static/js/reader/controls/keys.js";
import { nextRate, sentenceAway } from "../../../../static/js/reader/joins/controls.js";

/** @param {{key: string, shiftKey?: boolean}} event */
function pressed({ key, shiftKey = false }, inStory = true) {
  /** @type {unknown[]} */
  const done = [];
  const does = {
    word: (/** @type {number} */ by) => done.push(["word", by]),
    sentence: (/** @type {number} */ by) => done.push(["sentence", by]),
    play: () => done.push("play"),
    open: () => done.push("open"),
    ask: () => done.push("ask"),
    again: () => done.push("again"),
    settings: () => done.push("settings"),
    escape: () => done.push("escape"),
  };
  commandOf({ key, shiftKey }, does, inStory)?.();
  return done;
}

test("arrows, space and Enter count while the story has the focus, and while nothing has", () => {
  for (const inStory of [true, false]) {
    assert.deepEqual(pressed({ key: "ArrowRight" }, inStory), [["word", 1]]);
    assert.deepEqual(pressed({ key: "ArrowLeft", shiftKey: true }, inStory), [["sentence", -1]]);
    assert.deepEqual(pressed({ key: " " }, inStory), ["play"]);
    assert.deepEqual(pressed({ key: "Enter" }, inStory), ["open"]);
  }
});

test("single letters count only in the story", () => {
  const letters = { a: "ask", "?": "ask", r: "again", s: "settings" };
  for (const [key, command] of Object.entries(letters)) {
    assert.deepEqual(pressed({ key }), [command]);
    assert.deepEqual(pressed({ key }, false), []);
  }
  assert.deepEqual(pressed({ key: "x" }), []);
});

const SENTENCE = { first: 4, last: 9, words: [], text: "" };
for (const [word, by, target] of /** @type {[number, 1 | -1, number][]} */ ([
  [6, 1, 10],
  [9, 1, 10],
  [6, -1, 4],
  [4, -1, 3],
])) {
  test(`from word ${word} a step of ${by} sentence leads to word ${target}`, () => {
    assert.equal(sentenceAway({ word, sentence: SENTENCE }, by), target);
  });
}

test("where the chapter is not here a sentence is a word", () => {
  assert.equal(sentenceAway({ word: 6, sentence: null }, 1), 7);
  assert.equal(sentenceAway({ word: 6, sentence: null }, -1), 5);
});

test("the speed goes slower first, then faster, and comes back to the voice's own", () => {
  const rates = [0.5, 0.75, 1, 1.25, 2];
  const heard = [];
  for (let rate = 1; heard.length < rates.length; ) {
    rate = nextRate(rates, rate);
    heard.push(rate);
  }
  assert.deepEqual(heard, [0.75, 0.5, 1.25, 2, 1]);
  assert.equal(nextRate([], 1.3), 1.3);
});
