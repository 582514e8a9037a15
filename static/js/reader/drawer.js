// What slides in beside the page, one at a time, and gives the focus back when it goes.

import { Emitter } from "./events.js";
import { one } from "./dom.js";

const OPEN = "is-choosing";

/** Emits "open", when the focus may be put where it is wanted, and "close". */
export class Drawer extends Emitter {
  static #shown = null;
  #element;
  #returnTo = null;

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
    return this.isOpen ? this.close() : this.open();
  }

  open() {
    if (this.isOpen) return;
    Drawer.#shown?.close();
    Drawer.#shown = this;
    this.#returnTo = document.activeElement;
    this.#element.hidden = false;
    document.body.classList.add(OPEN);
    this.emit("open");
  }

  close() {
    if (!this.isOpen) return;
    Drawer.#shown = null;
    this.#element.hidden = true;
    document.body.classList.remove(OPEN);
    this.#returnTo?.focus?.({ preventScroll: true });
    this.emit("close");
  }
}
