// The way where something between holds a stream back until it ends: each batch of frames is an
// answer of its own, asked for again and again; to the server it is one connection.

import { LOST } from "../../shared/close-codes.js";
import { HttpTransport, hasEvents } from "./http-transport.js";
import { closeCodeOf } from "./posts.js";
import { ServerEvents } from "./server-events.js";

/** @import { ServerFrame } from "../../types/wire.d.ts" */
/** @import { Addresses } from "./http-transport.js" */
/** @import { ServerEvent } from "./server-events.js" */

export class PollingTransport extends HttpTransport {
  /** The connection's number, once the server has told it. */
  #owner = 0;
  /** The number of the newest frame that came. */
  #seq = 0;

  /** @param {Addresses} options */
  constructor({ streamUrl, framesUrl, csrfToken }) {
    super({ framesUrl, csrfToken });
    this.#fetchAll(streamUrl);
  }

  /** @param {string} url */
  async #fetchAll(url) {
    try {
      while (!this.isClosed) await this.#fetchBatch(url);
    } catch {
      this.end(LOST);
    }
  }

  /** @param {string} url */
  async #fetchBatch(url) {
    const isFirst = this.#owner === 0;
    const answer = await this.get(isFirst ? url : `${url}&owner=${this.#owner}&after=${this.#seq}`);
    if (!hasEvents(answer)) return this.end(closeCodeOf(answer));
    const events = new ServerEvents().take(await answer.text());
    if (this.isClosed) return;
    if (isFirst) this.onopen();
    for (const event of events) this.#takeOnce(event);
    if (this.#owner === 0) this.end(LOST);
  }

  /**
   * An answer that was lost on its way is given again, with what came since.
   *
   * @param {ServerEvent} event
   */
  #takeOnce(event) {
    if (event.name === "close") return this.take(event);
    const { seq, type, payload } = JSON.parse(event.data);
    if (seq <= this.#seq) return;
    this.#seq = seq;
    if (type === "SESSION_RESTORED") {
      this.#owner = /** @type {ServerFrame<"SESSION_RESTORED">["payload"]} */ (payload).owner;
    }
    this.take(event);
  }
}
