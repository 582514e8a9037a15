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
/** A child who stays where the page opened, told under the connection's number. */
const STILL = { wordIndex: 2, isPlaying: false, rate: 1, here: true, under: 3 };

beforeEach(stopTime);
afterEach(() => mock.reset());

function stopClock() {
  const clock = { now: 100_000 };
  mock.method(performance, "now", () => clock.now);
  return clock;
}

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
  /** @type {{seen: [number, number] | null}} */
  const screen = { seen: null };
  const attention = { isHere: true, touch: () => undefined };
  const progress = new Progress({ reading, link, book, screen, attention, saved: 2 });
  socket.connect();
  wire.onopen();
  wire.onframe({ type: "SESSION_RESTORED", payload: { lastId: 0, owner: 3 } });
  await settle();
  /** What was told since the last time. */
  const told = async () => {
    await settle();
    return wire.sent.splice(0).map(({ payload }) => payload);
  };
  return { reading, players, progress, wire, told, link, screen, attention };
}

test("a place is told once, and again only when it has changed", async () => {
  const { progress, told } = await setUp();
  progress.tell();
  progress.tell();
  assert.deepEqual(await told(), [STILL]);
});

test("a voice that stops is told at once, with where it is in its sound", async () => {
  const { reading, progress, told } = await setUp();
  await reading.play();
  progress.tell();
  await told();
  reading.pause();
  assert.deepEqual(await told(), [{ ...STILL, audioTimestamp: 1.5 }]);
});

test("a word with a question is told at once, another waits for its turn", async () => {
  const { reading, told } = await setUp();
  reading.moveTo(6);
  assert.deepEqual(await told(), []);
  reading.moveTo(7);
  assert.deepEqual(await told(), [{ ...STILL, wordIndex: 7 }]);
});

test("a child who is there without moving is told of every five seconds", async () => {
  const { progress, told } = await setUp();
  const clock = stopClock();
  progress.tick();
  await told();
  const counts = [];
  for (let second = 1; second <= 10; second += 1) {
    clock.now += 1000;
    progress.tick();
    counts.push((await told()).length);
  }
  assert.deepEqual(counts, [0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
});

test("that a child has gone is told once, and that they are back at once", async () => {
  const { progress, attention, told } = await setUp();
  const clock = stopClock();
  progress.tick();
  await told();
  attention.isHere = false;
  for (let second = 1; second <= 20; second += 1) {
    clock.now += 1000;
    progress.tick();
  }
  assert.deepEqual(await told(), [{ ...STILL, here: false }]);
  attention.isHere = true;
  progress.present();
  assert.deepEqual(await told(), [STILL]);
});

test("what stands on the screen is told, and that it is another", async () => {
  const { progress, screen, told } = await setUp();
  screen.seen = [0, 4];
  progress.tell();
  assert.deepEqual(await told(), [{ ...STILL, seen: [0, 4] }]);
  screen.seen = [2, 6];
  progress.tell();
  assert.deepEqual(await told(), [{ ...STILL, seen: [2, 6] }]);
});

test("a page on which nobody moved goes to where the child read on elsewhere", async () => {
  const { reading, progress } = await setUp();
  assert.equal(progress.restored({ wordIndex: 9 }), "moved");
  assert.equal(reading.word, 9);
});

test("a page on which the child read on keeps its place and tells it", async () => {
  const { reading, progress, told } = await setUp();
  reading.moveTo(5);
  assert.equal(progress.restored({ wordIndex: 9 }), "offered");
  assert.equal(reading.word, 5);
  assert.deepEqual(await told(), [{ ...STILL, wordIndex: 5 }]);
});

test("a place that the server has saved since is no news", async () => {
  const { reading, progress, wire } = await setUp();
  reading.moveTo(5);
  progress.tell();
  await settle();
  wire.onframe({ type: "PROGRESS_SAVED", replyTo: 1, payload: { wordIndex: 5 } });
  assert.equal(progress.restored({ wordIndex: 9 }), "moved");
  assert.equal(reading.word, 9);
});

test("what is read elsewhere counts from when the book was taken there", async () => {
  const { reading, progress, wire } = await setUp();
  reading.moveTo(5);
  wire.onclose(4409);
  assert.equal(progress.restored({ wordIndex: 20 }), "moved");
  assert.equal(reading.word, 20);
});

test("a voice that reads is not sent elsewhere", async () => {
  const { reading, progress } = await setUp();
  await reading.play();
  assert.equal(progress.restored({ wordIndex: 9 }), "offered");
});

test("a place that was sent, and saved without our hearing of it, is nobody else's", async () => {
  const { reading, progress } = await setUp();
  reading.moveTo(5);
  progress.tell();
  await settle();
  reading.moveTo(6);
  progress.tell();
  assert.equal(progress.restored({ wordIndex: 5 }), "same");
  assert.equal(reading.word, 6);
});
