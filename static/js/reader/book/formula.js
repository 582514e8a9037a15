// A formula in the text: shown as MathML, and one thing to point at for all the words that say it.

/** @import { FormulaFacts } from "../../types/reader.d.ts" */

/**
 * The element of a formula's words; empty where its MathML cannot be read.
 *
 * @param {FormulaFacts} formula
 */
export function formulaWord({ mathml, before, after }) {
  const word = document.createElement("span");
  const read = new DOMParser().parseFromString(mathml, "application/xml").documentElement;
  if (read.localName === "math") {
    word.classList.add("formula");
    word.append(before, document.importNode(read, true), after);
  }
  return word;
}
