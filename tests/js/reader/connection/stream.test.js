import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { StreamTransport } from "../../../../static/js/reader/connection/stream.js";
import { listen, settle } from "../../wire.js";

/** @import { Frame } from "../../../../static/js/types/transport.d.ts" */

const FRAME = { type: "RAISE_HAND" };
const OURS = { headers: { "Content-Type": "text/event-stream" } };
const PORTAL = "<html><title>Sign in to the network</title></html>";

afterEach(() => mock.reset());

/**
 * The server, as `fetch` meets it: a stream that the test writes to, and the posts that came.
 *
 * @param {{stream?: () => Response, post?: () => Promise<Response>}} [answers]
 */
function setUp({ stream, post } = {}) {
  /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
  let controller;
  const body = new ReadableStream({
    start: (it) => {
      controller = it;
    },
  });
  /** @type {{url: string, body: {frames: Frame[]}, token: string | null}[]} */
  const posts = [];
  mock.method(
    globalThis,
    "fetch",
    (/** @type {string} */ url, /** @type {RequestInit} */ init = {}) => {
      if (init.method !== "POST")
        return Promise.resolve(stream ? stream() : new Response(body, OURS));
      const token = new Headers(init.headers).get("X-CSRFToken");
      posts.push({ url, body: JSON.parse(String(init.body)), token });
      return post ? post() : Promise.resolve(new Response('{"accepted":1}', { status: 202 }));
    },
  );
  const transport = new StreamTransport({
    streamUrl: "/stream",
    framesUrl: "/frames",
    csrfToken: () => "token",
  });
  const heard = listen(transport);
  const say = (/** @type {string} */ text) => controller?.enqueue(new TextEncoder().encode(text));
  return { transport, heard, posts, say, end: () => controller?.close() };
}

/**
 * Wait, in turns of the event loop, until something holds.
 *
 * @param {() => boolean} holds
 */
async function until(holds) {
  for (let turn = 0; turn < 1000 && !holds(); turn += 1) {
    await settle();
  }
  assert.ok(holds());
}

test("frames come as events and go as small posts", async () => {
  const { transport, heard, posts, say } = setUp();
  say('data: {"type":"HAND"}\n\n');
  await until(() => heard.length === 2);
  assert.deepEqual(heard, ["open", { type: "HAND" }]);
  transport.send(FRAME);
  await until(() => posts.length === 1);
  assert.deepEqual(posts, [{ url: "/frames", body: { frames: [FRAME] }, token: "token" }]);
  transport.close();
});

test("what is said while a post is on its way goes together, twenty at most, in order", async () => {
  const { transport, posts } = setUp();
  for (let id = 1; id <= 43; id += 1) transport.send({ type: "HEARTBEAT", id });
  await until(() => posts.length === 4);
  assert.deepEqual(
    posts.map(({ body }) => body.frames.length),
    [1, 20, 20, 2],
  );
  const ids = posts.flatMap(({ body }) => body.frames.map(({ id }) => id));
  assert.deepEqual(
    ids,
    Array.from({ length: 43 }, (_, place) => place + 1),
  );
  transport.close();
});

test("the server's close event says why, and nothing is heard after it", async () => {
  const { heard, say } = setUp();
  say('event: close\ndata: {"code": 4409}\n\ndata: {"type":"HAND"}\n\n');
  await until(() => heard.includes(4409));
  assert.deepEqual(heard, ["open", 4409]);
});

test("a stream that ends without a word is a lost line", async () => {
  const { heard, end } = setUp();
  end();
  await until(() => heard.length === 2);
  assert.deepEqual(heard, ["open", 1006]);
});

for (const [status, code] of /** @type {const} */ ([
  [401, 4401],
  [403, 4401],
  [404, 4404],
  [429, 4429],
  [503, 4503],
  [502, 1006],
])) {
  test(`a stream or a post refused with ${status} closes with ${code}`, async () => {
    const refused = () => new Response("", { status });
    const stream = setUp({ stream: refused });
    await until(() => stream.heard.length === 1);
    assert.deepEqual(stream.heard, [code]);
    mock.reset();
    const post = setUp({ post: () => Promise.resolve(refused()) });
    post.transport.send(FRAME);
    await until(() => post.heard.includes(code));
  });
}

test("a post that does not come through is a lost line", async () => {
  const { transport, heard } = setUp({ post: () => Promise.reject(new TypeError("no network")) });
  transport.send(FRAME);
  await until(() => heard.includes(1006));
});

test("a closed stream tells nothing any more and sends nothing", async () => {
  const { transport, heard, posts, say } = setUp();
  await until(() => heard.length === 1);
  transport.close();
  say('data: {"type":"HAND"}\n\n');
  transport.send(FRAME);
  await settle();
  assert.deepEqual(heard, ["open"]);
  assert.deepEqual(posts, []);
});

test("a portal's page in the place of the stream is a lost line, whatever its status", async () => {
  const html = { headers: { "Content-Type": "text/html" } };
  const { heard } = setUp({ stream: () => new Response(PORTAL, html) });
  await until(() => heard.length === 1);
  assert.deepEqual(heard, [1006]);
});

test("what is no frame in the stream is a lost line", async () => {
  const { heard, say } = setUp();
  say(`data: ${PORTAL}\n\n`);
  await until(() => heard.length === 2);
  assert.deepEqual(heard, ["open", 1006]);
});

for (const [name, status, body] of /** @type {[string, number, string][]} */ ([
  ["a portal's page", 200, PORTAL],
  ["a page with our status", 202, PORTAL],
  ["somebody else's JSON", 202, "{}"],
])) {
  test(`${name} as the answer to a post is a lost line`, async () => {
    const answer = () => Promise.resolve(new Response(body, { status }));
    const { transport, heard } = setUp({ post: answer });
    await until(() => heard.length === 1);
    transport.send(FRAME);
    await until(() => heard.length === 2);
    assert.deepEqual(heard, ["open", 1006]);
  });
}
