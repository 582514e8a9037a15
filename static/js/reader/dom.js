// Building pieces of page. Text always goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element with properties (`class`, `text`, `on…` listeners, attributes) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** One icon of the sprite; the text beside it says what it means. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function button(text, { name, kind = "", onclick, ...rest } = {}) {
  return make(
    "button",
    { type: "button", class: `button ${kind}`.trim(), onclick, ...rest },
    name && icon(name),
    make("span", { text }),
  );
}

/** Whether this device is used with a finger, and so has its keyboard on the screen. */
export const touched = () => matchMedia("(pointer: coarse)").matches;

export const calmMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
