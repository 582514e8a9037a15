// The wire contract over whatever connection there is: every message is kept until the server has
// answered it, sent again after a break, in order, under the same number.

import { Emitter } from "../../shared/emitter.js";

/** @import { Socket } from "../../shared/socket.js" */
/** @import { Outbox } from "./outbox.js" */
/** @import { SocketState } from "../../types/transport.d.ts" */
/**
 * @import { AnyOutboxEntry, AnyServerFrame, ClientPayloads, ClientType, ServerFrame,
 *   ServerPayloads } from "../../types/wire.d.ts"
 */

/**
 * @typedef {{[Type in keyof ServerPayloads]: [payload: ServerPayloads[Type], frame: ServerFrame<Type>]}
 *   & {state: [state: SocketState, code: number]}} LinkEvents
 */

/** These wait for an answer that the child is to see; being saved is not yet that. */
const AWAITED = new Set(["STUDENT_INTERRUPTION", "CHECKPOINT_ANSWER"]);
const PACE = 18;
const PACE_MS = 1000;
const RETRY_MS = 1500;

/**
 * Emits each server frame under its type, and the socket's state.
 *
 * @extends {Emitter<LinkEvents>}
 */
export class Link extends Emitter {
  /** Whether the server has told where the session stands, so that messages go out at once. */
  live = false;
  #sessionId;
  #socket;
  #outbox;
  /** @type {Promise<void>} */
  #flushing = Promise.resolve();
  #elsewhere = false;

  /** @param {{sessionId: string, socket: Socket, outbox: Outbox}} parts */
  constructor({ sessionId, socket, outbox }) {
    super();
    this.#sessionId = sessionId;
    this.#socket = socket;
    this.#outbox = outbox;
    socket.on("frame", (frame) => this.#receive(/** @type {AnyServerFrame} */ (frame)));
    socket.on("state", (state, code) => {
      if (state !== "open") this.live = false;
      this.#elsewhere = state === "taken";
      // Wherever the child reads now knows the place better.
      if (this.#elsewhere) this.#forgetPlaces(() => true);
      this.emit("state", state, code);
    });
  }

  /**
   * Say something once. The entry's `id` is what a frame's `replyTo` will name.
   *
   * @template {ClientType} Type
   * @param {Type} type
   * @param {ClientPayloads[Type]} payload
   * @returns {{entry: AnyOutboxEntry, kept: Promise<void>}} `kept` when it is on disk
   */
  send(type, payload) {
    const added = this.#outbox.add(type, payload);
    this.#flush();
    return added;
  }

  /**
   * Where the child is: of those never sent, only the newest is worth keeping.
   *
   * @param {ClientPayloads["READING_PROGRESS"]} payload
   */
  progress(payload) {
    if (this.#elsewhere) return;
    this.#forgetPlaces(({ id }) => id === null);
    // A place that was noted before another device read on must not move the book back.
    const under = this.#outbox.owner;
    this.send("READING_PROGRESS", under === null ? payload : { ...payload, under });
  }

  /** The book was taken elsewhere and the child wants it here again. */
  takeBack() {
    this.#socket.connect();
  }

  /** The places that were read here and that the server may not know of yet, oldest first. */
  get unsavedWords() {
    return this.#outbox.entries.flatMap((entry) =>
      entry.type === "READING_PROGRESS" ? [entry.payload.wordIndex] : [],
    );
  }

  /**
   * Take back what was not sent yet.
   *
   * @param {AnyOutboxEntry} entry
   */
  withdraw(entry) {
    this.#outbox.remove((other) => other === entry && other.id === null);
  }

  /** @param {(entry: AnyOutboxEntry) => boolean} matches */
  #forgetPlaces(matches) {
    this.#outbox.remove((entry) => entry.type === "READING_PROGRESS" && matches(entry));
  }

  #flush() {
    this.#flushing = this.#flushing.then(() => this.#sendNew());
  }

  async #sendNew() {
    for (const entry of this.#outbox.entries.filter(({ id }) => id === null)) {
      if (!this.live) return;
      const isMine = await this.#outbox.number(entry);
      if (!this.live) return;
      if (isMine) this.#transmit(entry);
    }
  }

  /** @param {AnyOutboxEntry} entry */
  #transmit({ type, id, payload }) {
    const frame = { type, sessionId: this.#sessionId, id, payload };
    this.#socket.send(frame);
  }

  /** @param {AnyServerFrame} frame */
  #receive(frame) {
    if (frame.type === "SESSION_RESTORED") return this.#restored(frame);
    if (frame.replyTo) this.#answered(frame, frame.replyTo);
    this.#tell(frame);
  }

  /** @param {AnyServerFrame} frame */
  #tell(frame) {
    // That a payload belongs to its type is known here and cannot be said to the type checker.
    const details = /** @type {[any, any]} */ ([frame.payload, frame]);
    this.emit(frame.type, ...details);
  }

  /** @param {ServerFrame<"SESSION_RESTORED">} frame */
  #restored(frame) {
    const { lastId, owner } = frame.payload;
    this.#outbox.own(owner);
    this.#outbox.seen(lastId);
    this.#outbox.remove(({ id, type }) => id !== null && id <= lastId && !AWAITED.has(type));
    this.#tell(frame);
    this.#flushing = this.#flushing.then(() => this.#resend());
    this.#flush();
  }

  /** Another tab may have sent some of it meanwhile, and heard the answer. */
  async #resend() {
    await this.#outbox.refresh().catch(() => undefined);
    if (this.#socket.state !== "open") return;
    this.live = true;
    const unanswered = this.#outbox.entries.filter(({ id }) => id !== null);
    for (const [place, entry] of unanswered.entries()) {
      if (place && place % PACE === 0) await new Promise((go) => setTimeout(go, PACE_MS));
      if (!this.live) return;
      this.#transmit(entry);
    }
  }

  /**
   * @param {AnyServerFrame} frame
   * @param {number} replyTo
   */
  #answered({ type, payload }, replyTo) {
    if (type === "ERROR" && payload.retryable) return this.#tryAgain(replyTo);
    if (type === "PROGRESS_SAVED") {
      this.#forgetPlaces(({ id }) => id !== null && id <= replyTo);
    } else if (type !== "PAUSE_AUDIO") {
      this.#outbox.remove(({ id }) => id === replyTo);
    }
  }

  /** @param {number} id */
  #tryAgain(id) {
    setTimeout(() => {
      const entry = this.#outbox.entries.find((each) => each.id === id);
      if (entry && this.live) this.#transmit(entry);
    }, RETRY_MS);
  }
}
