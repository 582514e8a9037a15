// A page with a socket, whose connections a test holds the other end of.

import assert from "node:assert/strict";
import { Socket } from "../../static/js/shared/socket.js";
import { network, Wire } from "./wire.js";

/** @import { SocketState } from "../../static/js/types/transport.d.ts" */

export const HEARTBEAT = { type: "HEARTBEAT" };
export const GREETING = { type: "SESSION_RESTORED" };

/** @param {{ways?: string[], onLine?: boolean, quietFor?: () => number,
 *   probe?: () => Promise<boolean>}} [options] */
export function setUp({ ways = ["first"], onLine = true, quietFor = () => 0, probe } = {}) {
  /** @type {Wire[]} */
  const wires = [];
  /** @type {[SocketState, number][]} */
  const states = [];
  /** @type {boolean[]} */
  const asked = [];
  const net = network({ onLine });
  const socket = new Socket({
    ways: ways.map((name) => ({ isAsked }) => {
      const wire = new Wire(name);
      asked.push(isAsked);
      wires.push(wire);
      return wire;
    }),
    heartbeat: HEARTBEAT,
    quietFor,
    ...(probe && { probe }),
    network: net,
  });
  socket.on("state", (state, code) => states.push([state, code]));
  const current = () => wires.at(-1) ?? assert.fail("nothing was opened");
  return { socket, wires, states, asked, net, current };
}

/** @param {ReturnType<typeof setUp>} page */
export function open({ socket, current }) {
  socket.connect();
  current().onopen();
  current().onframe(GREETING);
  return current();
}
