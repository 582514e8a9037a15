// The place moves with the voice and with the child's scrolling.

import { one } from "../../shared/dom.js";

/** @import { Parts } from "../parts.js" */

/** @param {Parts} parts */
export function joinPlace(parts) {
  joinVoice(parts);
  joinScrolling(parts);
  const { place } = parts;
  one("#back-to-place").addEventListener("click", async () => {
    await place.openChapter();
    place.goBack();
  });
}

/** @param {Parts} parts */
function joinVoice({ reading, place, scroll, page, book, link, checkpoints, flow, stops }) {
  reading.on("word", (word) => {
    place.show();
    scroll.follow(page.word(word));
    stops.noteActivity();
    const asks = book.checkpoints.find(({ atWord }) => atWord === word);
    if (asks && link.live && !checkpoints.isSettled(asks.checkpointId)) flow.expect(word);
  });
  reading.on("chapter", async () => {
    await place.openChapter();
    place.show();
    scroll.follow(page.word(reading.word));
  });
  reading.on("finished", () => {
    scroll.following = false;
    one("#end").scrollIntoView({ block: "center" });
    one("#finish").focus({ preventScroll: true });
  });
}

/** @param {Parts} parts */
function joinScrolling({ scroll, stops, place, page, reading, asking, card }) {
  scroll.on("own", () => {
    stops.noteActivity();
    place.show();
  });
  // Whoever leafs on quickly does not come to an end of the page where the book has none.
  scroll.on("passing", () => {
    const word = page.wordAt(scroll.restingLine);
    if (!scroll.following && word !== null) place.openChapter(word);
  });
  scroll.on("settled", async (byHand) => {
    const word = page.wordAt(scroll.restingLine);
    if (byHand && word !== null) {
      await place.openChapter(word);
      const mayMove = reading.silent || !reading.heard;
      if (mayMove && !reading.playing && !asking.isOpen && !card.isOpen) reading.moveTo(word);
    }
    place.show();
  });
}
