// What the server says, and the end of the book.

import { one } from "../../shared/dom.js";
import { shareBetweenTabs } from "../connection/tabs.js";

/** @import { Parts } from "../parts.js" */

const OFFERED_WORDS = 6;

/** @param {Parts} parts */
export function joinSession(parts) {
  joinServer(parts);
  joinReturn(parts);
  const channel = new BroadcastChannel(`reader/${parts.config.sessionId}`);
  shareBetweenTabs({ ...parts, channel });
  joinCheckpoints(parts);
  joinFinish(parts);
}

/** @param {Parts} parts */
function joinServer({ link, book, reading, progress, place, notices }) {
  /** @param {number} wordIndex where the book was read on another device */
  const offer = async (wordIndex) => {
    await book.load(book.placeOf(wordIndex)).catch(() => null);
    const words = book.sentenceOf(wordIndex)?.words.slice(0, OFFERED_WORDS).join(" ");
    if (!words) return;
    notices.offer(`You were at “${words} …” on another device.`, "Go there", async () => {
      reading.moveTo(wordIndex);
      await place.openChapter();
      place.goBack();
    });
  };

  link.on("SESSION_RESTORED", async ({ state }) => {
    if (state.status === "completed") return location.reload();
    reading.retryFailed();
    const { wordIndex } = state.currentPosition;
    const became = progress.restored(state.currentPosition);
    await place.openChapter();
    if (became === "moved") place.goBack({ instant: true });
    else place.show();
    if (became === "offered") await offer(wordIndex);
  });
  link.on("PAUSE_AUDIO", ({ reason }) => {
    if (reason === "system") reading.pause();
  });
  link.on("SESSION_STATUS", ({ status }) => {
    if (status === "completed") location.reload();
  });
}

/**
 * The page is looked at again: after the back and forward buttons, after sleep, on another network.
 *
 * @param {Parts} parts
 */
function joinReturn({ socket, attention }) {
  const { connection } = /** @type {{connection?: EventTarget}} */ (navigator);
  const look = () => socket.look();
  connection?.addEventListener("change", look);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    attention.touch();
    socket.connect();
  });
}

/** @param {Parts} parts */
function joinCheckpoints({ link, book, reading, flow, checkpoints, place }) {
  /** @param {Parameters<typeof flow.checkpoint>[0]} checkpoint */
  const take = (checkpoint) => {
    const { checkpointId } = checkpoint;
    const known = book.checkpoints.find((each) => each.checkpointId === checkpointId);
    flow.checkpoint(checkpoint, known?.atWord ?? reading.word);
  };
  link.on("PAUSE_FOR_CHECKPOINT", take);
  link.on("SESSION_RESTORED", ({ state, dueCheckpoint }) => {
    if (dueCheckpoint && state.status !== "completed") take(dueCheckpoint);
  });
  checkpoints.on("done", () => {
    place.goBack();
    flow.release();
  });
}

/** @param {Parts} parts */
function joinFinish({ checkpoints, reading, book, progress, link }) {
  const finish = one("#finish", document, HTMLButtonElement);
  finish.addEventListener("click", () => {
    if (checkpoints.holds) return checkpoints.open();
    reading.moveTo(book.wordCount - 1);
    progress.tell();
    link.send("COMPLETE_SESSION", {});
    finish.disabled = true;
    one("#finish-note").textContent = link.live
      ? "Closing the book…"
      : "I close the book when the connection is back.";
  });
}
