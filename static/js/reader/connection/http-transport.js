// What the two ways round a firewall have in common: events in, posts out, and the end.

import { LOST } from "../../shared/close-codes.js";
import { frameIn } from "../../shared/frames.js";
import { Posts } from "./posts.js";

/** @import { Frame, Transport } from "../../types/transport.d.ts" */
/** @import { ServerEvent } from "./server-events.js" */

/** @typedef {{streamUrl: string, framesUrl: string, csrfToken: () => string}} Addresses */

const EVENT_STREAM = "text/event-stream";

/** @implements {Transport} */
export class HttpTransport {
  /** @type {() => void} */
  onopen = () => undefined;
  /** @type {(frame: Frame) => void} */
  onframe = () => undefined;
  /** @type {(code: number) => void} */
  onclose = () => undefined;
  isClosed = false;
  #posts;
  #stop = new AbortController();

  /** @param {Pick<Addresses, "framesUrl" | "csrfToken">} options */
  constructor({ framesUrl, csrfToken }) {
    this.#posts = new Posts({ url: framesUrl, csrfToken, fail: (code) => this.end(code) });
  }

  /** @param {Frame} frame */
  send(frame) {
    this.#posts.add(frame);
  }

  close() {
    this.isClosed = true;
    this.#posts.stop();
    this.#stop.abort();
  }

  /** @param {number} code */
  end(code) {
    if (this.isClosed) return;
    this.close();
    this.onclose(code);
  }

  /** @param {string} url */
  get(url) {
    return fetch(url, {
      headers: { Accept: EVENT_STREAM },
      cache: "no-store",
      signal: this.#stop.signal,
    });
  }

  /** @param {ServerEvent} event */
  take({ name, data }) {
    if (this.isClosed) return;
    if (name === "close") return this.end(JSON.parse(data).code);
    const frame = frameIn(data);
    if (frame) this.onframe(frame);
    else this.end(LOST);
  }
}

/**
 * Whether it is our server that answers with events.
 *
 * @param {Response} answer
 */
export const hasEvents = ({ ok, headers }) =>
  ok && headers.get("Content-Type")?.startsWith(EVENT_STREAM) === true;
