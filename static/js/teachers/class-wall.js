// A class, live. Nothing is ever sent to the server but a heartbeat. Where sockets are blocked the
// page asks every few seconds, and says that it does.

import { oneOrNone } from "../shared/dom.js";
import { Socket } from "../shared/socket.js";
import { socketUrl, WebSocketTransport } from "../shared/websocket.js";
import { Chime } from "./chime.js";
import { Concerns } from "./concerns.js";
import { followFeed } from "./feed.js";
import { Polling } from "./polling.js";
import { concernedIn, numberOf, seatsOf, Wall } from "./wall.js";

const BLOCKED = "Live updates are blocked here; this page asks every 5 seconds.";
const OFFLINE = "No connection just now. What you see is from a moment ago.";

const leave = () => location.reload();

/**
 * The whole page anew, from the server; the cards that differ are exchanged.
 *
 * @param {Wall} wall
 */
async function ask(wall) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected || !answer.ok) return leave();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const cards = seatsOf(fresh);
  const isSameClass = cards.length > 0 && wall.hasSeats(cards.map(numberOf));
  if (!isSameClass) return leave();
  for (const card of cards) wall.show(card.outerHTML);
}

/** A line above the wall tells how live it is. */
const line = oneOrNone("[data-alive]");

/** @param {string} text */
function say(text) {
  if (line && line.textContent !== text) line.textContent = text;
}

/**
 * The line about children in trouble; the projector's wall has none, and no sound.
 *
 * @param {HTMLElement} wall
 */
function watchConcerns(wall) {
  const place = oneOrNone("[data-concerns]");
  const written = oneOrNone("[data-concern-names]");
  if (!place || !written) return () => undefined;
  const chime = new Chime();
  const concerns = new Concerns(document.title, concernedIn(wall), {
    showLine: (names) => {
      written.textContent = names.join(", ");
      place.hidden = names.length === 0;
    },
    setTitle: (title) => {
      document.title = title;
    },
    ring: () => chime.ring(),
  });
  return () => concerns.update(concernedIn(wall));
}

/**
 * @param {Wall} wall
 * @param {string} path of the feed
 */
function start(wall, path) {
  const polling = new Polling(
    () => ask(wall),
    (hasAnswered) => say(hasAnswered ? BLOCKED : OFFLINE),
  );
  const socket = new Socket({
    ways: [() => new WebSocketTransport(socketUrl(path))],
    heartbeat: { type: "HEARTBEAT" },
  });
  const askAnew = () => ask(wall).catch(() => undefined);
  followFeed({ socket, wall, polling, askAnew, leave, say });
  addEventListener("online", () => polling.isOn && polling.poll());
  socket.connect();
}

const element = oneOrNone("[data-wall]");
const feed = oneOrNone("[data-wall-page]")?.dataset.socket;
if (element && feed) start(new Wall(element, watchConcerns(element)), feed);
