// One calm line about the connection and whatever else is worth a sentence.

import { FULL } from "../../shared/close-codes.js";
import { button, icon, make } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";

/** @import { Link } from "../connection/link.js" */

const PATIENCE_MS = 2500;
const OFFER_MS = 30_000;

/**
 * Emits "said" with what a line says.
 *
 * @extends {Emitter<{said: [text: string]}>}
 */
export class Notices extends Emitter {
  #link;
  #line;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #patience = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;

  /** @param {{link: Link, line: HTMLElement}} parts */
  constructor({ link, line }) {
    super();
    this.#link = link;
    this.#line = line;
    link.on("state", (state, code) => {
      if (state === "waiting") this.#waiting(code);
    });
    link.on("SESSION_RESTORED", () => this.#restored());
    link.on("ERROR", ({ code, message }, { replyTo }) => {
      if (code === "internal" && !replyTo) this.say(message);
    });
  }

  /**
   * A line that goes away by itself.
   *
   * @param {string} text
   * @param {number} [ms]
   */
  say(text, ms = 6000) {
    this.#show("book", text);
    this.#saying = setTimeout(() => this.#hide(), ms);
  }

  /**
   * A line that asks whether to do something, for as long as it stands there.
   *
   * @param {string} text
   * @param {string} label what its button says
   * @param {() => void} act
   */
  offer(text, label, act) {
    this.#show("book", text);
    const accept = () => {
      this.#hide();
      act();
    };
    this.#line.append(button(label, { kind: "plain", onclick: accept }));
    this.#saying = setTimeout(() => this.#hide(), OFFER_MS);
  }

  /** @param {number} code why the connection was lost */
  #waiting(code) {
    if (code === FULL) {
      this.#lasting("Very many children are reading. Read on; I keep your place.");
      return;
    }
    if (this.#line.dataset.kind === "offline" || this.#patience !== null) return;
    // A connection that is back within a breath is not worth a word. Each try to come back says
    // "waiting" anew, so the breath is counted from the first.
    this.#patience = setTimeout(() => {
      this.#patience = null;
      if (this.#link.live) return;
      this.#lasting("No connection just now. Read on; I keep your place.");
    }, PATIENCE_MS);
  }

  #restored() {
    if (this.#patience !== null) clearTimeout(this.#patience);
    this.#patience = null;
    if (this.#line.dataset.kind === "offline") this.say("Connected again.", 2500);
  }

  /**
   * A line that stays until the connection is back.
   *
   * @param {string} text
   */
  #lasting(text) {
    this.#show("cloud", text);
    this.#line.dataset.kind = "offline";
  }

  /**
   * @param {string} name of an icon
   * @param {string} text
   */
  #show(name, text) {
    clearTimeout(this.#saying);
    this.#line.dataset.kind = "";
    this.#line.replaceChildren(icon(name), make("span", { text }));
    this.#line.classList.add("is-shown");
    this.emit("said", text);
  }

  #hide() {
    this.#line.dataset.kind = "";
    this.#line.classList.remove("is-shown");
    this.#line.replaceChildren();
  }
}
