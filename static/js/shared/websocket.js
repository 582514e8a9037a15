// A WebSocket as a transport: frames in and out as JSON.

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
      if (!this.#closed) this.onframe(JSON.parse(event.data));
    };
    this.#socket.onclose = (event) => {
      if (this.#closed) return;
      this.#closed = true;
      this.onclose(event.code);
    };
  }

  /** @param {Frame} frame */
  send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  close() {
    this.#closed = true;
    this.#socket.close(1000);
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
