// The way round a firewall: the server's frames as an event stream, ours as small posts.

import { LOST } from "../../shared/close-codes.js";
import { frameIn } from "../../shared/frames.js";
import { ServerEvents } from "./server-events.js";

/** @import { Frame, Transport } from "../../types/transport.d.ts" */
/** @import { ServerEvent } from "./server-events.js" */

/** @type {Readonly<Partial<Record<number, number>>>} */
const CLOSE_CODES = { 401: 4401, 403: 4401, 404: 4404, 429: 4429, 503: 4503 };
/** A comment comes every 15 s. */
const SILENCE_MS = 25_000;
const POST_MS = 10_000;
const FRAMES_PER_POST = 20;
const EVENT_STREAM = "text/event-stream";

/** @implements {Transport} */
export class StreamTransport {
  /** @type {() => void} */
  onopen = () => undefined;
  /** @type {(frame: Frame) => void} */
  onframe = () => undefined;
  /** @type {(code: number) => void} */
  onclose = () => undefined;
  #framesUrl;
  #csrfToken;
  #stop = new AbortController();
  /** @type {Frame[]} */
  #waiting = [];
  #posting = false;
  #closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /** @param {{streamUrl: string, framesUrl: string, csrfToken: () => string}} options */
  constructor({ streamUrl, framesUrl, csrfToken }) {
    this.#framesUrl = framesUrl;
    this.#csrfToken = csrfToken;
    this.#listen(streamUrl);
  }

  /** @param {Frame} frame */
  send(frame) {
    this.#waiting.push(frame);
    this.#post();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#silence);
    this.#stop.abort();
  }

  /** @param {string} url */
  async #listen(url) {
    try {
      const answer = await fetch(url, {
        headers: { Accept: EVENT_STREAM },
        signal: this.#stop.signal,
      });
      const isOurs = answer.headers.get("Content-Type")?.startsWith(EVENT_STREAM);
      if (!(answer.ok && answer.body && isOurs)) return this.#end(closeCodeOf(answer));
      this.onopen();
      await this.#read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      // A lost connection ends here like one that was closed.
    }
    this.#end(LOST);
  }

  /** @param {ReadableStreamDefaultReader<string>} reader */
  async #read(reader) {
    const events = new ServerEvents();
    const next = () => {
      this.#expectMore();
      return reader.read();
    };
    let piece = await next();
    while (!piece.done) {
      for (const event of events.take(piece.value)) this.#take(event);
      piece = await next();
    }
  }

  /** @param {ServerEvent} event */
  #take({ name, data }) {
    if (this.#closed) return;
    if (name === "close") return this.#end(JSON.parse(data).code);
    const frame = frameIn(data);
    if (frame) this.onframe(frame);
    else this.#end(LOST);
  }

  #expectMore() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#end(LOST), SILENCE_MS);
  }

  async #post() {
    if (this.#posting) return;
    this.#posting = true;
    while (this.#waiting.length > 0 && !this.#closed) {
      const frames = this.#waiting.splice(0, FRAMES_PER_POST);
      try {
        const answer = await fetch(this.#framesUrl, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": this.#csrfToken() },
          body: JSON.stringify({ frames }),
          keepalive: true,
          signal: AbortSignal.timeout(POST_MS),
        });
        if (!(await isTaken(answer))) this.#end(closeCodeOf(answer));
      } catch {
        this.#end(LOST);
      }
    }
    this.#posting = false;
  }

  /** @param {number} code */
  #end(code) {
    if (this.#closed) return;
    this.close();
    this.onclose(code);
  }
}

/** @param {Response} answer */
const closeCodeOf = ({ status }) => CLOSE_CODES[status] ?? LOST;

/**
 * Whether it is our server that took the frames: a filter or a portal says 200, too, with a page.
 *
 * @param {Response} answer
 */
async function isTaken(answer) {
  if (answer.status !== 202) return false;
  const { accepted } = await answer.json();
  return Number.isInteger(accepted);
}
