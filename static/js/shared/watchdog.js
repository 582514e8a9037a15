// Noticing that a line is dead. Only frames from the other side say that it lives: a dead line takes
// whatever is sent on it, so sending says nothing.

const QUIET_MS = 15_000;
const ANSWER_MS = 10_000;

export class Watchdog {
  #ask;
  #giveUp;
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
    this.#quiet = setTimeout(() => this.#ask(), QUIET_MS);
  }

  /** Something was sent that is answered; what follows it does not prolong the wait. */
  sent() {
    this.#waiting ??= setTimeout(() => this.#giveUp(), ANSWER_MS);
  }

  stop() {
    clearTimeout(this.#quiet);
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }
}
