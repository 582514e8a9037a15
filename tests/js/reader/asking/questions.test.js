import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { statusText } from "../../../../static/js/reader/asking/answer.js";
import { Questions } from "../../../../static/js/reader/asking/questions.js";
import { Link } from "../../../../static/js/reader/connection/link.js";
import { Outbox } from "../../../../static/js/reader/connection/outbox.js";
import { Socket } from "../../../../static/js/shared/socket.js";
import { network, settle, stopTime, Wire } from "../../wire.js";
import { borrow } from "../shelf.js";

/** @import { InterruptionRecord, ServerPayloads } from "../../../../static/js/types/wire.d.ts" */

const SESSION = "session-1";
const ID = "interruption-1";
const ABOUT = { wordIndex: 1, kind: /** @type {const} */ ("text") };
const ANSWER = { interruptionId: ID, responseText: "Because it was late.", suggestions: [] };
const ACKNOWLEDGED = { interruptionId: ID };

beforeEach(stopTime);
afterEach(() => mock.reset());

async function setUp() {
  const { book } = borrow();
  await book.load(0);
  /** @type {Wire[]} */
  const wires = [];
  const way = () => {
    const wire = new Wire();
    wires.push(wire);
    return wire;
  };
  const socket = new Socket({ ways: [way], heartbeat: { type: "HEARTBEAT" }, network: network() });
  const link = new Link({ sessionId: SESSION, socket, outbox: new Outbox(SESSION) });
  const questions = new Questions({ link, book });
  const wire = () => wires.at(-1) ?? assert.fail("nothing was opened");
  const page = { questions, wire, socket, say };

  /**
   * @template {keyof ServerPayloads} Type
   * @param {Type} type
   * @param {Partial<ServerPayloads[Type]>} payload
   * @param {number} [replyTo]
   */
  async function say(type, payload, replyTo) {
    const frame = { type, payload, replyTo };
    wire().onframe(frame);
    await settle();
  }
  await restore(page);
  return page;
}

/**
 * @param {Pick<Awaited<ReturnType<typeof setUp>>, "socket" | "wire" | "say">} page
 * @param {Partial<ServerPayloads["SESSION_RESTORED"]>} [more]
 */
async function restore({ socket, wire, say }, more = {}) {
  const interruptions = /** @type {InterruptionRecord[]} */ ([]);
  socket.connect();
  wire().onopen();
  const state = /** @type {any} */ ({ interruptions, comprehensionScores: [] });
  await say("SESSION_RESTORED", { lastId: 0, state, ...more });
}

test("a question is sent with the sentence that it is about", async () => {
  const { questions, wire } = await setUp();
  questions.ask("Why?", ABOUT);
  await settle();
  assert.deepEqual(wire().sent[0]?.payload, {
    questionText: "Why?",
    context: { book: "goat", currentWordIndex: 1, currentSentence: "A goat came in." },
    interruptionType: "text",
  });
});

test("an answer comes in pieces and then whole", async () => {
  const { questions, say } = await setUp();
  const question = questions.ask("Why?", ABOUT);
  await settle();
  await say("INTERRUPTION_ACKNOWLEDGED", ACKNOWLEDGED, 1);
  await say("INTERRUPTION_DELTA", { interruptionId: ID, index: 0, text: "Because " });
  await say("INTERRUPTION_DELTA", { interruptionId: ID, index: 1, text: "it" });
  assert.equal(question.text, "Because it");
  assert.equal(question.isOpen, true);
  await say("INTERRUPTION_RESPONSE", ANSWER);
  assert.equal(question.text, ANSWER.responseText);
  assert.equal(questions.isOpen, false);
});

test("after a missing piece nothing is put together wrongly, and the first begins anew", async () => {
  const { questions, say } = await setUp();
  const question = questions.ask("Why?", ABOUT);
  await settle();
  await say("INTERRUPTION_ACKNOWLEDGED", ACKNOWLEDGED, 1);
  await say("INTERRUPTION_DELTA", { interruptionId: ID, index: 0, text: "One " });
  await say("INTERRUPTION_DELTA", { interruptionId: ID, index: 2, text: "three" });
  assert.equal(question.text, "One ");
  await say("INTERRUPTION_DELTA", { interruptionId: ID, index: 0, text: "Two " });
  assert.equal(question.text, "Two ");
});

test("frames about another question change nothing", async () => {
  const { questions, say } = await setUp();
  const question = questions.ask("Why?", ABOUT);
  await settle();
  await say("INTERRUPTION_ACKNOWLEDGED", ACKNOWLEDGED, 1);
  await say("INTERRUPTION_DELTA", { interruptionId: "other", index: 0, text: "x" });
  await say("INTERRUPTION_RESPONSE", { ...ANSWER, interruptionId: "other" }, 9);
  await say("ERROR", { code: "bad_payload", message: "No.", retryable: false }, 9);
  assert.equal(question.text, "");
  assert.equal(question.isOpen, true);
});

