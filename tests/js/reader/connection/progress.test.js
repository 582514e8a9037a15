import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Link } from "../../../../static/js/reader/connection/link.js";
import { Outbox } from "../../../../static/js/reader/connection/outbox.js";
import { Progress } from "../../../../static/js/reader/connection/progress.js";
import { Reading } from "../../../../static/js/reader/listening/reading.js";
import { Socket } from "../../../../static/js/shared/socket.js";
import { network, settle, stopTime, Wire } from "../../wire.js";
import { borrow } from "../shelf.js";
import { APPEARANCE, TestVoice } from "../voice.js";

const SESSION = "session-1";

beforeEach(stopTime);
afterEach(() => mock.reset());

/** A page that opened at word 2, which is what the server had. */
async function setUp() {
  const { book } = borrow();
  const players = { book: new TestVoice(() => true), device: new TestVoice(() => true) };
  const reading = new Reading({ book, appearance: APPEARANCE, players, word: 2 });
  const wire = new Wire();
  const socket = new Socket({
    ways: [() => wire],
    heartbeat: { type: "HEARTBEAT" },
    network: network(),
  });
  const outbox = new Outbox(SESSION);
  const link = new Link({ sessionId: SESSION, socket, outbox });
  const progress = new Progress({ reading, link, book, saved: 2 });
  socket.connect();
  wire.onopen();
  wire.onframe({ type: "SESSION_RESTORED", payload: { lastId: 0 } });
  await settle();
  /** What was told since the last time. */
  const told = async () => {
    await settle();
    return wire.sent.splice(0).map(({ payload }) => payload);
  };
  return { reading, players, progress, wire, told, link };
}

test("a place is told once, and again only when it has changed", async () => {
  const { progress, told } = await setUp();
  progress.tell();
  progress.tell();
  assert.deepEqual(await told(), [{ wordIndex: 2, isPlaying: false, rate: 1 }]);
});

test("a voice that stops is told at once, with where it is in its sound", async () => {
  const { reading, progress, told } = await setUp();
  await reading.play();
  progress.tell();
  await told();
  reading.pause();
  assert.deepEqual(await told(), [
    { wordIndex: 2, isPlaying: false, rate: 1, audioTimestamp: 1.5 },
  ]);
});

test("a word with a question is told at once, another waits for its turn", async () => {
  const { reading, told } = await setUp();
  reading.moveTo(6);
  assert.deepEqual(await told(), []);
  reading.moveTo(7);
  assert.deepEqual(await told(), [{ wordIndex: 7, isPlaying: false, rate: 1 }]);
});

test("a child who is there without moving is told of now and then", async () => {
  const { progress, told } = await setUp();
  let now = 100_000;
  mock.method(performance, "now", () => now);
  progress.present();
  assert.equal((await told()).length, 1);
  now += 59_000;
  progress.present();
  assert.equal((await told()).length, 0);
  now += 2000;
  progress.present();
  assert.equal((await told()).length, 1);
});

test("a page on which nobody moved goes to where the child read on elsewhere", async () => {
  const { reading, progress } = await setUp();
  assert.equal(progress.restored({ wordIndex: 9 }), true);
  assert.equal(reading.word, 9);
});

test("a page on which the child read on keeps its place and tells it", async () => {
  const { reading, progress, told } = await setUp();
  reading.moveTo(5);
  assert.equal(progress.restored({ wordIndex: 9 }), false);
  assert.equal(reading.word, 5);
  assert.deepEqual(await told(), [{ wordIndex: 5, isPlaying: false, rate: 1 }]);
});

test("a place that the server has saved since is no news", async () => {
  const { reading, progress, wire } = await setUp();
  reading.moveTo(5);
  progress.tell();
  await settle();
  wire.onframe({ type: "PROGRESS_SAVED", replyTo: 1, payload: { wordIndex: 5 } });
  assert.equal(progress.restored({ wordIndex: 9 }), true);
  assert.equal(reading.word, 9);
});

test("what is read elsewhere counts from when the book was taken there", async () => {
  const { reading, progress, wire } = await setUp();
  reading.moveTo(5);
  wire.onclose(4409);
  assert.equal(progress.restored({ wordIndex: 20 }), true);
  assert.equal(reading.word, 20);
});

test("a voice that reads is not sent elsewhere", async () => {
  const { reading, progress } = await setUp();
  await reading.play();
  assert.equal(progress.restored({ wordIndex: 9 }), false);
});
