// The ways to the server, and what each says about who comes and why.

import { csrfToken } from "../../shared/dom.js";
import { socketUrl, WebSocketTransport } from "../../shared/websocket.js";
import { PollingTransport } from "./polling.js";
import { StreamTransport } from "./stream.js";

/** @import { OpenWay } from "../../types/transport.d.ts" */
/** @import { ReaderConfig } from "../../types/reader.d.ts" */

/** @typedef {{isAsked: boolean}} Manner whether a person wants the connection */

/**
 * The best way first.
 *
 * @param {Pick<ReaderConfig, "socketPath" | "streamUrl" | "framesUrl">} config
 * @param {string} client the name of the outbox that speaks
 * @returns {OpenWay[]}
 */
export function waysFor({ socketPath, streamUrl, framesUrl }, client) {
  const framesHere = addressed(framesUrl, client, { isAsked: true });
  const stream = (/** @type {Manner} */ manner, /** @type {string} */ how) => ({
    streamUrl: `${addressed(streamUrl, client, manner)}&${how}=1`,
    framesUrl: framesHere,
    csrfToken,
  });
  return [
    (manner) => new WebSocketTransport(socketUrl(addressed(socketPath, client, manner))),
    (manner) => new StreamTransport(stream(manner, "heartbeat")),
    (manner) => new PollingTransport(stream(manner, "poll")),
  ];
}

const PROBE_MS = 5000;

/**
 * Whether a socket comes through: one that asks for nothing while the book is open here, so that the
 * server refuses it by name and nothing changes.
 *
 * @param {Pick<ReaderConfig, "socketPath">} config
 * @returns {Promise<boolean>}
 */
export function socketComesThrough({ socketPath }) {
  const probe = new WebSocketTransport(
    socketUrl(addressed(socketPath, "probe", { isAsked: false })),
  );
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ comes) => {
      probe.close();
      resolve(comes);
    };
    probe.onframe = () => end(true);
    probe.onclose = () => end(false);
    setTimeout(() => end(false), PROBE_MS);
  });
}

/**
 * An address with what the protocol lets a client say in it.
 *
 * @param {string} path
 * @param {string} client
 * @param {Manner} manner
 */
export function addressed(path, client, { isAsked }) {
  const query = new URLSearchParams({ client, ...(isAsked ? {} : { if: "free" }) });
  return `${path}?${query}`;
}
