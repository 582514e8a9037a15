// Telling our server's frames from what something in between says in its place.

/** @import { Frame } from "../types/transport.d.ts" */

/**
 * @param {string} text
 * @returns {Frame | null} null for what is not ours: a portal's page, a filter's excuse
 */
export function frameIn(text) {
  try {
    const frame = JSON.parse(text);
    return typeof frame?.type === "string" ? frame : null;
  } catch {
    return null;
  }
}
