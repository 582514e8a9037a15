import assert from "node:assert/strict";
import { test } from "node:test";
import { shareBetweenTabs } from "../../../../static/js/reader/connection/tabs.js";
import { Emitter } from "../../../../static/js/shared/emitter.js";

/** @typedef {{postMessage: (owner: number) => void, onmessage: ((event: any) => void) | null}} Channel */

/** Two tabs of one browser, whose channel reaches the other. */
function twoTabs() {
  /** @type {Channel[]} */
  const channels = [];
  return ["one", "other"].map(() => {
    /** @type {Channel} */
    const channel = {
      onmessage: null,
      postMessage: (data) => {
        for (const each of channels) if (each !== channel) each.onmessage?.({ data });
      },
    };
    channels.push(channel);
    const link = new Emitter();
    const tab = { link, rests: 0 };
    const socket = {
      rest: () => {
        tab.rests += 1;
      },
    };
    shareBetweenTabs({
      channel: /** @type {any} */ (channel),
      socket,
      link: /** @type {any} */ (link),
    });
    return tab;
  });
}

test("the tab that connected last has the book, the other rests", () => {
  const [one, other] = twoTabs();
  assert.ok(one && other);
  one.link.emit("SESSION_RESTORED", { owner: 4 });
  other.link.emit("SESSION_RESTORED", { owner: 5 });
  assert.equal(one.rests, 1);
});

test("a tab is not sent to rest by an older connection's word", () => {
  const [one, other] = twoTabs();
  assert.ok(one && other);
  other.link.emit("SESSION_RESTORED", { owner: 5 });
  const before = one.rests;
  one.link.emit("SESSION_RESTORED", { owner: 6 });
  other.link.emit("SESSION_RESTORED", { owner: 5 });
  assert.equal(one.rests, before);
});
