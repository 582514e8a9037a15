// The settings drawer: every choice shows at once on the page itself, and is saved for next time.

import { Drawer } from "./drawer.js";
import { Emitter } from "./events.js";
import { all, cookie, one } from "./dom.js";

const SAVE_MS = 400;
const ON_PAGE = ["theme", "font", "size", "spacing", "width"];

/** Emits "change" (look) whenever a choice is made. */
export class Preferences extends Emitter {
  look;
  #drawer;
  #choices;
  #url;
  #measures;
  #saving = null;

  constructor({ drawer, look, url, measures }) {
    super();
    this.#drawer = new Drawer(drawer);
    this.#choices = drawer;
    this.look = look;
    this.#url = url;
    this.#measures = measures;
    this.#fill();
    drawer.addEventListener("input", (event) => this.#choose(event.target));
    this.#drawer.on("open", () => one("input:checked, input", drawer).focus({ preventScroll: true }));
    addEventListener("online", () => this.#saving === "failed" && this.#save());
  }

  toggle() {
    this.#drawer.toggle();
  }

  close() {
    this.#drawer.close();
  }

  /** Change one choice from elsewhere on the page, such as the speed from the bar. */
  set(name, value) {
    this.look = { ...this.look, [name]: value };
    this.#fill();
    this.#changed();
  }

  #fill() {
    for (const input of all("input", this.#choices)) {
      const value = this.look[input.name];
      if (input.type === "radio") input.checked = String(value) === input.value;
      else if (input.type === "checkbox") input.checked = value;
      else if (input.name === "size") input.value = this.#sizes(input).indexOf(value);
    }
    this.#nameSize();
  }

  #sizes(input) {
    return input.dataset.sizes.split(" ").map(Number);
  }

  #nameSize() {
    const input = one("input[name=size]", this.#choices);
    input.setAttribute("aria-valuetext", `${this.look.size} pixels`);
  }

  #choose(input) {
    const values = {
      radio: () => (input.name === "rate" ? Number(input.value) : input.value),
      checkbox: () => input.checked,
      range: () => this.#sizes(input)[Number(input.value)],
    };
    this.look = { ...this.look, [input.name]: values[input.type]() };
    this.#nameSize();
    this.#changed();
  }

  #changed() {
    for (const name of ON_PAGE) document.documentElement.dataset[name] = this.look[name];
    document.documentElement.dataset.highlight = this.look.highlight ? "on" : "off";
    this.emit("change", this.look);
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), SAVE_MS);
  }

  /** The choices as plain measures, which is how they are stored. */
  #plain() {
    const { theme, font, size, spacing, width, voice, rate, highlight } = this.look;
    return {
      ...{ theme, font, voice, rate, fontSize: size, columnWidth: this.#measures.width[width] },
      ...this.#measures.spacing[spacing],
      ...{ highlightWords: highlight, highlightSentences: highlight },
    };
  }

  async #save() {
    try {
      const answer = await fetch(this.#url, {
        method: "PATCH",
        headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("readerai_csrf") },
        body: JSON.stringify({ preferences: this.#plain() }),
        keepalive: true,
      });
      this.#saving = answer.ok ? null : "failed";
    } catch {
      this.#saving = "failed"; // Shown all the same; saved when the connection is back.
    }
  }
}
