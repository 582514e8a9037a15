// Our frames as small posts, one at a time and in order: the way out where sockets are blocked.

import { LOST } from "../../shared/close-codes.js";

/** @import { Frame } from "../../types/transport.d.ts" */

/** @type {Readonly<Partial<Record<number, number>>>} */
const CLOSE_CODES = { 401: 4401, 403: 4401, 404: 4404, 429: 4429, 503: 4503 };
const POST_MS = 10_000;
const FRAMES_PER_POST = 20;

export class Posts {
  #url;
  #csrfToken;
  #fail;
  /** @type {Frame[]} */
  #waiting = [];
  #posting = false;
  #stopped = false;

  /**
   * @param {object} options
   * @param {string} options.url
   * @param {() => string} options.csrfToken
   * @param {(code: number) => void} options.fail told of a post that was not taken, with a close code
   */
  constructor({ url, csrfToken, fail }) {
    this.#url = url;
    this.#csrfToken = csrfToken;
    this.#fail = fail;
  }

  /** @param {Frame} frame */
  add(frame) {
    this.#waiting.push(frame);
    this.#post();
  }

  stop() {
    this.#stopped = true;
  }

  async #post() {
    if (this.#posting) return;
    this.#posting = true;
    while (this.#waiting.length > 0 && !this.#stopped) {
      const frames = this.#waiting.splice(0, FRAMES_PER_POST);
      try {
        const answer = await fetch(this.#url, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": this.#csrfToken() },
          body: JSON.stringify({ frames }),
          keepalive: true,
          signal: AbortSignal.timeout(POST_MS),
        });
        if (!(await isTaken(answer))) this.#fail(closeCodeOf(answer));
      } catch {
        this.#fail(LOST);
      }
    }
    this.#posting = false;
  }
}

/**
 * The close code that a refusal stands for.
 *
 * @param {Response} answer
 */
export const closeCodeOf = ({ status }) => CLOSE_CODES[status] ?? LOST;

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
