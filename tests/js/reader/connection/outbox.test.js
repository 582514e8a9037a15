import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openOutbox } from "../../../../static/js/reader/connection/outbox.js";
import { DATABASE, openDatabase, resultOf } from "../../../../static/js/shared/database.js";

/** @import { Outbox } from "../../../../static/js/reader/connection/outbox.js" */

const SESSION = "session-1";

beforeEach(async () => {
  await resultOf(indexedDB.deleteDatabase(DATABASE));
});

/** @param {Outbox} outbox */
const held = (outbox) => outbox.entries.map(({ id, type, payload }) => [id, type, payload]);

test("what was said is there again after the page was closed, in order and with its numbers", async () => {
  const before = await openOutbox(SESSION);
  const { entry } = before.add("RAISE_HAND", {});
  const second = before.add("CHECKPOINT_ANSWER", { checkpointId: "c", answer: "a goat" });
  await before.number(entry);
  await second.kept;
  const after = await openOutbox(SESSION);
  assert.deepEqual(held(after), [
    [1, "RAISE_HAND", {}],
    [null, "CHECKPOINT_ANSWER", { checkpointId: "c", answer: "a goat" }],
  ]);
  assert.equal(after.lastId, 1);
});

test("a number is never given twice, even when everything was answered before the page closed", async () => {
  const before = await openOutbox(SESSION);
  await before.number(before.add("RAISE_HAND", {}).entry);
  before.remove(() => true);
  const after = await openOutbox(SESSION);
  assert.deepEqual(held(after), []);
  const { entry } = after.add("LOWER_HAND", {});
  await after.number(entry);
  assert.equal(entry.id, 2);
});

test("a number that the server has seen from elsewhere is not given again", async () => {
  const outbox = await openOutbox(SESSION);
  outbox.seen(7);
  outbox.seen(3);
  const { entry } = outbox.add("RAISE_HAND", {});
  await outbox.number(entry);
  assert.equal(entry.id, 8);
});

test("a session does not see another's messages", async () => {
  const other = await openOutbox("session-2");
  await other.add("RAISE_HAND", {}).kept;
  assert.deepEqual((await openOutbox(SESSION)).entries, []);
  assert.equal((await openOutbox("session-2")).entries.length, 1);
});

test("two tabs with one book do not write over one another", async () => {
  const [one, other] = [await openOutbox(SESSION), await openOutbox(SESSION)];
  await one.add("RAISE_HAND", {}).kept;
  await other.add("LOWER_HAND", {}).kept;
  const types = (await openOutbox(SESSION)).entries.map(({ type }) => type);
  assert.deepEqual(types.sort(), ["LOWER_HAND", "RAISE_HAND"]);
});

test("a refresh takes in what another tab did and keeps whoever waits for an entry waiting", async () => {
  const [one, other] = [await openOutbox(SESSION), await openOutbox(SESSION)];
  const { entry, kept } = one.add("RAISE_HAND", {});
  await kept;
  await other.refresh();
  const [same] = other.entries;
  assert.ok(same);
  await other.number(same);
  await one.refresh();
  assert.equal(one.entries[0], entry);
  assert.equal(entry.id, 1);
  assert.equal(one.lastId, 1);
});

test("what was removed is not there again", async () => {
  const before = await openOutbox(SESSION);
  const [first, second] = [before.add("RAISE_HAND", {}), before.add("LOWER_HAND", {})];
  await Promise.all([first.kept, second.kept]);
  before.remove((entry) => entry === first.entry);
  const after = await openOutbox(SESSION);
  assert.deepEqual(held(after), [[null, "LOWER_HAND", {}]]);
});

test("where the browser keeps nothing, memory does", async () => {
  const outbox = await openOutbox(SESSION, () => Promise.reject(new Error("a private window")));
  const { entry, kept } = outbox.add("RAISE_HAND", {});
  await kept;
  await outbox.number(entry);
  await outbox.refresh();
  assert.deepEqual(held(outbox), [[1, "RAISE_HAND", {}]]);
});

test("signing out in another tab deletes the database; reading goes on in memory", async () => {
  const outbox = await openOutbox(SESSION);
  await outbox.add("RAISE_HAND", {}).kept;
  await resultOf(indexedDB.deleteDatabase(DATABASE));
  const { kept } = outbox.add("LOWER_HAND", {});
  await kept;
  assert.equal(outbox.entries.length, 2);
  assert.deepEqual((await openOutbox(SESSION)).entries, []);
});

test("what cannot be stored is held in memory and holds nobody up", async () => {
  const database = await openDatabase();
  const outbox = await openOutbox(SESSION, () => Promise.resolve(database));
  const unstorable = { checkpointId: "c", answer: /** @type {any} */ (() => undefined) };
  await outbox.add("CHECKPOINT_ANSWER", unstorable).kept;
  assert.equal(outbox.entries.length, 1);
});

test("the outbox keeps its name, which no other session or device has", async () => {
  const before = await openOutbox(SESSION);
  assert.match(before.client, /^[A-Za-z0-9-]{1,36}$/u);
  assert.equal((await openOutbox(SESSION)).client, before.client);
  assert.notEqual((await openOutbox("session-2")).client, before.client);
});

test("a message that two tabs hold gets one number", async () => {
  const one = await openOutbox(SESSION);
  const { entry, kept } = one.add("RAISE_HAND", {});
  await kept;
  const other = await openOutbox(SESSION);
  const [same] = other.entries;
  assert.ok(same);
  assert.deepEqual(await Promise.all([one.number(entry), other.number(same)]), [true, true]);
  assert.deepEqual([entry.id, same.id], [1, 1]);
});

test("two tabs never give one number to two messages", async () => {
  const [one, other] = [await openOutbox(SESSION), await openOutbox(SESSION)];
  const entries = [one.add("RAISE_HAND", {}), other.add("LOWER_HAND", {})];
  await Promise.all(entries.map(({ kept }) => kept));
  const [first, second] = entries.map(({ entry }) => entry);
  assert.ok(first && second);
  await Promise.all([one.number(first), other.number(second)]);
  assert.deepEqual([first.id, second.id].sort(), [1, 2]);
});

test("a message that another tab has sent and heard of is not sent again", async () => {
  const one = await openOutbox(SESSION);
  await one.add("RAISE_HAND", {}).kept;
  const other = await openOutbox(SESSION);
  const [same] = other.entries;
  assert.ok(same);
  one.remove(() => true);
  assert.equal(await other.number(same), false);
  assert.deepEqual(other.entries, []);
});

test("what is said while the outbox looks at what is kept is not lost", async () => {
  const outbox = await openOutbox(SESSION);
  const looking = outbox.refresh();
  const { entry } = outbox.add("RAISE_HAND", {});
  await looking;
  assert.deepEqual(outbox.entries, [entry]);
});

test("the number of the connection outlives the page", async () => {
  const before = await openOutbox(SESSION);
  before.own(7);
  await before.number(before.add("RAISE_HAND", {}).entry);
  const after = await openOutbox(SESSION);
  assert.deepEqual([after.owner, after.lastId], [7, 1]);
});

test("what a child is writing outlives the page, until it is said", async () => {
  const before = await openOutbox(SESSION);
  before.keepDraft({ checkpointId: "c", text: "because the go" });
  await before.number(before.add("RAISE_HAND", {}).entry);
  const after = await openOutbox(SESSION);
  assert.deepEqual(after.draft, { checkpointId: "c", text: "because the go" });
  after.keepDraft(null);
  await after.add("LOWER_HAND", {}).kept;
  assert.equal((await openOutbox(SESSION)).draft, null);
});
