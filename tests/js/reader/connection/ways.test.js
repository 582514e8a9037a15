import assert from "node:assert/strict";
import { test } from "node:test";
import { addressed } from "../../../../static/js/reader/connection/ways.js";

test("an address names the outbox, and says where nobody asked for the connection", () => {
  assert.equal(addressed("/ws/s", "abc-1", { isAsked: true }), "/ws/s?client=abc-1");
  assert.equal(addressed("/ws/s", "abc-1", { isAsked: false }), "/ws/s?client=abc-1&if=free");
});
