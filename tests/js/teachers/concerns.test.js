import assert from "node:assert/strict";
import { test } from "node:test";
import { Concerns } from "../../../static/js/teachers/concerns.js";

/** @param {string[]} known */
function setUp(known = []) {
  const seen = { names: [""], title: "", rings: 0 };
  const concerns = new Concerns("Room 12 now", known, {
    showLine: (names) => {
      seen.names = [...names];
    },
    setTitle: (title) => {
      seen.title = title;
    },
    ring: () => {
      seen.rings += 1;
    },
  });
  return { concerns, seen };
}

test("a wall without concerns is silent and has its own title", () => {
  const { concerns, seen } = setUp();
  concerns.update([]);
  assert.deepEqual(seen, { names: [], title: "Room 12 now", rings: 0 });
});

test("a child in trouble is named above the wall, rings once, and shows in the title", () => {
  const { concerns, seen } = setUp();
  concerns.update(["Alice"]);
  concerns.update(["Alice"]);
  assert.deepEqual(seen, { names: ["Alice"], title: "(!) 1 concern · Room 12 now", rings: 1 });
});

test("each further child rings", () => {
  const { concerns, seen } = setUp();
  concerns.update(["Alice"]);
  concerns.update(["Alice", "Bob"]);
  assert.deepEqual(seen.rings, 2);
  assert.equal(seen.title, "(!) 2 concerns · Room 12 now");
});

test("what stood there when the page came does not ring, and shows", () => {
  const { concerns, seen } = setUp(["Alice"]);
  concerns.update(["Alice"]);
  assert.deepEqual(seen, { names: ["Alice"], title: "(!) 1 concern · Room 12 now", rings: 0 });
});

test("a concern that was dealt with goes, and one that comes again rings", () => {
  const { concerns, seen } = setUp(["Alice"]);
  concerns.update([]);
  assert.deepEqual(seen, { names: [], title: "Room 12 now", rings: 0 });
  concerns.update(["Alice"]);
  assert.equal(seen.rings, 1);
});
