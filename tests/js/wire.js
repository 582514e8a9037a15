// The server's end of a connection, which a test speaks for; and time, which it lets pass.

import { mock } from "node:test";

/** @import { Frame, Network, Transport } from "../../static/js/types/transport.d.ts" */

/** @implements {Transport} */
export class Wire {
  /** @type {() => void} */
  onopen = () => undefined;
  /** @type {(frame: Frame) => void} */
  onframe = () => undefined;
  /** @type {(code: number) => void} */
  onclose = () => undefined;
  /**
   * What the page sent.
   *
   * @type {Frame[]}
   */
  sent = [];
  isClosed = false;

  /** @param {string} name which way this is */
  constructor(name = "first") {
    this.name = name;
  }

  /** @param {Frame} frame */
  send(frame) {
    this.sent.push(frame);
  }

  close() {
    this.isClosed = true;
  }
}

/** @returns {Network & EventTarget} */
export function network({ onLine = true } = {}) {
  return Object.assign(new EventTarget(), { navigator: { onLine } });
}

/** From now on time stands still, until `pass` lets it go on; chance is always in the middle. */
export function stopTime() {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1 });
  mock.method(Math, "random", () => 0.5);
}

/** @param {number} seconds */
export const pass = (seconds) => mock.timers.tick(seconds * 1000);

/**
 * Let whatever is only waiting for its turn have it.
 *
 * @returns {Promise<void>}
 */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Everything that a transport tells, in order.
 *
 * @param {{onopen: () => void, onframe: (frame: any) => void, onclose: (code: any) => void}} transport
 */
export function listen(transport) {
  /** @type {unknown[]} */
  const heard = [];
  const hear = (/** @type {unknown} */ what) => {
    heard.push(what);
  };
  transport.onopen = () => hear("open");
  transport.onframe = hear;
  transport.onclose = hear;
  return heard;
}
