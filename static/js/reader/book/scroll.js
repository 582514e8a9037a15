// Keeping the sentence in the calm middle of the page, and letting go as soon as the child scrolls.

import { prefersCalmMotion } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";

const GLIDE_MS = 190;
const PASSING_MS = 250;
const SETTLING_MS = 160;
const KEYS = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"]);

/**
 * Emits "own" when the child scrolls by hand, "passing" now and then while the page moves, and
 * "settled" (whether by hand) when it has stopped.
 *
 * @extends {Emitter<{own: [], passing: [], settled: [byHand: boolean]}>}
 */
export class Scroll extends Emitter {
  following = true;
  #gliding = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  #byHand = false;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #passing = null;

  constructor() {
    super();
    const own = () => this.#own();
    addEventListener("wheel", own, { passive: true });
    addEventListener("touchmove", own, { passive: true });
    addEventListener("keydown", (event) => {
      if (KEYS.has(event.key) && !isInField(event)) own();
    });
    // A drag of the scroll bar comes as a press outside every element's own box.
    addEventListener("pointerdown", (event) => {
      if (event.clientX >= document.documentElement.clientWidth) own();
    });
    addEventListener("scroll", () => this.#moved(), { passive: true });
  }

  /**
   * The part of the window that text can be read in.
   *
   * @returns {[top: number, bottom: number]}
   */
  get clear() {
    const style = getComputedStyle(document.body);
    const covered = (/** @type {string} */ name) =>
      Number.parseFloat(style.getPropertyValue(name)) || 0;
    return [covered("--covered-top"), innerHeight - covered("--covered-bottom")];
  }

  /** Where the eye rests: a third of the way down, higher up while the page's start is shown. */
  get restingLine() {
    const [top, bottom] = this.clear;
    return top + Math.min((bottom - top) / 3, 24 + scrollY);
  }

  /** @param {Element} element */
  isSeen(element) {
    const box = element.getBoundingClientRect();
    const [top, bottom] = this.clear;
    return box.bottom > top && box.top < bottom;
  }

  /**
   * Bring a word back to the calm middle if it has left it.
   *
   * @param {Element | null} element
   */
  follow(element) {
    if (!this.following || !element || document.hidden) return;
    const [top, bottom] = this.clear;
    const third = (bottom - top) / 3;
    const box = element.getBoundingClientRect();
    if (box.top < top + third * 0.5 || box.bottom > top + third * 2) this.bring(element);
  }

  /**
   * Put an element's top at a part of the clear height, or higher where it would not fit.
   *
   * @param {Element} element
   * @param {{at?: number, instant?: boolean}} [options]
   */
  bring(element, { at = 1 / 3, instant = false } = {}) {
    const [top, bottom] = this.clear;
    const box = element.getBoundingClientRect();
    const line = Math.max(top, Math.min(top + (bottom - top) * at, bottom - box.height));
    this.#glide(Math.max(0, scrollY + box.top - line), instant);
  }

  /**
   * @param {number} target
   * @param {boolean} instant
   */
  #glide(target, instant) {
    cancelAnimationFrame(this.#gliding);
    if (instant || prefersCalmMotion()) return scrollTo({ top: target, behavior: "instant" });
    const from = scrollY;
    const start = performance.now();
    const step = (/** @type {number} */ now) => {
      const part = Math.min(1, (now - start) / GLIDE_MS);
      const eased = part * (2 - part);
      scrollTo({ top: from + (target - from) * eased, behavior: "instant" });
      if (part < 1) this.#gliding = requestAnimationFrame(step);
    };
    this.#gliding = requestAnimationFrame(step);
  }

  #own() {
    cancelAnimationFrame(this.#gliding);
    this.#byHand = true;
    this.following = false;
    this.emit("own");
    this.#settle();
  }

  #moved() {
    this.#settle();
    this.#passing ??= setTimeout(() => {
      this.#passing = null;
      this.emit("passing");
    }, PASSING_MS);
  }

  #settle() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      const byHand = this.#byHand;
      this.#byHand = false;
      this.emit("settled", byHand);
    }, SETTLING_MS);
  }
}

/** @param {Event} event */
const isInField = ({ target }) =>
  target instanceof Element && target.closest("input, textarea, select, [role=dialog], dialog");
