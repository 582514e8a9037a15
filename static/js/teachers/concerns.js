// What an open wall does when a child may be in trouble: a line above everything, a title that can
// be seen from another tab, and one soft sound for each child that was not there before.

/**
 * @typedef {object} Signs
 * @property {(names: readonly string[]) => void} showLine the children, none where there are none
 * @property {(title: string) => void} setTitle
 * @property {() => void} ring
 */

export class Concerns {
  #title;
  #signs;
  /** @type {Set<string>} */
  #known;

  /**
   * @param {string} title of the page as it is without any
   * @param {readonly string[]} known who stood there when the page came: nobody rings for them
   * @param {Signs} signs
   */
  constructor(title, known, signs) {
    this.#title = title;
    this.#signs = signs;
    this.#known = new Set(known);
    this.#show(known);
  }

  /**
   * Take in who has an open concern now.
   *
   * @param {readonly string[]} names
   */
  update(names) {
    const isNews = names.some((name) => !this.#known.has(name));
    this.#known = new Set(names);
    this.#show(names);
    if (isNews) this.#signs.ring();
  }

  /** @param {readonly string[]} names */
  #show(names) {
    this.#signs.showLine(names);
    // No name: others may see the tabs of this browser.
    const count = names.length === 1 ? "1 concern" : `${names.length} concerns`;
    this.#signs.setTitle(names.length === 0 ? this.#title : `(!) ${count} · ${this.#title}`);
  }
}
