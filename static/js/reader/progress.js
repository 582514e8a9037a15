// Telling the server where the child is: about once a second while something moves, and at once
// when it matters.

const EVERY_MS = 1_000;
const PRESENT_MS = 60_000;

export class Progress {
  #reading;
  #link;
  #book;
  #sent = "";
  #sentAt = 0;

  constructor({ reading, link, book }) {
    this.#reading = reading;
    this.#link = link;
    this.#book = book;
    setInterval(() => this.#tick(), EVERY_MS);
    reading.on("playing", (playing) => !playing && this.tell());
    reading.on("word", (word) => this.#crossed(word) && this.tell());
    addEventListener("pagehide", () => this.tell());
    document.addEventListener("visibilitychange", () => document.hidden && this.tell());
  }

  /** Say where we are now, if that is news. */
  tell() {
    const { word, playing, rate, timestamp } = this.#reading;
    const place = JSON.stringify([word, playing, rate]);
    if (place === this.#sent) return;
    this.#sent = place;
    this.#send({ word, playing, rate, timestamp });
  }

  /** The child is here though nothing moved: say so now and then, so that the book stays open. */
  present() {
    if (performance.now() - this.#sentAt > PRESENT_MS) this.#send(this.#reading);
  }

  #send({ word, playing, rate, timestamp }) {
    this.#sentAt = performance.now();
    const payload = { wordIndex: word, isPlaying: playing, rate };
    if (timestamp !== null) payload.audioTimestamp = Math.round(timestamp * 1000) / 1000;
    this.#link.progress(payload);
  }

  #tick() {
    this.tell();
  }

  /** A checkpoint should come with its sentence, not up to a second later. */
  #crossed(word) {
    return this.#book.checkpoints.some(({ atWord }) => atWord === word);
  }
}
