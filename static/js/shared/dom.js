// Finding and building pieces of page. Text always goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * The first element that a selector names.
 *
 * @template {Element} [Kind=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @param {new () => Kind} [kind] what the template is known to have there
 * @returns {Kind}
 * @throws {Error} where there is none of that kind: the page and its script do not belong together
 */
export function one(selector, root, kind) {
  const element = (root ?? document).querySelector(selector);
  if (element instanceof (kind ?? HTMLElement)) return /** @type {Kind} */ (element);
  throw new Error(`no ${kind?.name ?? "element"} ${selector} on this page`);
}

/**
 * The first element that a selector names, or null.
 *
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement | null}
 */
export const oneOrNone = (selector, root = document) => root.querySelector(selector);

/**
 * Every element that a selector names.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @param {new () => Kind} [kind] only those of this kind
 * @returns {Kind[]}
 */
export function all(selector, root, kind) {
  const elements = [...(root ?? document).querySelectorAll(selector)];
  return /** @type {Kind[]} */ (
    elements.filter((element) => element instanceof (kind ?? HTMLElement))
  );
}

/**
 * An element with properties (`class`, `text`, `on…` listeners, attributes) and children.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties] false, null and undefined are left out
 * @param {(Node | string | false | null | undefined)[]} children
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") element.textContent = String(value);
    else if (typeof value === "function") {
      element.addEventListener(name.slice("on".length), /** @type {EventListener} */ (value));
    } else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children.filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/**
 * One icon of the sprite; the text beside it says what it means.
 *
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * @param {string} text
 * @param {{name?: string, kind?: string, onclick: () => unknown, [attribute: string]: unknown}} options
 *   `name` is an icon's, `kind` more classes
 */
export function button(text, { name, kind = "", onclick, ...rest }) {
  return make(
    "button",
    { type: "button", class: `button ${kind}`.trim(), onclick, ...rest },
    name && icon(name),
    make("span", { text }),
  );
}

/** Whether this device is used with a finger, and so has its keyboard on the screen. */
export const hasTouchKeyboard = () => matchMedia("(pointer: coarse)").matches;

export const prefersCalmMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * @param {string} name
 * @returns {string} empty where there is no such cookie
 */
export function cookie(name) {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** What a form that is sent from a script shows the server, so that no other site can send it. */
export const csrfToken = () => cookie("readerai_csrf");

/**
 * Where the focus is now, and how to put it back there.
 *
 * @returns {() => void}
 */
export function rememberFocus() {
  const focused = document.activeElement;
  return () => focused instanceof HTMLElement && focused.focus({ preventScroll: true });
}
