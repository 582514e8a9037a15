import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Socket } from "../../../static/js/shared/socket.js";
import { followFeed } from "../../../static/js/teachers/feed.js";
import { Polling } from "../../../static/js/teachers/polling.js";
import { network, pass, settle, stopTime, Wire } from "../wire.js";

const CARDS = { sessions: [], cards: ["<article>1</article>"], seats: 30 };

beforeEach(stopTime);
afterEach(() => mock.reset());

/** A page with thirty cards. */
function setUp({ size = 30 } = {}) {
  /** @type {Wire[]} */
  const wires = [];
  /** @type {string[]} */
  const told = [];
  const page = { isUp: true };
  const ask = () => {
    told.push("asked");
    return page.isUp ? Promise.resolve() : Promise.reject(new Error("no connection"));
  };
  const polling = new Polling(ask, (hasAnswered) => told.push(hasAnswered ? "blocked" : "offline"));
  const way = () => {
    const wire = new Wire();
    wires.push(wire);
    return wire;
  };
  const socket = new Socket({ ways: [way], heartbeat: { type: "HEARTBEAT" }, network: network() });
  followFeed({
    socket,
    wall: { size, show: (html) => told.push(html) },
    polling,
    askAnew: () => told.push("asked anew"),
    leave: () => told.push("left"),
    say: (text) => told.push(text),
  });
  socket.connect();
  const wire = () => wires.at(-1) ?? assert.fail("nothing was opened");
  const open = (payload = CARDS) => {
    wire().onopen();
    wire().onframe({ type: "CLASS_SNAPSHOT", payload });
  };
  return { wire, open, told, polling, page };
}

test("the first snapshot's cards are shown, and the page is not asked for again", () => {
  const { open, told } = setUp();
  open();
  assert.deepEqual(told, [CARDS.cards[0], "Live"]);
});

test("a class that others have joined meanwhile is asked for anew", () => {
  const { open, told } = setUp({ size: 29 });
  open();
  assert.deepEqual(told, ["asked anew", "Live"]);
});

test("after a break nobody knows how old the page is: it is asked for anew", () => {
  const { wire, open, told } = setUp();
  open();
  wire().onclose(1012);
  pass(0.3);
  open();
  assert.deepEqual(told.slice(2), ["Connecting again…", "asked anew", "Live"]);
});

test("a change shows its card, and one without a card shows nothing", () => {
  const { wire, open, told } = setUp();
  open();
  told.length = 0;
  wire().onframe({ type: "SESSION_CHANGED", payload: { html: "<article>2</article>" } });
  wire().onframe({ type: "SESSION_CHANGED", payload: {} });
  assert.deepEqual(told, ["<article>2</article>"]);
});

for (const code of [4401, 4404]) {
  test(`a teacher who may not look any more (${code}) leaves`, () => {
    const { wire, open, told } = setUp();
    open();
    wire().onclose(code);
    assert.equal(told.at(-1), "left");
  });
}

test("where the feed is blocked the page asks every five seconds, until it comes through", async () => {
  const { wire, open, told, polling } = setUp();
  wire().onclose(1006);
  pass(0.4);
  wire().onclose(1006);
  await settle();
  assert.deepEqual(told, ["Connecting again…", "asked", "blocked"]);
  pass(5);
  assert.equal(told.filter((each) => each === "asked").length, 2);
  open();
  assert.equal(polling.isOn, false);
  assert.equal(told.at(-1), "Live");
});

test("a page that cannot even ask says that it is old", async () => {
  const { wire, told, page } = setUp();
  page.isUp = false;
  wire().onclose(1006);
  pass(0.4);
  wire().onclose(1006);
  await settle();
  assert.equal(told.at(-1), "offline");
});

test("an answer that comes after the feed does not take back what the feed said", async () => {
  const { wire, open, told } = setUp();
  wire().onclose(1006);
  pass(0.4);
  wire().onclose(1006);
  pass(1);
  open();
  await settle();
  assert.equal(told.at(-1), "Live");
});
