// What a class's live feed says, and what the page does about it.

/** @import { Socket } from "../shared/socket.js" */
/** @import { FeedFrame, Snapshot } from "../types/feed.d.ts" */
/** @import { Frame } from "../types/transport.d.ts" */
/** @import { Polling } from "./polling.js" */
/** @import { Wall } from "./wall.js" */

/**
 * @typedef {object} Parts
 * @property {Socket} socket
 * @property {Pick<Wall, "size" | "show">} wall
 * @property {Pick<Polling, "start" | "stop" | "isOn">} polling
 * @property {() => void} askAnew looks at the whole page again
 * @property {() => void} leave the class is not to be seen here any more
 * @property {(text: string) => void} say
 */

/** @param {Parts} parts */
export function followFeed({ socket, wall, polling, askAnew, leave, say }) {
  let isFirst = true;

  /**
   * The page is a moment older than its first snapshot, which brings the cards that differ. Others may
   * be in the class by now, and after a break nobody knows how old the page is.
   *
   * @param {Snapshot["payload"]} payload
   */
  function takeSnapshot({ cards = [], seats }) {
    const isSameClass = isFirst && seats === wall.size;
    isFirst = false;
    if (isSameClass) for (const html of cards) wall.show(html);
    else askAnew();
    polling.stop();
    say("Live");
  }

  socket.on("frame", (received) => {
    const frame = /** @type {FeedFrame} */ (/** @type {Frame} */ (received));
    if (frame.type === "CLASS_SNAPSHOT") takeSnapshot(frame.payload);
    if (frame.type === "SESSION_CHANGED" && frame.payload.html) wall.show(frame.payload.html);
  });
  socket.on("state", (state) => {
    if (state === "signed-out" || state === "gone") leave();
    if (state !== "waiting") return;
    if (socket.isBlocked) polling.start();
    else if (!polling.isOn) say("Connecting again…");
  });
}
