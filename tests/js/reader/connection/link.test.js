import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Link } from "../../../../static/js/reader/connection/link.js";
import { Outbox } from "../../../../static/js/reader/connection/outbox.js";
import { Socket } from "../../../../static/js/shared/socket.js";
import { network, pass, settle, stopTime, Wire } from "../../wire.js";

/** @import { ServerPayloads } from "../../../../static/js/types/wire.d.ts" */

const SESSION = "session-1";
const PLACE = { wordIndex: 5, isPlaying: false, rate: 1 };
const QUESTION = {
  questionText: "Why?",
  context: { book: "b", currentWordIndex: 1, currentSentence: "A goat." },
  interruptionType: /** @type {const} */ ("text"),
};

beforeEach(stopTime);
afterEach(() => mock.reset());

function setUp() {
  /** @type {Wire[]} */
  const wires = [];
  const outbox = new Outbox(SESSION);
  const socket = new Socket({
    ways: [
      () => {
        const wire = new Wire();
        wires.push(wire);
        return wire;
      },
    ],
    heartbeat: { type: "HEARTBEAT" },
    network: network(),
  });
  const link = new Link({ sessionId: SESSION, socket, outbox });
  const wire = () => wires.at(-1) ?? assert.fail("nothing was opened");
  return { link, socket, outbox, wire, wires };
}

/**
 * Open a connection whose server has settled ids up to `lastId`.
 *
 * @param {ReturnType<typeof setUp>} page
 */
async function restore({ socket, wire }, lastId = 0) {
  socket.connect();
  wire().onopen();
  wire().onframe({ type: "SESSION_RESTORED", payload: { lastId } });
  await settle();
}

/**
 * @param {ReturnType<typeof setUp>} page
 * @param {keyof ServerPayloads} type
 * @param {number} replyTo
 */
async function answer({ wire }, type, replyTo, payload = {}) {
  const frame = { type, replyTo, payload };
  wire().onframe(frame);
  await settle();
}

/** @param {Wire} wire */
const sent = (wire) => wire.sent.map(({ id, type }) => [id, type]);

test("a message goes out at once, numbered, and is forgotten when it is answered", async () => {
  const page = setUp();
  await restore(page);
  page.link.send("RAISE_HAND", {});
  await settle();
  assert.deepEqual(page.wire().sent, [
    { type: "RAISE_HAND", sessionId: SESSION, id: 1, payload: {} },
  ]);
  await answer(page, "HAND", 1, { raised: true });
  assert.deepEqual(page.outbox.entries, []);
});

test("nothing goes out before the server has told where the session stands", async () => {
  const page = setUp();
  page.link.send("RAISE_HAND", {});
  page.socket.connect();
  page.wire().onopen();
  await settle();
  assert.deepEqual(page.wire().sent, []);
  page.wire().onframe({ type: "SESSION_RESTORED", payload: { lastId: 4 } });
  await settle();
  assert.deepEqual(sent(page.wire()), [[5, "RAISE_HAND"]]);
});

test("what was not answered goes out again after a break, in order, under the same numbers", async () => {
  const page = setUp();
  await restore(page);
  page.link.send("RAISE_HAND", {});
  page.link.send("LOWER_HAND", {});
  await settle();
  page.wire().onclose(1006);
  page.link.send("COMPLETE_SESSION", {});
  await restore(page, 1);
  assert.deepEqual(sent(page.wire()), [
    [2, "LOWER_HAND"],
    [3, "COMPLETE_SESSION"],
  ]);
});

test("a question is sent again even where the server has it: its answer is still to come", async () => {
  const page = setUp();
  await restore(page);
  page.link.send("STUDENT_INTERRUPTION", QUESTION);
  page.link.send("CHECKPOINT_ANSWER", { checkpointId: "c", answer: "a" });
  await settle();
  page.wire().onclose(1006);
  await restore(page, 2);
  assert.deepEqual(sent(page.wire()), [
    [1, "STUDENT_INTERRUPTION"],
    [2, "CHECKPOINT_ANSWER"],
  ]);
});

test("a voice that stops is no answer to a question yet", async () => {
  const page = setUp();
  await restore(page);
  page.link.send("STUDENT_INTERRUPTION", QUESTION);
  await settle();
  await answer(page, "PAUSE_AUDIO", 1, { reason: "student_interruption" });
  assert.equal(page.outbox.entries.length, 1);
  await answer(page, "INTERRUPTION_ACKNOWLEDGED", 1, { interruptionId: "i" });
  assert.deepEqual(page.outbox.entries, []);
});

