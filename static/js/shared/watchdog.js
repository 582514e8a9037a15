// Noticing that a line is dead. Only frames from the other side say that it lives: a dead line takes
// whatever is sent on it, so sending says nothing. And the other side is to notice, too: it hears
// something every few seconds, however much it has to say itself.

const QUIET_MS = 12_000;
const ANSWER_MS = 10_000;

export class Watchdog {
  #ask;
  #giveUp;
  #sentAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  /**
   * @param {object} does
   * @param {() => void} does.ask sends something that is answered
   * @param {() => void} does.giveUp takes the line for dead
   */
  constructor({ ask, giveUp }) {
    this.#ask = ask;
    this.#giveUp = giveUp;
  }

  /** Something came from the other side. */
  heard() {
    this.stop();
    // A hidden page's timers keep their time only if what comes in sets them.
    const left = this.#sentAt + QUIET_MS - Date.now();
    this.#quiet = setTimeout(() => this.#ask(), Math.min(Math.max(0, left), QUIET_MS));
  }

  /** Something was sent that is answered; what follows it does not prolong the wait. */
  sent() {
    this.#sentAt = Date.now();
    this.#waiting ??= setTimeout(() => this.#giveUp(), ANSWER_MS);
  }

  stop() {
    clearTimeout(this.#quiet);
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }
}
