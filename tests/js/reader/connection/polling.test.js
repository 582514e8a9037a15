import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { PollingTransport } from "../../../../static/js/reader/connection/polling.js";
import { listen, settle } from "../../wire.js";

const OURS = { headers: { "Content-Type": "text/event-stream" } };
const GREETING = { type: "SESSION_RESTORED", seq: 1, payload: { owner: 7 } };
const HAND = { type: "HAND", seq: 2, payload: {} };

afterEach(() => mock.reset());

/** @param {...object} frames */
const batch = (...frames) => frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join("");

/**
 * The server, as `fetch` meets it: it gives these answers one after the other, then none.
 *
 * @param {...(Response | string)} answers
 */
async function fetched(...answers) {
  /** @type {string[]} */
  const calls = [];
  mock.method(globalThis, "fetch", (/** @type {string} */ url) => {
    calls.push(url);
    const answer = answers.shift();
    if (answer === undefined) return new Promise(() => undefined);
    return Promise.resolve(typeof answer === "string" ? new Response(answer, OURS) : answer);
  });
  const transport = new PollingTransport({
    streamUrl: "/stream?poll=1",
    framesUrl: "/frames",
    csrfToken: () => "token",
  });
  const heard = listen(transport);
  for (let turn = 0; turn < 50; turn += 1) await settle();
  return { calls, heard };
}

test("each batch is asked for under the connection's number, after the newest frame", async () => {
  const { calls, heard } = await fetched(batch(GREETING), ": nothing yet\n\n", batch(HAND));
  assert.deepEqual(heard, ["open", GREETING, HAND]);
  assert.deepEqual(calls, [
    "/stream?poll=1",
    "/stream?poll=1&owner=7&after=1",
    "/stream?poll=1&owner=7&after=1",
    "/stream?poll=1&owner=7&after=2",
  ]);
});

test("a frame that is given again is taken once", async () => {
  const { heard } = await fetched(batch(GREETING), batch(GREETING, HAND), batch(HAND));
  assert.deepEqual(heard, ["open", GREETING, HAND]);
});

test("the server's close event says why, and nothing is asked for after it", async () => {
  const { calls, heard } = await fetched(
    batch(GREETING),
    `${batch(HAND)}event: close\ndata: {"code": 4408}\n\n`,
  );
  assert.deepEqual(heard, ["open", GREETING, HAND, 4408]);
  assert.equal(calls.length, 2);
});

for (const [name, answer, code] of /** @type {[string, Response | string, number][]} */ ([
  ["a connection that is there no more", new Response("{}", { status: 409 }), 1006],
  ["an ended sign-in", new Response("{}", { status: 401 }), 4401],
  [
    "a portal's page",
    new Response("<html></html>", { headers: { "Content-Type": "text/html" } }),
    1006,
  ],
  ["what is no frame", "data: <html>\n\n", 1006],
])) {
  test(`${name} ends the polling`, async () => {
    const { heard } = await fetched(batch(GREETING), answer);
    assert.deepEqual(heard, ["open", GREETING, code]);
  });
}

test("an opening that is answered without a greeting is a lost line", async () => {
  assert.deepEqual((await fetched(": nothing yet\n\n")).heard, ["open", 1006]);
});
