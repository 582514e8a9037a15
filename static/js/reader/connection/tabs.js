// Tabs of one browser with one book: they share an outbox, so the server cannot tell them apart. The
// tab that opened its connection last has the book, and the others hear so from it.

/** @import { Socket } from "../../shared/socket.js" */
/** @import { Link } from "./link.js" */

/**
 * @param {object} parts
 * @param {Pick<BroadcastChannel, "postMessage" | "onmessage">} parts.channel reaches the other tabs
 * @param {Pick<Socket, "rest">} parts.socket
 * @param {Pick<Link, "on">} parts.link
 */
export function shareBetweenTabs({ channel, socket, link }) {
  let mine = 0;
  link.on("SESSION_RESTORED", ({ owner }) => {
    mine = owner;
    channel.postMessage(owner);
  });
  channel.onmessage = ({ data }) => {
    if (Number(data) > mine) socket.rest();
  };
}
