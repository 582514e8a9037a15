// The settings' choices: as inputs on the page, and as the plain measures that are stored.

/** @import { Appearance, Measures } from "../../types/reader.d.ts" */

/** @typedef {Pick<HTMLInputElement, "name" | "type" | "value" | "checked" | "dataset">} Input */

/** @param {Pick<Input, "dataset">} input */
const sizesOf = ({ dataset }) => (dataset.sizes ?? "").split(" ").map(Number);

/**
 * Where a slider stands for a size.
 *
 * @param {Pick<Input, "dataset">} input
 * @param {number} size
 */
export const positionOf = (input, size) => sizesOf(input).indexOf(size);

/**
 * What an input's choice means.
 *
 * @param {Input} input
 * @returns {Partial<Appearance>}
 */
export function chosen(input) {
  const { name, type, value, checked } = input;
  if (type === "checkbox") return { [name]: checked };
  if (type === "range") return { [name]: sizesOf(input)[Number(value)] };
  return { [name]: name === "rate" ? Number(value) : value };
}

/**
 * The choices as plain measures, so that another client may choose freely between them.
 *
 * @param {Appearance} appearance
 * @param {Measures} measures
 */
export function plainMeasures(appearance, measures) {
  const { theme, font, size, spacing, width, voice, rate, highlight, aloud } = appearance;
  return {
    theme,
    font,
    voice,
    rate,
    fontSize: size,
    columnWidth: measures.width[width],
    ...measures.spacing[spacing],
    highlightWords: highlight,
    highlightSentences: highlight,
    readEverything: aloud,
  };
}
