// The settings drawer: every choice shows at once on the page itself, and is saved for next time.

import { all, one } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";
import { Drawer } from "../controls/drawer.js";
import { chosen, plainMeasures, positionOf } from "./choices.js";

/** @import { Appearance, Measures } from "../../types/reader.d.ts" */

const SAVE_MS = 400;
const ON_PAGE = /** @type {const} */ (["theme", "font", "size", "spacing", "width"]);

/**
 * Emits "change" whenever a choice is made.
 *
 * @extends {Emitter<{change: [appearance: Appearance]}>}
 */
export class Preferences extends Emitter {
  #appearance;
  #drawer;
  #inputs;
  #size;
  #url;
  #csrfToken;
  #measures;
  #hasFailed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saving;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.drawer
   * @param {Appearance} parts.appearance
   * @param {string} parts.url where the choices are stored
   * @param {() => string} parts.csrfToken
   * @param {Measures} parts.measures
   */
  constructor({ drawer, appearance, url, csrfToken, measures }) {
    super();
    this.#drawer = new Drawer(drawer);
    this.#inputs = all("input", drawer, HTMLInputElement);
    this.#size = one("input[name=size]", drawer, HTMLInputElement);
    this.#appearance = appearance;
    this.#url = url;
    this.#csrfToken = csrfToken;
    this.#measures = measures;
    this.#fill();
    drawer.addEventListener("input", ({ target }) => {
      if (target instanceof HTMLInputElement) this.#change(chosen(target));
    });
    this.#drawer.on("open", () =>
      one("input:checked, input", drawer).focus({ preventScroll: true }),
    );
    addEventListener("online", () => {
      if (this.#hasFailed) this.#save();
    });
  }

  get appearance() {
    return this.#appearance;
  }

  toggle() {
    this.#drawer.toggle();
  }

  close() {
    this.#drawer.close();
  }

  /**
   * Change one choice from elsewhere on the page: the speed, from the bar.
   *
   * @param {number} rate
   */
  setRate(rate) {
    this.#change({ rate });
    this.#fill();
  }

  #fill() {
    for (const input of this.#inputs) {
      const value = this.#appearance[/** @type {keyof Appearance} */ (input.name)];
      if (input.type === "radio")
        input.checked = Number(input.value) === value || input.value === value;
      else if (input.type === "checkbox") input.checked = value === true;
    }
    this.#size.value = String(positionOf(this.#size, this.#appearance.size));
    this.#nameSize();
  }

  #nameSize() {
    this.#size.setAttribute("aria-valuetext", `${this.#appearance.size} pixels`);
  }

  /** @param {Partial<Appearance>} choice */
  #change(choice) {
    this.#appearance = { ...this.#appearance, ...choice };
    this.#nameSize();
    const page = document.documentElement.dataset;
    for (const name of ON_PAGE) page[name] = String(this.#appearance[name]);
    page.highlight = this.#appearance.highlight ? "on" : "off";
    this.emit("change", this.#appearance);
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), SAVE_MS);
  }

  async #save() {
    const preferences = plainMeasures(this.#appearance, this.#measures);
    try {
      const answer = await fetch(this.#url, {
        method: "PATCH",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.#csrfToken() },
        body: JSON.stringify({ preferences }),
        keepalive: true,
      });
      this.#hasFailed = !answer.ok;
    } catch {
      this.#hasFailed = true; // Shown all the same; saved when the connection is back.
    }
  }
}
