// The few moments when the page has to stop and say why, and how to go on.

import { button, make, one, oneOrNone } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";

/** @import { SocketState } from "../../types/transport.d.ts" */
/** @import { Link } from "../connection/link.js" */

const WARNING_MS = 60_000;
const ANSWERING = /** @type {const} */ (["INTERRUPTION_DELTA", "INTERRUPTION_RESPONSE"]);

/**
 * @typedef {object} Stop
 * @property {string} title
 * @property {string} text
 * @property {string} [action] what leads back to reading here
 * @property {string} [reload]
 * @property {boolean} [home] whether the shelf is all that is left
 * @property {boolean} [signIn]
 */

/** @type {Partial<Record<SocketState, Stop>>} */
const STOPS = {
  taken: {
    title: "This book is open somewhere else",
    text: "Your place is safe there.",
    action: "Read here",
  },
  asleep: {
    title: "Your book had a little rest",
    text: "Your place is kept.",
    action: "Go on reading",
  },
  broken: {
    title: "Something got mixed up",
    text: "Your place is kept. Opening the page again puts it right.",
    reload: "Open the page again",
  },
  gone: { title: "This book is closed now", text: "There are more on the shelf.", home: true },
  "signed-out": {
    title: "You are signed out",
    text: "Your place is kept. Sign in and read on.",
    signIn: true,
  },
};

/**
 * Emits "stop" when there is nothing to read on with until the child chooses.
 *
 * @extends {Emitter<{stop: []}>}
 */
export class Stops extends Emitter {
  #link;
  #dialog;
  #idleMs;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle;
  #isWarning = false;

  /** @param {{link: Link, dialog: HTMLDialogElement, idleSeconds: number}} parts */
  constructor({ link, dialog, idleSeconds }) {
    super();
    this.#link = link;
    this.#dialog = dialog;
    this.#idleMs = idleSeconds * 1000;
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    link.on("state", (state) => {
      const stop = STOPS[state];
      if (!stop) return;
      this.emit("stop");
      this.#explain(stop);
    });
    // An answer that is coming is being waited for.
    for (const sign of ANSWERING) link.on(sign, () => this.noteActivity());
    link.on("SESSION_RESTORED", () => {
      if (!this.#isWarning) dialog.close();
    });
    this.noteActivity();
  }

  /** The child did something: they are here. */
  noteActivity() {
    if (this.#isWarning) this.#dialog.close();
    this.#isWarning = false;
    clearTimeout(this.#idle);
    const wait = Math.max(this.#idleMs - WARNING_MS, this.#idleMs / 2);
    this.#idle = setTimeout(() => this.#warn(), wait);
  }

  /** @param {Stop} stop */
  #explain({ title, text, action, reload, home, signIn }) {
    // No warning any more: a touch alone does not put this one away, only its button.
    this.#isWarning = false;
    clearTimeout(this.#idle);
    const goTo = (/** @type {string} */ address) => () => location.assign(address);
    const way = (/** @type {string} */ label, /** @type {() => void} */ onclick) =>
      button(label, { kind: "strong", onclick });
    const here = `/login?next=${encodeURIComponent(location.pathname)}`;
    this.#open(
      title,
      text,
      action && way(action, () => this.#comeBack()),
      reload && way(reload, () => location.reload()),
      signIn && way("Sign in", goTo(here)),
      home && way("To the shelf", goTo("/library")),
      !home && !signIn && button("To the shelf", { kind: "plain", onclick: goTo("/library") }),
    );
  }

  #comeBack() {
    this.#dialog.close();
    this.noteActivity();
    this.#link.takeBack();
  }

  #warn() {
    if (this.#dialog.open) return;
    this.#isWarning = true;
    this.#open(
      "Are you still reading?",
      "Your book is about to have a rest. Your place is kept either way.",
      button("Yes, I am here", { kind: "strong", onclick: () => this.noteActivity() }),
    );
  }

  /**
   * @param {string} title
   * @param {string} text
   * @param {(HTMLElement | "" | false | undefined)[]} ways
   */
  #open(title, text, ...ways) {
    one("[data-body]", this.#dialog).replaceChildren(
      make("h2", { id: "stop-title", text: title }),
      make("p", { text }),
      make("div", { class: "row" }, ...ways),
    );
    if (!this.#dialog.open) this.#dialog.showModal();
    oneOrNone("button", this.#dialog)?.focus();
  }
}
