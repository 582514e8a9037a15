import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { Reading } from "../../../../static/js/reader/listening/reading.js";
import { settle } from "../../wire.js";
import { borrow } from "../shelf.js";
import { APPEARANCE, TestVoice } from "../voice.js";

/** @import { VoiceChoice } from "../../../../static/js/types/reader.d.ts" */

const NARRATION = { audioUrl: "/a.mp3", durationMs: 900, wordStartsMs: [0] };

afterEach(() => mock.reset());

/** @param {{voice?: VoiceChoice, isNarrated?: boolean, hasDevice?: boolean, word?: number}} options */
function setUp({ voice = "book", isNarrated = true, hasDevice = true, word = 0 } = {}) {
  const { book, server } = borrow({ narration: isNarrated ? NARRATION : null });
  const players = {
    book: new TestVoice(({ narration }) => narration !== null),
    device: new TestVoice(() => hasDevice),
  };
  const appearance = { ...APPEARANCE, voice };
  const reading = new Reading({ book, appearance, players, word });
  /** @type {unknown[]} */
  const told = [];
  for (const name of /** @type {const} */ (["word", "playing", "chapter"])) {
    reading.on(name, (detail) => told.push([name, detail]));
  }
  for (const name of /** @type {const} */ (["finished", "silent", "trouble"])) {
    reading.on(name, () => told.push(name));
  }
  return { reading, players, book, server, told, appearance };
}

test("the book's own voice reads where there is one, the device's where there is none", async () => {
  const narrated = setUp();
  await narrated.reading.play();
  assert.deepEqual(narrated.players.book.begun, [0, 1]);
  mock.reset();
  const silent = setUp({ isNarrated: false });
  await silent.reading.play();
  assert.deepEqual(silent.players.device.begun, [0, 1]);
});

test("a child who chose the device's voice hears it, and the book's where there is no other", async () => {
  const chosen = setUp({ voice: "device" });
  await chosen.reading.play();
  assert.notEqual(chosen.players.device.begun, null);
  mock.reset();
  const missing = setUp({ voice: "device", hasDevice: false });
  await missing.reading.play();
  assert.notEqual(missing.players.book.begun, null);
});

test("a voice that is stopped before its chapter came does not begin", async () => {
  const { reading, players } = setUp();
  const started = reading.play();
  assert.equal(reading.wanted, true);
  reading.pause();
  await started;
  assert.equal(players.book.begun, null);
  assert.equal(reading.wanted, false);
});

test("a voice that is sent elsewhere before its chapter came reads there, once", async () => {
  const { reading, players, book } = setUp();
  const first = reading.play();
  assert.equal(reading.moveTo(book.startOf(1)), true);
  await Promise.all([first, reading.play()]);
  assert.deepEqual(players.book.begun, [book.startOf(1), 1]);
});

test("where nothing can read, that is told", async () => {
  const { reading, told } = setUp({ isNarrated: false, hasDevice: false });
  await reading.play();
  assert.deepEqual(told, ["silent"]);
});

test("a child who reads without a voice hears none", async () => {
  const { reading, players } = setUp({ voice: "none" });
  await reading.play();
  assert.equal(players.book.begun, null);
  assert.equal(reading.silent, true);
});

test("a chapter that does not come is told", async () => {
  const { reading, server, told } = setUp();
  server.isUp = false;
  await reading.play();
  assert.deepEqual(told, ["trouble"]);
});

test("the place moves with the voice that reads, and with no other", async () => {
  const { reading, players, told } = setUp();
  await reading.play();
  players.book.emit("word", 3);
  players.device.emit("word", 9);
  assert.equal(reading.word, 3);
  assert.equal(reading.timestamp, 1.5);
  assert.deepEqual(told, [
    ["playing", true],
    ["word", 3],
  ]);
});

test("a voice that fails gives way to the other, until the connection is back", async () => {
  const { reading, players } = setUp();
  await reading.play();
  players.book.emit("failed");
  await settle();
  assert.notEqual(players.device.begun, null);
  reading.pause();
  reading.retryFailed();
  players.book.begun = null;
  await reading.play();
  assert.notEqual(players.book.begun, null);
});

