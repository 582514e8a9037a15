// A table of the book: paragraphs that are its rows, cells that are sentences of theirs.

import { make } from "../../shared/dom.js";

/** @import { TableRowFacts } from "../../types/reader.d.ts" */

/**
 * Put a row into its table, at the end of what `chapter` has so far.
 *
 * @param {HTMLElement} chapter
 * @param {TableRowFacts} row
 * @param {readonly HTMLElement[]} sentences the row's, in order
 */
export function tableOf(chapter, { table, cells }, sentences) {
  const line = make("tr");
  let next = 0;
  for (const { sentences: count, isHead, columns, rows } of cells) {
    const cell = make(isHead ? "th" : "td", {
      colspan: columns > 1 && columns,
      rowspan: rows > 1 && rows,
    });
    for (const sentence of sentences.slice(next, next + count)) cell.append(sentence, " ");
    next += count;
    line.append(cell);
  }
  const last = chapter.lastElementChild;
  const isOpen = last instanceof HTMLElement && last.dataset.table === String(table);
  const frame = isOpen ? last : make("div", { class: "table", "data-table": table, tabindex: 0 });
  if (!isOpen) {
    frame.append(make("table"));
    chapter.append(frame);
  }
  frame.firstElementChild?.append(line);
}
