// Where the feed does not come through, the page asks for itself every few seconds.

const POLL_MS = 5000;

export class Polling {
  #ask;
  #onAnswer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /**
   * @param {() => Promise<void>} ask looks at the class again; fails without a connection
   * @param {(hasAnswered: boolean) => void} onAnswer is told how that went
   */
  constructor(ask, onAnswer) {
    this.#ask = ask;
    this.#onAnswer = onAnswer;
  }

  get isOn() {
    return this.#timer !== undefined;
  }

  start() {
    if (this.isOn) return;
    this.#timer = setInterval(() => this.poll(), POLL_MS);
    this.poll();
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async poll() {
    try {
      await this.#ask();
      if (this.isOn) this.#onAnswer(true);
    } catch {
      if (this.isOn) this.#onAnswer(false);
    }
  }
}
