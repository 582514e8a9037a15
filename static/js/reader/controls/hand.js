// The raised hand: a button here, a mark on the teacher's wall.

import { one } from "../../shared/dom.js";

/** @import { Link } from "../connection/link.js" */

export class RaisedHand {
  #button;

  /** @param {{button: HTMLElement, link: Link, raised: boolean}} parts */
  constructor({ button, link, raised }) {
    this.#button = button;
    this.#show(raised);
    button.addEventListener("click", () => {
      link.send(this.#isUp ? "LOWER_HAND" : "RAISE_HAND", {});
      this.#show(!this.#isUp);
    });
    link.on("HAND", (payload) => this.#show(payload.raised));
  }

  get #isUp() {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  /** @param {boolean} raised */
  #show(raised) {
    this.#button.setAttribute("aria-pressed", String(raised));
    one("span", this.#button).textContent = raised ? "Hand is up" : "Raise hand";
  }
}
