// A WebSocket as a transport: frames in and out as JSON.

import { LOST } from "./close-codes.js";
import { frameIn } from "./frames.js";

/** @import { Frame, Transport } from "../types/transport.d.ts" */

const SUBPROTOCOL = "readerai.v1";

/** @implements {Transport} */
export class WebSocketTransport {
  /** @type {() => void} */
  onopen = () => undefined;
  /** @type {(frame: Frame) => void} */
  onframe = () => undefined;
  /** @type {(code: number) => void} */
  onclose = () => undefined;
  /** @type {WebSocket} */
  #socket;
  #closed = false;

  /** @param {string} url */
  constructor(url) {
    this.#socket = new WebSocket(url, [SUBPROTOCOL]);
    this.#socket.onopen = () => {
      if (!this.#closed) this.onopen();
    };
    this.#socket.onmessage = (event) => {
      if (this.#closed) return;
      const frame = frameIn(event.data);
      if (frame) this.onframe(frame);
      else this.#end(LOST);
    };
    this.#socket.onclose = (event) => this.#end(event.code);
  }

  /** @param {Frame} frame */
  send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  close() {
    this.#closed = true;
    this.#socket.close(1000);
  }

  /** @param {number} code */
  #end(code) {
    if (this.#closed) return;
    this.close();
    this.onclose(code);
  }
}

/**
 * The address of a socket on this page's own server.
 *
 * @param {string} path
 * @param {{protocol: string, host: string}} [page]
 */
export function socketUrl(path, { protocol, host } = location) {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}${path}`;
}
