// Staying connected: coming back by itself when the server says so or the line broke, staying away
// when it says so, and taking the next way where the first is blocked.

import {
  announcedCode,
  FULL,
  isDeliberate,
  LOST,
  RESTARTING,
  RESTING,
  TOO_MANY,
} from "./close-codes.js";
import { Emitter } from "./emitter.js";

/** @import { Frame, Network, SocketState, Transport } from "../types/transport.d.ts" */

const OPENING_MS = 5000;
const QUIET_MS = 15_000;
const ANSWER_MS = 10_000;
const STEADY_MS = 8000;
const WAITS_MS = [400, 1000, 2000, 4000, 8000];
const LONGEST_WAIT_MS = 15_000;
/** After so many openings in a row that came to nothing, a way counts as blocked. */
const BLOCKED_AFTER = 2;

/** @extends {Emitter<{frame: [frame: Frame], state: [state: SocketState, code: number]}>} */
export class Socket extends Emitter {
  /** @type {SocketState} */
  state = "new";
  /** @type {readonly (() => Transport)[]} */
  #ways;
  /** @type {Frame} */
  #heartbeat;
  /** @type {Network} */
  #network;
  /** @type {Transport | null} */
  #transport = null;
  #way = 0;
  #failedOpens = 0;
  #failures = 0;
  #announced = 0;
  #hasHeard = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;

  /**
   * @param {object} options
   * @param {readonly (() => Transport)[]} options.ways each opens a connection; the first is the best
   * @param {Frame} options.heartbeat what is sent to see whether a quiet line is still there
   * @param {Network} [options.network]
   */
  constructor({ ways, heartbeat, network = globalThis }) {
    super();
    this.#ways = ways;
    this.#heartbeat = heartbeat;
    this.#network = network;
    network.addEventListener("online", () => {
      if (this.state === "waiting") this.connect();
    });
    network.addEventListener("offline", () => this.#lost(LOST));
  }

  /** Whether the only way has come to nothing again and again. */
  get isBlocked() {
    return this.#failedOpens >= BLOCKED_AFTER;
  }

  connect() {
    clearTimeout(this.#timer);
    this.#drop();
    this.#announced = 0;
    this.#hasHeard = false;
    const open = this.#ways[this.#way];
    if (!open) throw new Error("a socket has at least one way");
    const transport = open();
    this.#transport = transport;
    this.#timer = setTimeout(() => this.#lost(LOST), OPENING_MS);
    transport.onopen = () => this.#opened();
    transport.onframe = (frame) => this.#receive(frame);
    transport.onclose = (code) => this.#lost(code);
    this.#become("connecting");
  }

  /**
   * @param {Frame} frame
   * @returns {boolean} whether there was an open connection to send it on
   */
  send(frame) {
    if (this.state !== "open") return false;
    this.#transport?.send(frame);
    return true;
  }

  #opened() {
    clearTimeout(this.#timer);
    this.#become("open");
    this.#expectMore();
    // A line that breaks again at once is not to be opened again and again at once.
    this.#timer = setTimeout(() => {
      this.#failures = 0;
    }, STEADY_MS);
  }

  /** @param {Frame} frame */
  #receive(frame) {
    this.#expectMore();
    this.#announced = announcedCode(frame) || this.#announced;
    if (frame.type !== "ERROR") this.#hasWorked();
    this.emit("frame", frame);
  }

  #hasWorked() {
    this.#hasHeard = true;
    this.#failedOpens = 0;
  }

  /** @param {number} code */
  #lost(code) {
    if (!this.#transport) return;
    this.#drop();
    clearTimeout(this.#timer);
    const why = isDeliberate(code) ? code : this.#announced || code;
    const resting = RESTING[why];
    if (resting) return this.#become(resting, why);
    if (!this.#hasHeard && !isDeliberate(why) && this.#network.navigator.onLine)
      this.#openingFailed();
    this.#timer = setTimeout(() => this.connect(), this.#wait(why));
    this.#become("waiting", why);
  }

  /** A way that is blocked gives way to the next one; after the last it starts over with the first. */
  #openingFailed() {
    this.#failedOpens += 1;
    if (this.#ways.length === 1 || (this.#way === 0 && !this.isBlocked)) return;
    this.#way = (this.#way + 1) % this.#ways.length;
    this.#failedOpens = 0;
  }

  /**
   * @param {number} code
   * @returns {number} milliseconds until the next try
   */
  #wait(code) {
    const jitter = 0.5 + Math.random();
    if (code === RESTARTING) return 600 * Math.random();
    if (code === TOO_MANY) return 20_000 * jitter;
    const wait = WAITS_MS[this.#failures] ?? LONGEST_WAIT_MS;
    this.#failures += 1;
    return (code === FULL ? 3000 : 0) + wait * jitter;
  }

  /**
   * A line on which nothing comes is asked whether it is still there, and given up when it does not
   * answer. What we send says nothing about it: a dead line takes it all.
   */
  #expectMore() {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.send(this.#heartbeat);
      this.#quiet = setTimeout(() => this.#lost(LOST), ANSWER_MS);
    }, QUIET_MS);
  }

  #drop() {
    clearTimeout(this.#quiet);
    this.#transport?.close();
    this.#transport = null;
  }

  /**
   * @param {SocketState} state
   * @param {number} [code]
   */
  #become(state, code = 0) {
    this.state = state;
    this.emit("state", state, code);
  }
}
