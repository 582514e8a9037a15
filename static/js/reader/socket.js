// Staying connected: a WebSocket, or the event stream where sockets are blocked; coming back by
// itself when the server says so, and staying away when it says so.

import { Emitter } from "./events.js";
import { StreamTransport } from "./stream.js";

const OPENING_MS = 5_000;
const QUIET_MS = 15_000;
const ANSWER_MS = 10_000;
const STEADY_MS = 8_000;
const WAITS_MS = [400, 1_000, 2_000, 4_000, 8_000, 15_000];

/** Close codes after which only the child can bring the page back. */
const RESTING = {
  1000: "done",
  1009: "broken",
  4400: "broken",
  4401: "signed-out",
  4404: "gone",
  4408: "asleep",
  4409: "taken",
};

/** Some servers drop the code of a close; the ERROR before it says the same. */
const MEANT = {
  not_signed_in: 4401,
  not_found: 4404,
  idle: 4408,
  taken_over: 4409,
  full: 4503,
  restarting: 1012,
  too_many_bad: 4400,
  too_many: 4429,
};

class WebSocketTransport {
  onopen = () => {};
  onframe = () => {};
  onclose = () => {};
  #socket;
  #closed = false;

  constructor(url) {
    this.#socket = new WebSocket(url, ["readerai.v1"]);
    this.#socket.onopen = () => this.#closed || this.onopen();
    this.#socket.onmessage = (event) => this.#closed || this.onframe(JSON.parse(event.data));
    this.#socket.onclose = (event) => {
      if (this.#closed) return;
      this.#closed = true;
      this.onclose(event.code);
    };
  }

  send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  close() {
    this.#closed = true;
    this.#socket.close(1000);
  }
}

/** Emits "frame" (frame) and "state" (state, code). */
export class Socket extends Emitter {
  state = "new";
  #config;
  #transport = null;
  #failedOpens = 0;
  #failures = 0;
  #meant = 0;
  #timer = null;
  #quiet = null;

  constructor(config) {
    super();
    this.#config = config;
    addEventListener("online", () => this.state === "waiting" && this.connect());
    addEventListener("offline", () => this.#lost(1006));
  }

  get usesStream() {
    return this.#failedOpens >= 2;
  }

  connect() {
    clearTimeout(this.#timer);
    this.#drop();
    this.#meant = 0;
    const transport = this.usesStream
      ? new StreamTransport(this.#config)
      : new WebSocketTransport(this.#config.socketUrl);
    this.#transport = transport;
    this.#timer = setTimeout(() => this.#lost(1006), OPENING_MS);
    transport.onopen = () => this.#opened();
    transport.onframe = (frame) => this.#receive(frame);
    transport.onclose = (code) => this.#lost(code);
    this.#become("connecting");
  }

  send(frame) {
    if (this.state !== "open") return false;
    this.#transport.send(frame);
    this.#listenForQuiet();
    return true;
  }

  rest(state) {
    this.#drop();
    clearTimeout(this.#timer);
    this.#become(state);
  }

  #opened() {
    clearTimeout(this.#timer);
    if (!this.usesStream) this.#failedOpens = 0;
    this.#become("open");
    this.#listenForQuiet();
    // A line that breaks again at once is not to be opened again and again at once.
    this.#timer = setTimeout(() => (this.#failures = 0), STEADY_MS);
  }

  #receive(frame) {
    this.#listenForQuiet();
    if (frame.type === "ERROR" && MEANT[frame.payload.code]) {
      this.#meant = MEANT[frame.payload.code];
    }
    this.emit("frame", frame);
  }

  #lost(code) {
    if (!this.#transport) return;
    const hadOpened = this.state === "open";
    this.#drop();
    clearTimeout(this.#timer);
    const why = code >= 4000 || code === 1012 || code === 1000 ? code : this.#meant || code;
    if (RESTING[why]) return this.#become(RESTING[why], why);
    if (!hadOpened && navigator.onLine) {
      // Neither way leads anywhere: start over with the first.
      this.#failedOpens = this.usesStream ? 0 : this.#failedOpens + 1;
    }
    this.#timer = setTimeout(() => this.connect(), this.#wait(why));
    this.#become("waiting", why);
  }

  #wait(code) {
    const jitter = 0.5 + Math.random();
    if (code === 1012) return 600 * Math.random();
    if (code === 4429) return 20_000 * jitter;
    const step = Math.min(this.#failures++, WAITS_MS.length - 1);
    return (code === 4503 ? 3_000 : 0) + WAITS_MS[step] * jitter;
  }

  /** A quiet line is asked whether it is still there, and given up when it does not answer. */
  #listenForQuiet() {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (!this.send({ type: "HEARTBEAT", sessionId: this.#config.sessionId })) return;
      clearTimeout(this.#quiet);
      this.#quiet = setTimeout(() => this.#lost(1006), ANSWER_MS);
    }, QUIET_MS);
  }

  #drop() {
    clearTimeout(this.#quiet);
    this.#transport?.close();
    this.#transport = null;
  }

  #become(state, code = 0) {
    this.state = state;
    this.emit("state", state, code);
  }
}
