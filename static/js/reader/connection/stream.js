// The way round a firewall: the server's frames as an event stream that stays open.

import { LOST } from "../../shared/close-codes.js";
import { HttpTransport, hasEvents } from "./http-transport.js";
import { closeCodeOf } from "./posts.js";
import { ServerEvents } from "./server-events.js";

/** @import { Addresses } from "./http-transport.js" */

/** A comment comes every 15 s. */
const SILENCE_MS = 25_000;

export class StreamTransport extends HttpTransport {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /** @param {Addresses} options */
  constructor({ streamUrl, framesUrl, csrfToken }) {
    super({ framesUrl, csrfToken });
    this.#listen(streamUrl);
  }

  /** @override */
  close() {
    clearTimeout(this.#silence);
    super.close();
  }

  /** @param {string} url */
  async #listen(url) {
    try {
      const answer = await this.get(url);
      if (!(answer.body && hasEvents(answer))) return this.end(closeCodeOf(answer));
      this.onopen();
      await this.#read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      // A lost connection ends here like one that was closed.
    }
    this.end(LOST);
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
      for (const event of events.take(piece.value)) this.take(event);
      piece = await next();
    }
  }

  #expectMore() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.end(LOST), SILENCE_MS);
  }
}
