import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerEvents } from "../../../../static/js/reader/connection/server-events.js";

const STREAM =
  'data: {"type":"HAND"}\n\n: still here\n\nevent: close\ndata: {"code":\ndata: 1012}\n\n';
const EVENTS = [
  { name: "message", data: '{"type":"HAND"}' },
  { name: "close", data: '{"code":\n1012}' },
];

for (const [name, end] of Object.entries({ lf: "\n", crlf: "\r\n", cr: "\r" })) {
  test(`events come out alike however a stream is cut, with lines that end in ${name}`, () => {
    const text = STREAM.replaceAll("\n", end);
    for (let size = 1; size <= text.length; size += 1) {
      const events = new ServerEvents();
      const taken = [];
      for (let start = 0; start < text.length; start += size) {
        taken.push(...events.take(text.slice(start, start + size)));
      }
      // A carriage return at the very end waits for the line feed that may follow it.
      taken.push(...events.take(end === "\r" ? ":" : ""));
      assert.deepEqual(taken, EVENTS, `cut into pieces of ${size}`);
    }
  });
}

test("an event is not told of before it is whole", () => {
  const events = new ServerEvents();
  assert.deepEqual(events.take("data: 1\n"), []);
  assert.deepEqual(events.take("\n"), [{ name: "message", data: "1" }]);
});

test("one space after the colon is no part of what is said, a second one is", () => {
  assert.deepEqual(new ServerEvents().take("data:1\n\ndata:  2\n\n"), [
    { name: "message", data: "1" },
    { name: "message", data: " 2" },
  ]);
});

test("comments, unknown fields and events without data say nothing", () => {
  assert.deepEqual(new ServerEvents().take(": hello\n\nretry: 5\n\nevent: close\n\n"), []);
});
