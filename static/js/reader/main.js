// The reader: builds the parts and joins them. Each part knows one thing and tells of it.

import { Asking } from "./asking.js";
import { Book } from "./book.js";
import { Checkpoints } from "./checkpoint.js";
import { Contents } from "./contents.js";
import { Flow } from "./flow.js";
import { Hand } from "./hand.js";
import { Highlight } from "./highlight.js";
import { Link } from "./link.js";
import { Notices } from "./notices.js";
import { Page } from "./page.js";
import { Preferences } from "./preferences.js";
import { Progress } from "./progress.js";
import { Questions } from "./questions.js";
import { Reading } from "./reading.js";
import { Scroll } from "./scroll.js";
import { Socket } from "./socket.js";
import { Trail, showPlaying } from "./trail.js";
import { WordCard } from "./wordcard.js";
import { WordSound } from "./wordsound.js";
import { all, cookie, one } from "./dom.js";
import { announce, listenForKeys } from "./keys.js";
import { openOutbox } from "./outbox.js";

const config = JSON.parse(one("#reader-config").textContent);
config.csrfToken = () => cookie("readerai_csrf");
config.socketUrl = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${config.socketPath}`;

const outbox = await openOutbox(config.sessionId);
const socket = new Socket(config);
const link = new Link({ config, socket, outbox });
const book = new Book(config);
const page = new Page(one("#text"), book);
const scroll = new Scroll();
const highlight = new Highlight(page);
const preferences = new Preferences({
  drawer: one("#settings"),
  look: config.look,
  url: config.preferencesUrl,
  measures: config.measures,
});
const kept = config.chapterChosen ? null : link.unsavedWord;
const start = Math.min(kept ?? config.startWordIndex, book.wordCount - 1);
const reading = new Reading({
  book,
  look: preferences.look,
  language: config.book.language,
  word: start,
});
const questions = new Questions({ link, book });
const rate = () => reading.rate;
const asking = new Asking({ sheet: one("#ask"), link, questions, book, config, rate });
const card = new WordCard({ card: one("#word-card"), link, questions, book, page });
const checkpoints = new Checkpoints({
  dialog: one("#checkpoint"),
  later: one("#checkpoint-later"),
  link,
});
const wordSound = new WordSound({ book, language: config.book.language });
const flow = new Flow({ reading, checkpoints, cards: [asking, card] });
const progress = new Progress({ reading, link, book, saved: config.savedWordIndex });
const contents = new Contents({
  drawer: one("#contents"),
  book,
  reading,
  link,
  furthest: config.furthestWordIndex,
});
const trail = new Trail({ bar: one("#trail"), words: one("#chapter-title"), book });
const notices = new Notices({
  link,
  line: one("#calm-line"),
  stop: one("#stop"),
  idleSeconds: config.idleSeconds,
  onStop: () => {
    flow.forget();
    reading.pause();
  },
});
const controls = Object.fromEntries(
  all("[data-control]").map((control) => [control.dataset.control, control]),
);

new Hand({ button: controls.hand, link, raised: config.handRaised });

// Where we are.

function showPlace() {
  trail.show(reading.word);
  highlight.show(reading.word);
  const seen = page.word(reading.word);
  one("#back-to-place").hidden = scroll.following || !seen || scroll.isSeen(seen);
}

async function openChapter(place) {
  try {
    await page.show(place);
    one("#end").hidden = !page.word(book.wordCount - 1);
  } catch {
    notices.say("This page did not come. I try again when the connection is back.");
  }
}

function backToPlace({ instant = false } = {}) {
  scroll.following = true;
  const word = page.word(reading.word);
  if (word) scroll.bring(word, { instant });
  showPlace();
}

reading.on("word", (word) => {
  showPlace();
  scroll.follow(page.word(word));
  notices.stir();
  const asks = book.checkpoints.find(({ atWord }) => atWord === word);
  if (asks && link.live && !checkpoints.isSettled(asks.checkpointId)) flow.expect(word);
});
reading.on("chapter", async (place) => {
  await openChapter(place);
  showPlace();
  scroll.follow(page.word(reading.word));
});
reading.on("playing", (playing) => {
  showPlaying(controls.play, playing);
  document.body.classList.toggle("is-playing", playing);
});
reading.on("silent", () => notices.say("There is no voice for this book here. You can read it yourself."));
reading.on("trouble", () => notices.say("This page did not come. Try again in a moment."));
reading.on("finished", () => {
  scroll.following = false;
  one("#end").scrollIntoView({ block: "center" });
  one("#finish").focus({ preventScroll: true });
});

scroll.on("own", () => {
  notices.stir();
  showPlace();
});
// Whoever leafs on quickly does not come to an end of the page where the book has none.
scroll.on("passing", () => {
  const word = page.wordAt(scroll.restingLine);
  if (!scroll.following && word !== null) openChapter(book.placeOf(word));
});
scroll.on("settled", async (byHand) => {
  const word = page.wordAt(scroll.restingLine);
  if (byHand && word !== null) {
    await openChapter(book.placeOf(word));
    const mayMove = reading.silent || !reading.heard;
    if (mayMove && !reading.playing && !asking.isOpen && !card.isOpen) reading.moveTo(word);
  }
  showPlace();
});

// What the child does.

page.on("tap", (word) => {
  flow.hold();
  card.open(word);
});
card.on("open", (word) => {
  if (!reading.heard || reading.silent) reading.moveTo(word);
});
card.on("close", () => flow.release());
card.on("hear", (word, text) => wordSound.play(word, text, preferences.look.voice));
card.on("read", (word) => readFrom(word));
card.on("more", (word, text) => {
  asking.open(word);
  if (questions.current?.questionText.includes(`“${text}”`)) asking.follow(questions.current);
});

function readFrom(word) {
  flow.forget();
  scroll.following = true;
  reading.moveTo(word);
  if (!reading.silent) flow.play();
}

asking.on("open", (word) => {
  flow.hold();
  const sentence = highlight.ask(word);
  if (sentence) requestAnimationFrame(() => scroll.bring(sentence, { at: 0.12 }));
});
asking.on("close", ({ askedSomething, ...payload }) => {
  highlight.clearAsked();
  if (askedSomething) link.send("RESUME_READING", payload);
  scroll.following = true;
  flow.release();
});
asking.on("came", () => notices.say("Your answer is here. It waits behind Ask."));
asking.on("repeat", (word) => {
  const fromWordIndex = book.chapterOf(word)?.sentence(word).first ?? word;
  link.send("REPEAT_AUDIO", { fromWordIndex, reason: "review" });
  readFrom(fromWordIndex);
});
questions.on("asked", (question) => {
  // One that was open before this page was: show it where it was asked.
  if (question.entry) return;
  asking.open(question.wordIndex);
  asking.follow(question);
});

function ask() {
  if (asking.isOpen) return asking.close();
  card.close({ quietly: true });
  asking.open(reading.word);
}

function again() {
  const sentence = reading.sentence;
  if (!sentence) return;
  const atStart = reading.word - sentence.first < 2 && sentence.first > 0;
  const first = atStart
    ? (book.chapterOf(sentence.first - 1)?.sentence(sentence.first - 1).first ?? sentence.first)
    : sentence.first;
  link.send("REPEAT_AUDIO", { fromWordIndex: first, reason: "missed" });
  readFrom(first);
}

function step(target) {
  const wasPlaying = reading.moveTo(target);
  scroll.following = true;
  backToPlace();
  if (wasPlaying) flow.play();
  else announce(book.chapterOf(reading.word)?.word(reading.word) ?? "");
}

listenForKeys({
  text: page.text,
  does: {
    word: (by) => step(reading.word + by),
    sentence: (by) => {
      const { first, last } = reading.sentence ?? { first: reading.word, last: reading.word };
      step(by > 0 ? last + 1 : reading.word > first ? first : first - 1);
    },
    play: () => togglePlay(),
    open: () => {
      flow.hold();
      card.open(reading.word);
    },
    ask,
    again,
    settings: () => preferences.toggle(),
    escape: () => {
      card.close();
      asking.close();
      contents.close();
      preferences.close();
    },
  },
});

function togglePlay() {
  if (!reading.playing) backToPlace();
  flow.toggle();
}

controls.play.addEventListener("click", togglePlay);
controls.ask.addEventListener("click", ask);
controls.again.addEventListener("click", again);
controls.settings.addEventListener("click", () => preferences.toggle());
controls.contents?.addEventListener("click", () => contents.toggle());
contents.on("go", async (word) => {
  flow.forget();
  reading.moveTo(word);
  await openChapter(book.placeOf(word));
  backToPlace({ instant: true });
  page.text.focus({ preventScroll: true });
});
one("#back-to-place").addEventListener("click", () => openChapter(book.placeOf(reading.word)).then(() => backToPlace()));
document.addEventListener("pointerdown", (event) => {
  const kept = event.target.closest("#word-card, .w, dialog");
  if (card.isOpen && !kept) card.close();
});
for (const name of ["pointerdown", "keydown"]) {
  document.addEventListener(name, () => {
    notices.stir();
    progress.present();
  });
}

// Speed, from the bar and from the settings.

function showLook(look) {
  one("[data-rate]", controls.speed).textContent = `${look.rate}×`;
  controls.speed.hidden = controls.play.hidden = controls.again.hidden = look.voice === "none";
}
controls.speed.addEventListener("click", () => {
  const rates = config.rates;
  preferences.set("rate", rates[(rates.indexOf(preferences.look.rate) + 1) % rates.length]);
  notices.say(`Speed ${preferences.look.rate}×`, 1_500);
});
preferences.on("change", (look) => {
  reading.choose(look);
  showLook(look);
  requestAnimationFrame(() => scroll.following && backToPlace({ instant: true }));
});

// What the server says.

link.on("SESSION_RESTORED", ({ state, dueCheckpoint }) => {
  if (state.status === "completed") return location.reload();
  reading.forgive();
  const moved = progress.restored(state.currentPosition);
  openChapter(book.placeOf(reading.word)).then(() => (moved ? backToPlace({ instant: true }) : showPlace()));
  if (dueCheckpoint) takeCheckpoint(dueCheckpoint);
});
link.on("PAUSE_FOR_CHECKPOINT", takeCheckpoint);
link.on("PAUSE_AUDIO", ({ reason }) => reason === "system" && reading.pause());
link.on("SESSION_STATUS", ({ status }) => status === "completed" && location.reload());

function takeCheckpoint(payload) {
  const known = book.checkpoints.find(({ checkpointId }) => checkpointId === payload.checkpointId);
  flow.checkpoint(payload, known?.atWord ?? reading.word);
}
checkpoints.on("done", () => {
  scroll.following = true;
  backToPlace();
  flow.release();
});

one("#finish").addEventListener("click", () => {
  if (checkpoints.holds) return checkpoints.open();
  reading.moveTo(book.wordCount - 1);
  progress.tell();
  link.send("COMPLETE_SESSION");
  one("#finish").disabled = true;
  one("#finish-note").textContent = link.live
    ? "Closing the book…"
    : "I close the book when the connection is back.";
});

// And off we go.

showLook(preferences.look);
document.documentElement.dataset.highlight = preferences.look.highlight ? "on" : "off";
await openChapter(book.placeOf(reading.word));
if (config.chapterChosen) history.replaceState(null, "", location.pathname);
if (page.word(reading.word) && reading.word > 0) {
  backToPlace({ instant: true });
  if (!config.chapterChosen) notices.say("You stopped here.", 3_000);
}
// Late fonts move lines; the place stays where it was put.
document.fonts.ready.then(() => scroll.following && reading.word > 0 && backToPlace({ instant: true }));
showPlace();
document.body.classList.add("is-ready");
socket.connect();
