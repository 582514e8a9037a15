// The reader: builds the parts, joins them, and opens the book where the child was.

import { one } from "../shared/dom.js";
import { openOutbox } from "./connection/outbox.js";
import { joinAloud } from "./joins/aloud.js";
import { joinAsking } from "./joins/asking.js";
import { joinControls } from "./joins/controls.js";
import { joinListening } from "./joins/listening.js";
import { joinPlace } from "./joins/place.js";
import { joinSession } from "./joins/session.js";
import { buildParts } from "./parts.js";

/** @import { ReaderConfig } from "../types/reader.d.ts" */
/** @import { Parts } from "./parts.js" */

/** @param {Parts} parts */
function join(parts) {
  joinPlace(parts);
  const listening = joinListening(parts);
  const asking = joinAsking(parts, listening);
  joinControls(parts, listening, asking);
  joinSession(parts);
  joinAloud(parts);
}

/** @param {Parts} parts */
async function start({ config, reading, page, place, scroll, notices, progress, socket }) {
  await place.openChapter();
  if (config.chapterChosen) history.replaceState(null, "", location.pathname);
  if (page.word(reading.word) && reading.word > 0) {
    place.goBack({ instant: true });
    if (!config.chapterChosen) notices.say("You stopped here.", 3000);
  }
  // Late fonts move lines; the place stays where it was put.
  document.fonts.ready.then(() => {
    if (scroll.following && reading.word > 0) place.goBack({ instant: true });
  });
  place.show();
  document.body.classList.add("is-ready");
  progress.start();
  // A page that was opened where nobody looks, as by a browser that restores its tabs, asks for nothing.
  if (document.hidden) socket.look();
  else socket.connect();
}

/** @param {ReaderConfig} config */
async function openReader(config) {
  const parts = buildParts(config, await openOutbox(config.sessionId));
  join(parts);
  await start(parts);
}

await openReader(JSON.parse(one("#reader-config").textContent));