test("at a chapter's end the voice goes on with the next, and at the book's end stops", async () => {
  const { reading, players, book, told } = setUp();
  await reading.play();
  players.book.emit("ended");
  await settle();
  assert.equal(reading.word, book.startOf(1));
  assert.ok(told.some((each) => JSON.stringify(each) === '["chapter",1]'));
  assert.equal(reading.playing, true);
  players.book.emit("ended");
  await settle();
  players.book.emit("ended");
  await settle();
  assert.equal(reading.word, book.wordCount - 1);
  assert.equal(reading.playing, false);
  assert.equal(told.at(-1), "finished");
});

test("a sentence is finished before the voice stops for a question in it", async () => {
  const { reading, players, book } = setUp();
  await reading.play();
  const last = book.sentenceOf(1)?.last ?? assert.fail("no chapter");
  let isDone = false;
  reading.pauseAfterSentence(1, () => {
    isDone = true;
  });
  players.book.emit("word", last);
  assert.equal(isDone, false);
  players.book.emit("word", last + 1);
  assert.equal(isDone, true);
  assert.equal(reading.playing, false);
  assert.equal(reading.word, last);
});

test("a question at a sentence's beginning comes after the sentence before it", async () => {
  const { reading, players, book } = setUp();
  await reading.play();
  const next = (book.sentenceOf(0)?.last ?? assert.fail("no chapter")) + 1;
  let isDone = false;
  reading.pauseAfterSentence(next, () => {
    isDone = true;
  });
  players.book.emit("word", next);
  assert.equal(isDone, true);
});

test("a question at a chapter's last sentence comes at the chapter's end", async () => {
  const { reading, players, book } = setUp();
  await reading.play();
  let isDone = false;
  reading.pauseAfterSentence(book.startOf(1) - 1, () => {
    isDone = true;
  });
  players.book.emit("ended");
  await settle();
  assert.equal(isDone, true);
  assert.equal(reading.playing, false);
  assert.equal(reading.word, book.startOf(1) - 1);
});

test("a question comes at once where nothing is read", () => {
  const { reading } = setUp();
  let isDone = false;
  reading.pauseAfterSentence(5, () => {
    isDone = true;
  });
  assert.equal(isDone, true);
});

test("a word outside the book leads to its nearer end, and stops the voice", async () => {
  const { reading, book } = setUp({ word: 3 });
  await reading.play();
  assert.equal(reading.moveTo(-5), true);
  assert.equal(reading.word, 0);
  assert.equal(reading.playing, false);
  assert.equal(reading.moveTo(10_000), false);
  assert.equal(reading.word, book.wordCount - 1);
});

test("another voice goes on where the first one was, another speed changes only that", async () => {
  const { reading, players, appearance } = setUp();
  await reading.play();
  players.book.emit("word", 4);
  reading.choose({ ...appearance, rate: 1.5 });
  assert.equal(players.book.rate, 1.5);
  assert.deepEqual(players.book.begun, [0, 1]);
  reading.choose({ ...appearance, rate: 1.5, voice: "device" });
  await settle();
  assert.deepEqual(players.device.begun, [4, 1.5]);
  assert.equal(reading.playing, true);
});

test("the next chapter's sound is fetched once, when this one's end is near", async () => {
  const { reading, players, book } = setUp();
  await reading.play();
  players.book.emit("word", 1);
  players.book.emit("word", 2);
  await settle();
  assert.deepEqual(
    players.book.prepared.map(({ first }) => first),
    [book.startOf(1)],
  );
});

test("after the last chapter nothing is fetched", async () => {
  const { reading, players, book } = setUp();
  reading.moveTo(book.startOf(2));
  await reading.play();
  players.book.emit("word", book.startOf(2) + 1);
  await settle();
  assert.deepEqual(players.book.prepared, []);
});
