import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { GREETING, HEARTBEAT, open, setUp } from "../page.js";
import { pass, stopTime } from "../wire.js";

/** @import { SocketState } from "../../../static/js/types/transport.d.ts" */

beforeEach(stopTime);
afterEach(() => mock.reset());

test("a frame is told of, and one is sent only while the connection is open", () => {
  const page = setUp();
  /** @type {unknown[]} */
  const frames = [];
  page.socket.on("frame", (frame) => frames.push(frame));
  assert.equal(page.socket.send(HEARTBEAT), false);
  const wire = open(page);
  assert.deepEqual(frames, [GREETING]);
  assert.equal(page.socket.send({ type: "RAISE_HAND" }), true);
  assert.deepEqual(wire.sent, [{ type: "RAISE_HAND" }]);
});

test("a broken line is opened again, each time a little later", () => {
  const page = setUp();
  open(page).onclose(1006);
  for (const seconds of [0.4, 1, 2, 4, 8, 15, 15]) {
    assert.equal(page.socket.state, "waiting");
    const tries = page.wires.length;
    pass(seconds - 0.01);
    assert.equal(page.wires.length, tries);
    pass(0.01);
    assert.equal(page.wires.length, tries + 1);
    page.current().onclose(1006);
  }
});

test("a line that held for a while is opened again at once", () => {
  const page = setUp();
  open(page).onclose(1006);
  pass(0.4);
  page.current().onopen();
  pass(8);
  page.current().onclose(1006);
  pass(0.4);
  assert.equal(page.wires.length, 3);
});

/** @type {[number, SocketState][]} */
const RESTING = [
  [1000, "done"],
  [1009, "broken"],
  [4400, "broken"],
  [4401, "signed-out"],
  [4404, "gone"],
  [4408, "asleep"],
  [4409, "taken"],
];
for (const [code, state] of RESTING) {
  test(`after ${code} the page stays away, as ${state}`, () => {
    const page = setUp();
    open(page).onclose(code);
    assert.deepEqual(page.states.at(-1), [state, code]);
    pass(600);
    assert.equal(page.wires.length, 1);
  });
}

test("an announced code counts where the close itself has none", () => {
  const page = setUp();
  const wire = open(page);
  wire.onframe({ type: "ERROR", payload: { code: "taken_over" } });
  wire.onclose(1006);
  assert.equal(page.socket.state, "taken");
});

test("an announced code is forgotten with its connection", () => {
  const page = setUp();
  const wire = open(page);
  wire.onframe({ type: "ERROR", payload: { code: "restarting" } });
  wire.onclose(1006);
  pass(0.3);
  open(page).onclose(1006);
  assert.deepEqual(page.states.at(-1), ["waiting", 1006]);
});

test("a full or overtaxed server is left alone for longer", () => {
  const page = setUp();
  open(page).onclose(4503);
  pass(3.39);
  assert.equal(page.wires.length, 1);
  pass(0.01);
  open(page).onclose(4429);
  pass(19);
  assert.equal(page.wires.length, 3);
  pass(1);
  assert.equal(page.wires.length, 4);
});

test("a way on which nothing was ever heard twice in a row gives way to the next, and back", () => {
  const page = setUp({ ways: ["socket", "stream"] });
  page.socket.connect();
  page.current().onclose(1006);
  pass(0.4);
  page.current().onopen();
  page.current().onclose(1006);
  pass(1);
  page.current().onclose(1006);
  pass(2);
  const names = page.wires.map((wire) => wire.name);
  assert.deepEqual(names, ["socket", "socket", "stream", "socket"]);
});

test("a stream that opens and is held back gives way to polling within 25 seconds", () => {
  const page = setUp({ ways: ["socket", "stream", "poll"] });
  page.socket.connect();
  page.current().onclose(1006);
  pass(0.4);
  page.current().onclose(1006);
  pass(1);
  page.current().onopen();
  pass(10);
  pass(2);
  assert.deepEqual(
    page.wires.map(({ name }) => name),
    ["socket", "socket", "stream", "poll"],
  );
  page.current().onopen();
  page.current().onframe(GREETING);
  page.current().onclose(1006);
  pass(4);
  assert.equal(page.current().name, "poll");
});

