// Staying connected: coming back by itself when the server says so or the line broke, staying away
// when it says so, and taking the next way where the first is blocked.

import {
  announcedCode,
  FULL,
  isDeliberate,
  LOST,
  RESTARTING,
  RESTING,
  TAKEN,
  TOO_MANY,
} from "./close-codes.js";
import { Emitter } from "./emitter.js";
import { Watchdog } from "./watchdog.js";

/** @import { Frame, Network, OpenWay, SocketState, Transport } from "../types/transport.d.ts" */

const OPENING_MS = 5000;
const STEADY_MS = 8000;
const WAITS_MS = [400, 1000, 2000, 4000, 8000];
const LONGEST_WAIT_MS = 15_000;
const FIRST_PROBE_MS = 30_000;
const LAST_PROBE_MS = 600_000;
/** After so many openings in a row that came to nothing, a way counts as blocked. */
const BLOCKED_AFTER = 2;

/** @extends {Emitter<{frame: [frame: Frame], state: [state: SocketState, code: number]}>} */
export class Socket extends Emitter {
  /** @type {SocketState} */
  state = "new";
  /** @type {readonly OpenWay[]} */
  #ways;
  /** @type {Frame} */
  #heartbeat;
  /** @type {Network} */
  #network;
  #quietFor;
  #probe;
  #watchdog;
  /** @type {Transport | null} */
  #transport = null;
  #way = 0;
  #failedOpens = 0;
  #failures = 0;
  #announced = 0;
  #hasHeard = false;
  #lostAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #probing;

  /**
   * @param {object} options
   * @param {readonly OpenWay[]} options.ways each opens a connection; the first is the best
   * @param {Frame} options.heartbeat what is sent to see whether a quiet line is still there
   * @param {() => number} [options.quietFor] how many milliseconds ago a person was seen to be there
   * @param {() => Promise<boolean>} [options.probe] whether the best way is open again
   * @param {Network} [options.network]
   */
  constructor({ ways, heartbeat, quietFor = () => 0, probe, network = globalThis }) {
    super();
    this.#ways = ways;
    this.#heartbeat = heartbeat;
    this.#network = network;
    this.#quietFor = quietFor;
    this.#probe = probe;
    this.#watchdog = new Watchdog({
      ask: () => this.send(this.#heartbeat),
      giveUp: () => this.#lost(LOST),
    });
    network.addEventListener("online", () => this.look());
    network.addEventListener("offline", () => this.#lost(LOST));
  }

  /** Whether the only way has come to nothing again and again. */
  get isBlocked() {
    return this.#failedOpens >= BLOCKED_AFTER;
  }

  /** The machine has slept, or the network is another: see at once whether the line still holds. */
  look() {
    if (this.state === "waiting" || this.state === "new") this.#comeBack();
    else if (this.state === "open") this.send(this.#heartbeat);
  }

  /** Connect because a person wants it. */
  connect() {
    this.#open({ isAsked: true });
  }

  /** Connect by itself: only if nobody has come to the page since the line broke, if it is free. */
  #comeBack() {
    this.#open({ isAsked: this.state !== "new" && this.#quietFor() < Date.now() - this.#lostAt });
  }

  /** @param {{isAsked: boolean}} manner */
  #open(manner) {
    clearTimeout(this.#timer);
    this.#drop();
    this.#announced = 0;
    this.#hasHeard = false;
    const open = this.#ways[this.#way];
    if (!open) throw new Error("a socket has at least one way");
    const transport = open(manner);
    this.#transport = transport;
    this.#timer = setTimeout(() => this.#lost(LOST), OPENING_MS);
    transport.onopen = () => this.#opened();
    transport.onframe = (frame) => this.#receive(frame);
    transport.onclose = (code) => this.#lost(code);
    this.#become("connecting");
  }

  /** Another page of this browser has the connection now. */
  rest() {
    if (this.state === "new") return;
    clearTimeout(this.#timer);
    this.#drop();
    this.#become("taken", TAKEN);
  }

  /**
   * @param {Frame} frame
   * @returns {boolean} whether there was an open connection to send it on
   */
  send(frame) {
    if (this.state !== "open") return false;
    this.#transport?.send(frame);
    this.#watchdog.sent();
    return true;
  }

  #opened() {
    clearTimeout(this.#timer);
    this.#become("open");
    // The server speaks first.
    this.#watchdog.sent();
    this.#probeAfter(FIRST_PROBE_MS);
    // A line that breaks again at once is not to be opened again and again at once.
    this.#timer = setTimeout(() => {
      this.#failures = 0;
    }, STEADY_MS);
  }

  /** @param {Frame} frame */
  #receive(frame) {
    this.#watchdog.heard();
    this.#announced = announcedCode(frame) || this.#announced;
    if (frame.type !== "ERROR") this.#hasWorked();
    this.emit("frame", frame);
  }

  #hasWorked() {
    this.#hasHeard = true;
    this.#failedOpens = 0;
    this.#lostAt = 0;
  }

  /** @param {number} code */
  #lost(code) {
    if (!this.#transport) return;
    this.#drop();
    clearTimeout(this.#timer);
    const why = isDeliberate(code) ? code : this.#announced || code;
    const resting = RESTING[why];
    if (resting) return this.#become(resting, why);
    this.#lostAt ||= Date.now();
    const isFailed = !this.#hasHeard && !isDeliberate(why);
    if (isFailed && this.#network.navigator.onLine) this.#openingFailed();
    this.#timer = setTimeout(() => this.#comeBack(), this.#wait(why));
    this.#become("waiting", why);
  }

  /**
   * What blocked the best way may be gone some time.
   *
   * @param {number} wait milliseconds
   */
  #probeAfter(wait) {
    const probe = this.#probe;
    if (this.#way === 0 || !probe) return;
    this.#probing = setTimeout(async () => {
      const transport = this.#transport;
      const isOpen = await probe();
      if (transport !== this.#transport) return;
      if (!isOpen) return this.#probeAfter(Math.min(2 * wait, LAST_PROBE_MS));
      this.#way = 0;
      this.#comeBack();
    }, wait);
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

  #drop() {
    this.#watchdog.stop();
    clearTimeout(this.#probing);
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
