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
  /** The place that the server is known to have. */
  #agreed;

  constructor({ reading, link, book, saved }) {
    this.#reading = reading;
    this.#link = link;
    this.#book = book;
    this.#agreed = saved;
    link.on("PROGRESS_SAVED", ({ wordIndex }) => (this.#agreed = wordIndex));
    // What is read elsewhere from now on counts.
    link.on("state", (state) => state === "taken" && (this.#agreed = reading.word));
    setInterval(() => this.#tick(), EVERY_MS);
    reading.on("playing", (playing) => !playing && this.tell());
    reading.on("word", (word) => this.#crossed(word) && this.tell());
    addEventListener("pagehide", () => this.tell());
    document.addEventListener("visibilitychange", () => document.hidden && this.tell());
  }

  /**
   * The connection is back. Where nobody has moved here since, the child may have read on elsewhere:
   * then go to where that was. Returns whether the place changed.
   */
  restored({ wordIndex }) {
    const { word, playing } = this.#reading;
    const isNews = wordIndex !== word && word === this.#agreed && !playing;
    const goes = isNews && this.#link.unsavedWord === null;
    this.#agreed = wordIndex;
    if (goes) this.#reading.moveTo(wordIndex);
    this.tell();
    return goes;
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
