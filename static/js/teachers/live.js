// A class, live: the cards that the server made, exchanged one by one as they change. Nothing
// is ever sent to the server but a heartbeat. Where sockets are blocked the page asks every few
// seconds, and says that it does.

const OPENING_MS = 5_000;
const POLL_MS = 5_000;
const HEARTBEAT_MS = 20_000;
const QUIET_MS = 45_000;
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
const CALM_MS = 1_000;
const LEFT = new Set([4401, 4404]);
const MEANT = { not_signed_in: 4401, not_found: 4404, restarting: 1012 };

const page = document.querySelector("[data-wall-page]");
const wall = document.querySelector("[data-wall]");
const alive = document.querySelector("[data-alive]");

const shown = new Map();

let failures = 0;
let failedOpens = 0;
let poller = null;

function say(text) {
  if (alive.textContent !== text) alive.textContent = text;
}

/** Show a card soon: at most one a second for each child, however the network bunches them. */
function show(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.querySelector(".seat");
  if (!fresh) return;
  const seat = fresh.dataset.seat;
  const last = shown.get(seat) ?? { at: -CALM_MS, next: null };
  shown.set(seat, last);
  const waits = last.next !== null;
  last.next = fresh;
  if (!waits) setTimeout(() => exchange(seat, last), last.at + CALM_MS - performance.now());
}

/** Put a card in the place of the one that its child has; the order never changes. */
function exchange(seat, last) {
  const fresh = last.next;
  last.next = null;
  const old = wall.querySelector(`.seat[data-seat="${CSS.escape(seat)}"]`);
  if (!old || old.outerHTML === fresh.outerHTML) return;
  last.at = performance.now();
  const focused = old.contains(document.activeElement);
  const cover = old.querySelector("img");
  const freshCover = fresh.querySelector("img");
  if (cover && freshCover && cover.getAttribute("src") === freshCover.getAttribute("src")) {
    freshCover.replaceWith(cover);
  }
  if (calls(old, fresh)) fresh.classList.add("breathes");
  fresh.addEventListener("animationend", () => fresh.classList.remove("breathes"), { once: true });
  old.replaceWith(fresh);
  if (focused) fresh.querySelector("a")?.focus({ preventScroll: true });
  count();
}

/** Whether a change is worth a breath: another state, a hand, a reason; not each word read. */
function calls(old, fresh) {
  return ["state", "hand", "help"].some((name) => old.dataset[name] !== fresh.dataset[name]);
}

function count() {
  const sums = { reading: '[data-state="reading"]', hand: "[data-hand]", help: "[data-help]" };
  for (const [name, which] of Object.entries(sums)) {
    const place = document.querySelector(`[data-count="${name}"]`);
    if (place) place.textContent = wall.querySelectorAll(`.seat${which}`).length;
  }
}

/** The whole page anew, from the server; the cards that differ are exchanged. */
async function ask() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected || !answer.ok) return location.reload();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const cards = [...fresh.querySelectorAll(".seat")];
  const seats = (root) => [...root.querySelectorAll(".seat")].map((each) => each.dataset.seat).sort();
  if (!wall || `${seats(fresh)}` !== `${seats(wall)}` || cards.length === 0) return location.reload();
  for (const card of cards) show(card.outerHTML);
}

async function poll() {
  try {
    await ask();
    say("Live updates are blocked here; this page asks every 5 seconds.");
  } catch {
    say("No connection just now. What you see is from a moment ago.");
  }
}

function startPolling() {
  if (poller === null) {
    poll();
    poller = setInterval(poll, POLL_MS);
  }
}

function stopPolling() {
  clearInterval(poller);
  poller = null;
}

function connect() {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${location.host}${page.dataset.socket}`, ["readerai.v1"]);
  let meant = 0;
  let opened = false;
  let over = false;
  let beat = null;
  let quiet = setTimeout(() => lost(0), OPENING_MS);

  function lost(code) {
    if (over) return;
    over = true;
    clearTimeout(quiet);
    clearInterval(beat);
    socket.close();
    const why = LEFT.has(code) || code === 1012 ? code : meant || code;
    if (LEFT.has(why)) return location.reload();
    if (!opened) failedOpens += 1;
    if (failedOpens >= 2) startPolling();
    else say("Connecting again…");
    const wait = WAITS_MS[Math.min(failures, WAITS_MS.length - 1)];
    failures += 1;
    setTimeout(connect, wait * (0.5 + Math.random()));
  }

  function heard() {
    clearTimeout(quiet);
    quiet = setTimeout(() => lost(0), QUIET_MS);
  }

  socket.onclose = (event) => lost(event.code);
  socket.onmessage = (event) => {
    if (over) return;
    heard();
    const frame = JSON.parse(event.data);
    if (frame.type === "ERROR") meant = MEANT[frame.payload.code] ?? meant;
    if (frame.type === "CLASS_SNAPSHOT") {
      opened = true;
      failures = failedOpens = 0;
      stopPolling();
      beat ??= setInterval(() => socket.send('{"type":"HEARTBEAT"}'), HEARTBEAT_MS);
      // The page may be older than this snapshot, or others may be in the class by now.
      ask().catch(() => {});
      say("Live");
    }
    if (frame.type === "SESSION_CHANGED" && frame.payload.html) {
      show(frame.payload.html);
    }
  };
}

if (page && wall) {
  connect();
  addEventListener("online", () => poller === null || poll());
}
