// Whether a connection is asked for by a person or by the page alone, and when a better way is taken.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { GREETING, HEARTBEAT, open, setUp } from "../page.js";
import { pass, settle, stopTime } from "../wire.js";

beforeEach(stopTime);
afterEach(() => mock.reset());

test("a page that nobody came to since the line broke asks for the book only if it is free", () => {
  const page = setUp({ quietFor: () => 60_000 });
  open(page).onclose(1006);
  pass(0.4);
  assert.deepEqual(page.asked, [true, false]);
});

test("a page that somebody came to since the line broke asks for the book", () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const page = setUp({ quietFor: () => 0 });
  open(page).onclose(1006);
  pass(0.4);
  assert.deepEqual(page.asked, [true, true]);
});

test("a page that opens where nobody looks asks for the book only if it is free", () => {
  const page = setUp();
  page.socket.look();
  assert.deepEqual(page.asked, [false]);
});

test("after sleep an open line is asked at once, and a broken one opened", () => {
  const page = setUp();
  const wire = open(page);
  page.socket.look();
  assert.deepEqual(wire.sent, [HEARTBEAT]);
  wire.onclose(1006);
  page.socket.look();
  assert.equal(page.wires.length, 2);
});

test("a page whose book another tab has rests until somebody comes", () => {
  const page = setUp();
  const wire = open(page);
  page.socket.rest();
  assert.equal(wire.isClosed, true);
  assert.deepEqual(page.states.at(-1), ["taken", 4409]);
  pass(600);
  assert.equal(page.wires.length, 1);
});

test("from a lesser way the best is tried again, later each time, and taken when it is open", async () => {
  let isOpen = false;
  let probes = 0;
  const probe = () => {
    probes += 1;
    return Promise.resolve(isOpen);
  };
  const page = setUp({ ways: ["socket", "stream"], probe });
  page.socket.connect();
  page.current().onclose(1006);
  pass(0.4);
  page.current().onclose(1006);
  pass(1);
  page.current().onopen();
  page.current().onframe(GREETING);
  const speak = async (/** @type {number} */ seconds) => {
    for (let second = 0; second < seconds; second += 10) {
      pass(10);
      page.current().onframe({ type: "HEARTBEAT_ACK" });
    }
    await settle();
  };
  await speak(30);
  assert.equal(probes, 1);
  await speak(50);
  assert.equal(probes, 1);
  isOpen = true;
  await speak(10);
  assert.equal(probes, 2);
  assert.equal(page.current().name, "socket");
});