test("a refusal is told in the server's words", async () => {
  const { questions, say } = await setUp();
  const question = questions.ask("Why?", ABOUT);
  await settle();
  const userMessage = "I am still thinking.";
  await say("INTERRUPTION_ERROR", { errorCode: "busy", userMessage, fallbackAction: "retry" }, 1);
  assert.equal(statusText(question, true), userMessage);
  assert.equal(question.isOpen, false);
});

test("a frame that was refused for good ends the question, one that comes again does not", async () => {
  const { questions, say } = await setUp();
  const question = questions.ask("Why?", ABOUT);
  await settle();
  await say("ERROR", { code: "too_fast", message: "Slowly.", retryable: true }, 1);
  assert.equal(question.isOpen, true);
  await say("ERROR", { code: "bad_payload", message: "No.", retryable: false }, 1);
  assert.equal(question.error?.userMessage, "No.");
});

test("an answer that came while the connection was away is found in the session", async () => {
  const page = await setUp();
  const question = page.questions.ask("Why?", ABOUT);
  await settle();
  await page.say("INTERRUPTION_ACKNOWLEDGED", ACKNOWLEDGED, 1);
  const record = { interruptionId: ID, status: "answered", response: "It was late." };
  await restore(page, { lastId: 1, state: /** @type {any} */ ({ interruptions: [record] }) });
  assert.equal(question.text, "It was late.");
  assert.equal(question.isOpen, false);
});

test("a question that failed meanwhile may be asked again; one that is pending goes on", async () => {
  const page = await setUp();
  const question = page.questions.ask("Why?", ABOUT);
  await settle();
  await page.say("INTERRUPTION_ACKNOWLEDGED", ACKNOWLEDGED, 1);
  const record = { interruptionId: ID, status: "pending", response: null };
  await restore(page, { lastId: 1, state: /** @type {any} */ ({ interruptions: [record] }) });
  assert.equal(question.isOpen, true);
  record.status = "failed";
  await restore(page, { lastId: 1, state: /** @type {any} */ ({ interruptions: [record] }) });
  assert.equal(question.error?.fallbackAction, "retry");
});

test("an answer goes on after a break where it had come to", async () => {
  const page = await setUp();
  const question = page.questions.ask("Why?", ABOUT);
  await settle();
  await page.say("INTERRUPTION_ACKNOWLEDGED", ACKNOWLEDGED, 1);
  const open = {
    interruptionId: ID,
    question: "Why?",
    wordIndex: 1,
    textSoFar: "It ",
    nextIndex: 3,
  };
  await restore(page, { lastId: 1, openInterruption: open });
  await page.say("INTERRUPTION_DELTA", { interruptionId: ID, index: 3, text: "was" });
  assert.equal(page.questions.current, question);
  assert.equal(question.text, "It was");
});

test("a question that was open before the page was is taken up", async () => {
  const page = await setUp();
  /** @type {unknown[]} */
  const asked = [];
  page.questions.on("asked", (question) => asked.push([question.questionText, question.entry]));
  const open = { interruptionId: ID, question: "Why?", wordIndex: 1, textSoFar: "", nextIndex: 0 };
  await restore(page, { openInterruption: open });
  assert.deepEqual(asked, [["Why?", null]]);
  assert.equal(page.questions.isOpen, true);
});

test("a question that is cancelled is withdrawn, or called back where it was sent", async () => {
  const page = await setUp();
  const question = page.questions.ask("Why?", ABOUT);
  await settle();
  await page.say("INTERRUPTION_ACKNOWLEDGED", ACKNOWLEDGED, 1);
  page.questions.cancel();
  await settle();
  assert.deepEqual(
    page.wire().sent.map(({ type }) => type),
    ["STUDENT_INTERRUPTION", "CANCEL_INTERRUPTION"],
  );
  assert.equal(question.isOpen, false);
  page.wire().onclose(1012);
  page.questions.ask("And why not?", ABOUT);
  page.questions.cancel();
  await restore(page, { lastId: 2 });
  assert.deepEqual(page.wire().sent, []);
});

test("a child is told that a question is kept once it is, and only without a connection", async () => {
  const page = await setUp();
  page.wire().onclose(1012);
  const question = page.questions.ask("Why?", ABOUT);
  assert.match(statusText(question, false), /moment/u);
  assert.match(statusText(question, true), /look in the book/u);
  await settle();
  assert.match(statusText(question, false), /I keep your question/u);
  assert.equal(statusText({ ...question, text: "Because", error: null }, false), "");
});