test("the stream stays the way once it has worked", () => {
  const page = setUp({ ways: ["socket", "stream"] });
  page.socket.connect();
  page.current().onclose(1006);
  pass(0.4);
  page.current().onclose(1006);
  pass(1);
  page.current().onopen();
  page.current().onframe(GREETING);
  page.current().onclose(1006);
  pass(2);
  assert.deepEqual(page.wires.map((wire) => wire.name).slice(2), ["stream", "stream"]);
});

test("a server that says why it closes does not make the way count as blocked", () => {
  const page = setUp({ ways: ["socket", "stream"] });
  for (const seconds of [3.4, 4, 5]) {
    page.socket.connect();
    page.current().onopen();
    page.current().onframe({ type: "ERROR", payload: { code: "full" } });
    page.current().onclose(1006);
    pass(seconds);
  }
  assert.ok(page.wires.every((wire) => wire.name === "socket"));
});

test("without a network no way counts as blocked", () => {
  const page = setUp({ onLine: false });
  for (const seconds of [0.4, 1, 2]) {
    page.socket.connect();
    page.current().onclose(1006);
    pass(seconds);
  }
  assert.equal(page.socket.isBlocked, false);
});

test("the only way is told to be blocked until something is heard on it", () => {
  const page = setUp();
  page.socket.connect();
  page.current().onclose(1006);
  assert.equal(page.socket.isBlocked, false);
  pass(0.4);
  page.current().onclose(1006);
  assert.equal(page.socket.isBlocked, true);
  pass(1);
  page.current().onopen();
  assert.equal(page.socket.isBlocked, true);
  page.current().onframe(GREETING);
  assert.equal(page.socket.isBlocked, false);
});

test("an opening that takes more than five seconds is given up", () => {
  const page = setUp();
  page.socket.connect();
  pass(5);
  assert.equal(page.current().isClosed, true);
  assert.equal(page.socket.state, "waiting");
});

test("a quiet line is asked, and given up when it does not answer", () => {
  const page = setUp();
  const wire = open(page);
  pass(12);
  assert.deepEqual(wire.sent, [HEARTBEAT]);
  pass(10);
  assert.equal(wire.isClosed, true);
  assert.equal(page.socket.state, "waiting");
});

test("a quiet line that answers stays", () => {
  const page = setUp();
  const wire = open(page);
  for (let round = 0; round < 5; round += 1) {
    pass(12);
    wire.onframe({ type: "HEARTBEAT_ACK" });
  }
  pass(11);
  assert.equal(page.socket.state, "open");
});

test("however much the server says, it hears something every twelve seconds", () => {
  const page = setUp();
  const wire = open(page);
  for (let second = 0; second < 60; second += 1) {
    pass(1);
    wire.onframe({ type: "INTERRUPTION_DELTA" });
  }
  assert.deepEqual(
    wire.sent,
    Array.from({ length: 5 }, () => HEARTBEAT),
  );
});

test("a line on which only we speak is dead ten seconds after the first word", () => {
  const page = setUp();
  const wire = open(page);
  for (let second = 0; second < 10; second += 1) {
    assert.equal(wire.isClosed, false);
    page.socket.send({ type: "READING_PROGRESS" });
    pass(1);
  }
  assert.equal(wire.isClosed, true);
});

test("a line that opens and on which the server never speaks is dead", () => {
  const page = setUp();
  page.socket.connect();
  page.current().onopen();
  pass(10);
  assert.equal(page.socket.state, "waiting");
});

test("a network that goes breaks the line, one that comes mends it at once", () => {
  const page = setUp();
  open(page);
  page.net.dispatchEvent(new Event("offline"));
  assert.equal(page.socket.state, "waiting");
  page.net.dispatchEvent(new Event("online"));
  assert.equal(page.wires.length, 2);
  assert.equal(page.socket.state, "connecting");
});

test("a network that comes does not wake a page that rests", () => {
  const page = setUp();
  open(page).onclose(4409);
  page.net.dispatchEvent(new Event("online"));
  assert.equal(page.wires.length, 1);
});
