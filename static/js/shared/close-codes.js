// What the server means by closing a connection; docs/reference/protocol.md lists the codes.

/** @import { SocketState } from "../types/transport.d.ts" */

export const RESTARTING = 1012;
export const TAKEN = 4409;
export const TOO_MANY = 4429;
export const FULL = 4503;
/** The line broke without a word from the server. */
export const LOST = 1006;

/**
 * Close codes after which only a person can bring the page back.
 *
 * @type {Readonly<Partial<Record<number, SocketState>>>}
 */
export const RESTING = {
  1000: "done",
  1009: "broken",
  4400: "broken",
  4401: "signed-out",
  4404: "gone",
  4408: "asleep",
  4409: "taken",
};

/** @type {Readonly<Partial<Record<string, number>>>} */
const CODE_OF_ERROR = {
  not_signed_in: 4401,
  not_found: 4404,
  idle: 4408,
  taken_over: 4409,
  full: FULL,
  restarting: RESTARTING,
  too_many_bad: 4400,
  too_many: TOO_MANY,
};

/**
 * The close code that an ERROR frame announces: some servers drop the code of the close itself.
 *
 * @param {{type: string, payload?: unknown}} frame
 * @returns {number} 0 where it announces none
 */
export function announcedCode({ type, payload }) {
  if (type !== "ERROR") return 0;
  const { code } = /** @type {{code: string}} */ (payload);
  return CODE_OF_ERROR[code] ?? 0;
}

/**
 * Whether a code was said by the server on purpose, and is not what a broken line looks like.
 *
 * @param {number} code
 */
export const isDeliberate = (code) => code >= 4000 || code === RESTARTING || code === 1000;
