import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Flow } from "../../../../static/js/reader/listening/flow.js";
import { pass, stopTime } from "../../wire.js";

/** @import { DueCheckpoint, Voice } from "../../../../static/js/reader/listening/flow.js" */
/** @import { Checkpoint } from "../../../../static/js/types/wire.d.ts" */

/** @type {Checkpoint} */
const CHECKPOINT = { checkpointId: "c", kind: "comprehension", question: "Who?", required: true };

beforeEach(stopTime);
afterEach(() => mock.reset());

function setUp({ playing = true } = {}) {
  /** @type {(() => void) | null} */
  let afterSentence = null;
  /** @type {Voice} */
  const reading = {
    playing,
    get wanted() {
      return reading.playing;
    },
    play: () => {
      reading.playing = true;
    },
    pause: () => {
      reading.playing = false;
    },
    pauseAfterSentence: (_word, done) => {
      afterSentence = done;
    },
  };
  /** @type {DueCheckpoint & {holds: boolean}} */
  const checkpoints = {
    due: null,
    isOpen: false,
    holds: false,
    open: () => {
      checkpoints.isOpen = true;
    },
    take: (checkpoint) => {
      if (checkpoints.due) return false;
      checkpoints.due = checkpoint;
      checkpoints.holds = checkpoint.required;
      return true;
    },
  };
  const card = { isOpen: false };
  const flow = new Flow({ reading, checkpoints, cards: [card] });
  /** The sentence is over, as the voice tells. */
  const finishSentence = () => {
    reading.pause();
    (afterSentence ?? assert.fail("nothing waits for the sentence"))();
  };
  /** The question is answered. */
  const answer = () => {
    checkpoints.due = null;
    checkpoints.isOpen = false;
    checkpoints.holds = false;
    flow.release();
  };
  return { flow, reading, checkpoints, card, finishSentence, answer };
}

test("a card stops the voice, which goes on when the card is gone", () => {
  const { flow, reading } = setUp();
  flow.hold();
  assert.equal(reading.playing, false);
  flow.release();
  assert.equal(reading.playing, true);
});

test("a card that opened while nothing was read lets nothing begin", () => {
  const { flow, reading } = setUp({ playing: false });
  flow.hold();
  flow.release();
  assert.equal(reading.playing, false);
});

test("a card that leads to another keeps the voice waiting for the last", () => {
  const { flow, reading, card } = setUp();
  flow.hold();
  card.isOpen = true;
  flow.hold();
  flow.release();
  assert.equal(reading.playing, false);
  card.isOpen = false;
  flow.release();
  assert.equal(reading.playing, true);
});

test("nothing goes on by itself once it was forgotten", () => {
  const { flow, reading } = setUp();
  flow.hold();
  flow.forget();
  flow.release();
  assert.equal(reading.playing, false);
});

test("a question comes when its sentence is over, and the voice goes on after it", () => {
  const { flow, reading, checkpoints, finishSentence, answer } = setUp();
  flow.checkpoint(CHECKPOINT, 5);
  assert.equal(checkpoints.isOpen, false);
  finishSentence();
  assert.equal(checkpoints.isOpen, true);
  answer();
  assert.equal(reading.playing, true);
});

test("a question waits for a card, and comes before the voice", () => {
  const { flow, reading, checkpoints, card, finishSentence } = setUp();
  card.isOpen = true;
  flow.checkpoint(CHECKPOINT, 5);
  finishSentence();
  assert.equal(checkpoints.isOpen, false);
  card.isOpen = false;
  flow.release();
  assert.equal(checkpoints.isOpen, true);
  assert.equal(reading.playing, false);
});

test("a question that has to be answered comes before the voice that the child starts", () => {
  const { flow, reading, checkpoints, answer } = setUp({ playing: false });
  checkpoints.take(CHECKPOINT);
  flow.toggle();
  assert.equal(checkpoints.isOpen, true);
  assert.equal(reading.playing, false);
  answer();
  assert.equal(reading.playing, true);
});

test("a question that was taken before changes nothing", () => {
  const { flow, checkpoints, reading } = setUp();
  checkpoints.take(CHECKPOINT);
  flow.checkpoint(CHECKPOINT, 5);
  assert.equal(reading.playing, true);
});

test("where a question belongs the voice waits for it a moment, and goes on without", () => {
  const { flow, reading, finishSentence } = setUp();
  flow.expect(5);
  finishSentence();
  pass(1.4);
  assert.equal(reading.playing, false);
  pass(0.1);
  assert.equal(reading.playing, true);
});

test("where a question belongs it is shown if it came while the sentence was read", () => {
  const { flow, checkpoints, finishSentence } = setUp();
  flow.expect(5);
  checkpoints.take(CHECKPOINT);
  finishSentence();
  assert.equal(checkpoints.isOpen, true);
});

test("the child's own button stops the voice and starts it", () => {
  const { flow, reading } = setUp();
  flow.toggle();
  assert.equal(reading.playing, false);
  flow.toggle();
  assert.equal(reading.playing, true);
});

test("nothing is expected where nothing is read", () => {
  const { flow, finishSentence } = setUp({ playing: false });
  flow.expect(5);
  assert.throws(finishSentence, /nothing waits/u);
});