test("many unanswered messages go out in portions that the server takes", async () => {
  const page = setUp();
  await restore(page);
  for (let each = 0; each < 40; each += 1) page.link.send("RAISE_HAND", {});
  await settle();
  page.wire().onclose(1006);
  await restore(page);
  assert.equal(page.wire().sent.length, 18);
  pass(1);
  await settle();
  assert.equal(page.wire().sent.length, 36);
  pass(1);
  await settle();
  assert.deepEqual(
    page.wire().sent.map(({ id }) => id),
    Array.from({ length: 40 }, (_, place) => place + 1),
  );
});

test("of places never sent only the newest is kept", async () => {
  const page = setUp();
  page.link.progress(PLACE);
  page.link.progress({ ...PLACE, wordIndex: 6 });
  assert.deepEqual(page.link.unsavedWords, [6]);
  await restore(page);
  assert.deepEqual(
    page.wire().sent.map(({ payload }) => payload),
    [{ ...PLACE, wordIndex: 6 }],
  );
});

test("one answer settles every place up to it", async () => {
  const page = setUp();
  await restore(page);
  for (const wordIndex of [1, 2, 3]) {
    page.link.progress({ ...PLACE, wordIndex });
    await settle();
  }
  await answer(page, "PROGRESS_SAVED", 2, { wordIndex: 2 });
  assert.deepEqual(
    page.outbox.entries.map(({ id }) => id),
    [3],
  );
  assert.deepEqual(page.link.unsavedWords, [3]);
});

test("what the server could not take just now goes out again, alone", async () => {
  const page = setUp();
  await restore(page);
  page.link.send("RAISE_HAND", {});
  await settle();
  await answer(page, "ERROR", 1, { code: "too_fast", message: "", retryable: true });
  pass(1.5);
  assert.deepEqual(sent(page.wire()), [
    [1, "RAISE_HAND"],
    [1, "RAISE_HAND"],
  ]);
});

test("what the server will never take is not said again", async () => {
  const page = setUp();
  await restore(page);
  page.link.send("RAISE_HAND", {});
  await settle();
  await answer(page, "ERROR", 1, { code: "bad_payload", message: "", retryable: false });
  assert.deepEqual(page.outbox.entries, []);
});

test("a book that is read elsewhere forgets its place here, and is told no new one", async () => {
  const page = setUp();
  await restore(page);
  page.link.progress(PLACE);
  page.link.send("RAISE_HAND", {});
  await settle();
  page.wire().onclose(4409);
  page.link.progress({ ...PLACE, wordIndex: 9 });
  assert.deepEqual(page.link.unsavedWords, []);
  assert.deepEqual(
    page.outbox.entries.map(({ type }) => type),
    ["RAISE_HAND"],
  );
});

test("a book that is taken back is connected anew", async () => {
  const page = setUp();
  await restore(page);
  page.wire().onclose(4409);
  await page.link.takeBack();
  assert.equal(page.wires.length, 2);
  await restore(page);
  page.link.progress(PLACE);
  assert.deepEqual(page.link.unsavedWords, [PLACE.wordIndex]);
});

test("a message is withdrawn only as long as it was not sent", async () => {
  const page = setUp();
  const early = page.link.send("STUDENT_INTERRUPTION", QUESTION).entry;
  page.link.withdraw(early);
  await restore(page);
  const { entry } = page.link.send("STUDENT_INTERRUPTION", QUESTION);
  await settle();
  page.link.withdraw(entry);
  assert.deepEqual(page.outbox.entries, [entry]);
  assert.equal(page.wire().sent.length, 1);
});

test("whoever listens hears each frame with what it answers, and the restored session first", async () => {
  const page = setUp();
  /** @type {unknown[]} */
  const heard = [];
  page.link.on("SESSION_RESTORED", () => heard.push(["restored", page.link.live]));
  page.link.on("HAND", ({ raised }, { replyTo }) => heard.push(["hand", raised, replyTo]));
  page.link.send("RAISE_HAND", {});
  await restore(page);
  await answer(page, "HAND", 1, { raised: true });
  assert.deepEqual(heard, [
    ["restored", false],
    ["hand", true, 1],
  ]);
});
