// The wire contract over whatever connection there is: every message is kept until the server has
// answered it, sent again after a break, in order, under the same number.

import { Emitter } from "./events.js";

/** These wait for an answer that the child is to see; being saved is not yet that. */
const AWAITED = new Set(["STUDENT_INTERRUPTION", "CHECKPOINT_ANSWER"]);
const PACE = 18;
const RETRY_MS = 1_500;

/** Emits each server frame under its type as (payload, frame), and "state". */
export class Link extends Emitter {
  live = false;
  #config;
  #socket;
  #outbox;
  #flushing = Promise.resolve();
  #elsewhere = false;

  constructor({ config, socket, outbox }) {
    super();
    this.#config = config;
    this.#socket = socket;
    this.#outbox = outbox;
    socket.on("frame", (frame) => this.#receive(frame));
    socket.on("state", (state, code) => {
      if (state !== "open") this.live = false;
      this.#elsewhere = state === "taken";
      // Wherever the child reads now knows the place better.
      if (this.#elsewhere) this.#forgetPlaces(() => true);
      this.emit("state", state, code);
    });
  }

  /** Say something once: {entry, kept}. The entry's `id` is what a frame's `replyTo` will name. */
  send(type, payload = {}) {
    const added = this.#outbox.add(type, payload);
    this.#flush();
    return added;
  }

  /** Where the child is: of those never sent, only the newest is worth keeping. */
  progress(payload) {
    if (this.#elsewhere) return;
    this.#forgetPlaces(({ id }) => id === null);
    this.send("READING_PROGRESS", payload);
  }

  /** The book was taken elsewhere and the child wants it here again. */
  async takeBack() {
    await this.#outbox.refresh().catch(() => {});
    this.#socket.connect();
  }

  /** Whether something is waiting for the connection to come back. */
  waiting(type) {
    return this.#outbox.entries.some((entry) => entry.type === type);
  }

  /** The place that was last read here and that the server does not know of yet. */
  get unsavedWord() {
    const places = this.#outbox.entries.filter((entry) => entry.type === "READING_PROGRESS");
    return places.length ? places[places.length - 1].payload.wordIndex : null;
  }

  withdraw(entry) {
    this.#outbox.remove((other) => other === entry && other.id === null);
  }

  #forgetPlaces(matches) {
    this.#outbox.remove((entry) => entry.type === "READING_PROGRESS" && matches(entry));
  }

  #flush() {
    this.#flushing = this.#flushing.then(() => this.#sendNew());
  }

  async #sendNew() {
    for (const entry of this.#outbox.entries.filter((each) => each.id === null)) {
      if (!this.live) return;
      await this.#outbox.number(entry);
      if (!this.live) return;
      this.#transmit(entry);
    }
  }

  #transmit({ type, id, payload }) {
    this.#socket.send({ type, sessionId: this.#config.sessionId, id, payload });
  }

  #receive(frame) {
    if (frame.type === "SESSION_RESTORED") return this.#restored(frame);
    if (frame.replyTo) this.#answered(frame);
    this.emit(frame.type, frame.payload, frame);
  }

  #restored(frame) {
    const { lastId } = frame.payload;
    this.#outbox.seen(lastId);
    this.#outbox.remove(({ id, type }) => id !== null && id <= lastId && !AWAITED.has(type));
    this.emit("SESSION_RESTORED", frame.payload, frame);
    this.#flushing = this.#flushing.then(() => this.#resend());
    this.#flush();
  }

  async #resend() {
    this.live = true;
    const unanswered = this.#outbox.entries.filter(({ id }) => id !== null);
    for (const [place, entry] of unanswered.entries()) {
      if (place && place % PACE === 0) await new Promise((go) => setTimeout(go, 1_000));
      if (!this.live) return;
      this.#transmit(entry);
    }
  }

  #answered({ type, replyTo, payload }) {
    if (type === "ERROR" && payload.retryable) return this.#tryAgain(replyTo);
    if (type === "PROGRESS_SAVED") {
      this.#forgetPlaces(({ id }) => id !== null && id <= replyTo);
    } else if (type !== "PAUSE_AUDIO") {
      this.#outbox.remove((entry) => entry.id === replyTo);
    }
  }

  #tryAgain(id) {
    setTimeout(() => {
      const entry = this.#outbox.entries.find((each) => each.id === id);
      if (entry && this.live) this.#transmit(entry);
    }, RETRY_MS);
  }
}
