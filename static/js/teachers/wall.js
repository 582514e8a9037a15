// The wall's cards as the server made them, exchanged one by one as they change. The order of the
// wall never does.

import { all, oneOrNone } from "../shared/dom.js";

const CALM_MS = 1000;
const COUNTED = { reading: '[data-state="reading"]', hand: "[data-hand]", help: "[data-help]" };
/** What is worth a breath: another state, a hand, a reason; not each word read. */
const CALLING = ["state", "hand", "help", "concern"];

/** @typedef {{at: number, next: HTMLElement | null}} Exchange when a seat's card was last changed */

export class Wall {
  #wall;
  #onChange;
  /** @type {Map<string, Exchange>} */
  #exchanges = new Map();

  /**
   * @param {HTMLElement} wall
   * @param {() => void} onChange called after a card was exchanged
   */
  constructor(wall, onChange) {
    this.#wall = wall;
    this.#onChange = onChange;
  }

  /** How many children the class has. */
  get size() {
    return seatsOf(this.#wall).length;
  }

  /**
   * Whether these are the numbers of this wall's seats, in whatever order.
   *
   * @param {readonly string[]} numbers
   */
  hasSeats(numbers) {
    const mine = new Set(seatsOf(this.#wall).map(numberOf));
    return mine.size === numbers.length && numbers.every((number) => mine.has(number));
  }

  /**
   * Show a card soon: at most one a second for each child, however the network bunches them.
   *
   * @param {string} html
   */
  show(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const [fresh] = seatsOf(template.content);
    if (!fresh) return;
    const seat = numberOf(fresh);
    const exchange = this.#exchanges.get(seat) ?? { at: -CALM_MS, next: null };
    this.#exchanges.set(seat, exchange);
    const waits = exchange.next !== null;
    exchange.next = fresh;
    if (waits) return;
    const wait = exchange.at + CALM_MS - performance.now();
    setTimeout(() => this.#exchange(seat, exchange), wait);
  }

  /**
   * Put a card in the place of the one that its child has.
   *
   * @param {string} seat
   * @param {Exchange} exchange
   */
  #exchange(seat, exchange) {
    const fresh = exchange.next;
    exchange.next = null;
    const old = oneOrNone(`.seat[data-seat="${CSS.escape(seat)}"]`, this.#wall);
    if (!old || !fresh || old.outerHTML === fresh.outerHTML) return;
    exchange.at = performance.now();
    const hadFocus = old.contains(document.activeElement);
    keepCover(old, fresh);
    if (CALLING.some((name) => old.dataset[name] !== fresh.dataset[name])) breathe(fresh);
    old.replaceWith(fresh);
    if (hadFocus) oneOrNone("a", fresh)?.focus({ preventScroll: true });
    this.#count();
    this.#onChange();
  }

  #count() {
    for (const [name, which] of Object.entries(COUNTED)) {
      const place = oneOrNone(`[data-count="${name}"]`);
      const count = this.#wall.querySelectorAll(`.seat${which}`).length;
      if (place) place.textContent = String(count);
    }
  }
}

/** @param {ParentNode} root */
export const seatsOf = (root) => all(".seat", root);

/** @param {HTMLElement} seat */
export const numberOf = (seat) => seat.dataset.seat ?? "";

/**
 * The children about whom something is on the desk.
 *
 * @param {ParentNode} root
 */
export const concernedIn = (root) =>
  all(".seat[data-concern] h3 a", root).map((name) => name.textContent ?? "");

/**
 * A cover that stays the same is not drawn anew.
 *
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 */
function keepCover(old, fresh) {
  const [cover, freshCover] = [oneOrNone("img", old), oneOrNone("img", fresh)];
  if (cover && freshCover && cover.getAttribute("src") === freshCover.getAttribute("src")) {
    freshCover.replaceWith(cover);
  }
}

/** @param {HTMLElement} seat */
function breathe(seat) {
  seat.classList.add("breathes");
  const done = () => seat.classList.remove("breathes");
  seat.addEventListener("animationend", done, { once: true });
}
