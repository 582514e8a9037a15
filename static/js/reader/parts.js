// The parts of the reader's page, built from what the server told it. Each knows one thing and tells
// of it; who listens to whom is said in `joins/`.

import { all, csrfToken, one, oneOrNone } from "../shared/dom.js";
import { Socket } from "../shared/socket.js";
import { Questions } from "./asking/questions.js";
import { AskingSheet } from "./asking/sheet.js";
import { WordCard } from "./asking/word-card.js";
import { Book } from "./book/book.js";
import { Contents } from "./book/contents.js";
import { Highlight } from "./book/highlight.js";
import { Page } from "./book/page.js";
import { Place } from "./book/place.js";
import { ProgressBar } from "./book/progress-bar.js";
import { Screen } from "./book/screen.js";
import { Scroll } from "./book/scroll.js";
import { Checkpoints } from "./checkpoints/checkpoints.js";
import { Attention } from "./connection/attention.js";
import { Link } from "./connection/link.js";
import { Progress } from "./connection/progress.js";
import { socketComesThrough, waysFor } from "./connection/ways.js";
import { RaisedHand } from "./controls/hand.js";
import { Notices } from "./controls/notices.js";
import { Stops } from "./controls/stops.js";
import { DeviceVoice } from "./listening/device-voice.js";
import { Flow } from "./listening/flow.js";
import { Narration } from "./listening/narration.js";
import { PageVoice } from "./listening/page-voice.js";
import { Reading } from "./listening/reading.js";
import { WordSound } from "./listening/word-sound.js";
import { Preferences } from "./settings/preferences.js";

/** @import { ReaderConfig } from "../types/reader.d.ts" */
/** @import { Outbox } from "./connection/outbox.js" */

/** @typedef {ReturnType<typeof buildParts>} Parts */

/** What is read in place of the book as long as it is there. */
const COVERS = "dialog[open], body.is-asking";

/**
 * @param {ReaderConfig} config
 * @param {Outbox} outbox
 */
export function buildParts(config, outbox) {
  /** @type {Attention | null} */
  let attention = null;
  const socket = new Socket({
    ways: waysFor(config, outbox.client),
    heartbeat: { type: "HEARTBEAT", sessionId: config.sessionId },
    probe: () => socketComesThrough(config),
    quietFor: () => attention?.quietFor ?? 0,
  });
  const link = new Link({ sessionId: config.sessionId, socket, outbox });
  const text = buildText(config, link);
  attention = text.attention;
  const { book, page } = text;
  const url = config.speechUrl;
  const pageVoice = new PageVoice({ url, csrfToken, language: config.book.language });
  const questions = new Questions({ link, book });
  const asking = new AskingSheet({ sheet: one("#ask"), link, questions, book, voice: pageVoice });
  const card = new WordCard({ card: one("#word-card"), link, questions, book, page });
  const dialog = one("#checkpoint", document, HTMLDialogElement);
  const checkpoints = new Checkpoints({
    dialog,
    later: one("#checkpoint-later"),
    link,
    drafts: outbox,
    voice: pageVoice,
  });
  const flow = new Flow({ reading: text.reading, checkpoints, cards: [asking, card] });
  const buttons = buttonsByName();
  const hand = new RaisedHand({ button: buttons.hand, link, raised: config.handRaised });
  return {
    config,
    socket,
    link,
    ...text,
    pageVoice,
    questions,
    asking,
    card,
    checkpoints,
    flow,
    buttons,
    hand,
  };
}

/**
 * The book, where the child is in it, and what shows that.
 *
 * @param {ReaderConfig} config
 * @param {Link} link
 */
function buildText(config, link) {
  const { language } = config.book;
  const book = new Book(config);
  const preferences = new Preferences({
    drawer: one("#settings"),
    appearance: config.appearance,
    url: config.preferencesUrl,
    csrfToken,
    measures: config.measures,
  });
  const { appearance } = preferences;
  const players = { book: new Narration(), device: new DeviceVoice(language) };
  const word = startWord(config, link.unsavedWords.at(-1) ?? null);
  const reading = new Reading({ book, appearance, players, word });
  const wordSound = new WordSound({ book, language });
  const page = new Page(one("#text"), book);
  const scroll = new Scroll();
  const highlight = new Highlight(page);
  const bar = new ProgressBar({ bar: one("#trail"), words: one("#chapter-title"), book });
  const notices = new Notices({ link, line: one("#calm-line") });
  const stopDialog = one("#stop", document, HTMLDialogElement);
  const stops = new Stops({ link, dialog: stopDialog, idleSeconds: config.idleSeconds });
  const shows = { bar, highlight, notices, backButton: one("#back-to-place"), end: one("#end") };
  const place = new Place({ book, reading, page, scroll, ...shows });
  const screen = new Screen({ page, scroll });
  const isCovered = () => oneOrNone(COVERS) !== null;
  const attention = new Attention({ screen, reading, isCovered });
  const saved = config.savedWordIndex;
  const progress = new Progress({ reading, link, book, screen, attention, saved });
  const furthest = config.furthestWordIndex;
  const contents = new Contents({ drawer: one("#contents"), book, reading, link, furthest });
  const text = { book, reading, page, scroll, highlight, place, attention, progress, contents };
  return { ...text, preferences, wordSound, notices, stops };
}

/**
 * Where the page begins: at the chapter that was chosen, else where the child was last, as far as
 * this browser or the server knows.
 *
 * @param {Pick<ReaderConfig, "book" | "chapterChosen" | "startWordIndex">} config
 * @param {number | null} unsaved
 */
export function startWord({ book, chapterChosen, startWordIndex }, unsaved) {
  const word = chapterChosen ? startWordIndex : (unsaved ?? startWordIndex);
  return Math.min(word, book.wordCount - 1);
}

/** The page's buttons by their `data-control`; a book of one chapter has none for its contents. */
function buttonsByName() {
  const buttons = all("[data-control]", document, HTMLButtonElement);
  const byName = new Map(buttons.map((button) => [button.dataset.control ?? "", button]));
  const named = (/** @type {string} */ name) => {
    const button = byName.get(name);
    if (!button) throw new Error(`no button ${name} on this page`);
    return button;
  };
  return {
    play: named("play"),
    ask: named("ask"),
    again: named("again"),
    speed: named("speed"),
    hand: named("hand"),
    settings: named("settings"),
    contents: byName.get("contents") ?? null,
  };
}
