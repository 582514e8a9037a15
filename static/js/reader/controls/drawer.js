// What slides in beside the page, one at a time, and gives the focus back when it goes.

import { one, rememberFocus } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";

const OPEN = "is-choosing";

/**
 * Emits "open", when the focus may be put where it is wanted, and "close".
 *
 * @extends {Emitter<{open: [], close: []}>}
 */
export class Drawer extends Emitter {
  /** @type {Drawer | null} */
  static #shown = null;
  #element;
  /** @type {() => void} */
  #restoreFocus = () => undefined;

  /** @param {HTMLElement} element */
  constructor(element) {
    super();
    this.#element = element;
    one("[data-close]", element).addEventListener("click", () => this.close());
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  get isOpen() {
    return !this.#element.hidden;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    if (this.isOpen) return;
    Drawer.#shown?.close();
    Drawer.#shown = this;
    this.#restoreFocus = rememberFocus();
    this.#element.hidden = false;
    document.body.classList.add(OPEN);
    this.emit("open");
  }

  close() {
    if (!this.isOpen) return;
    Drawer.#shown = null;
    this.#element.hidden = true;
    document.body.classList.remove(OPEN);
    this.#restoreFocus();
    this.emit("close");
  }
}
