// An event stream, taken apart as it comes in: https://html.spec.whatwg.org/#event-stream-interpretation

/** @typedef {{name: string, data: string}} ServerEvent */

const LINE_END = /\r\n?/gu;
const FIELD = /^(event|data):\x20?(.*)$/u;

export class ServerEvents {
  #rest = "";

  /**
   * The events that are whole with this piece; what is left over waits for the next. Comments, and
   * events without data, are none.
   *
   * @param {string} piece
   * @returns {ServerEvent[]}
   */
  take(piece) {
    const text = this.#rest + piece;
    // A carriage return at the end may be half of a line's end.
    const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
    const blocks = whole.replaceAll(LINE_END, "\n").split("\n\n");
    this.#rest = (blocks.pop() ?? "") + text.slice(whole.length);
    return blocks.map(eventOf).filter(({ data }) => data !== "");
  }
}

/**
 * @param {string} block lines up to an empty one
 * @returns {ServerEvent}
 */
function eventOf(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    const [, field, value] = line.match(FIELD) ?? [];
    if (field === "event") name = value ?? "";
    if (field === "data") data.push(value);
  }
  return { name, data: data.join("\n") };
}
