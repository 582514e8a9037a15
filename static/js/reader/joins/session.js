// What the server says, and the end of the book.

import { one } from "../../shared/dom.js";

/** @import { Parts } from "../parts.js" */

/** @param {Parts} parts */
export function joinSession(parts) {
  joinServer(parts);
  joinCheckpoints(parts);
  joinFinish(parts);
}

/** @param {Parts} parts */
function joinServer({ link, reading, progress, place }) {
  link.on("SESSION_RESTORED", async ({ state }) => {
    if (state.status === "completed") return location.reload();
    reading.retryFailed();
    const moved = progress.restored(state.currentPosition);
    await place.openChapter();
    if (moved) place.goBack({ instant: true });
    else place.show();
  });
  link.on("PAUSE_AUDIO", ({ reason }) => {
    if (reason === "system") reading.pause();
  });
  link.on("SESSION_STATUS", ({ status }) => {
    if (status === "completed") location.reload();
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
