// One word, looked at closely: how it sounds, its parts, what it means here.

import { button, make, one, rememberFocus } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";
import { showText, statusText } from "./answer.js";
import { syllables } from "./syllables.js";

/** @import { Book } from "../book/book.js" */
/** @import { Page } from "../book/page.js" */
/** @import { Link } from "../connection/link.js" */
/** @import { Question } from "./question.js" */
/** @import { Questions } from "./questions.js" */

const SETTLE_MS = 350;
const MARGIN = 12;
const TINY = "The smallest words have no meaning of their own. They hold the others together.";
/** Words that every reader has, and that no dictionary makes clearer. */
const TINY_WORDS = new Set(
  (
    "a an and are as at be but by did do for from had has have he her him his i if in is it its me my " +
    "no not of on or our she so that the their them then there they this to up us was we were what " +
    "when who will with you your"
  ).split(" "),
);
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** @param {string} word */
const bare = (word) => word.replace(AROUND, "") || word;

/**
 * Emits "open" and "close", and what the child wants of a word; "meaning" when its meaning is asked
 * for, "told" with a meaning that needs no asking, "quiet" when nothing of it is shown any more.
 *
 * @extends {Emitter<{open: [word: number], close: [], hear: [word: number, text: string],
 *   more: [word: number, text: string], read: [word: number], meaning: [question: Question],
 *   told: [text: string], quiet: []}>}
 */
export class WordCard extends Emitter {
  #card;
  #link;
  #questions;
  #book;
  #page;
  #parts;
  #word = 0;
  /**
   * What was asked about each word of a sentence: elsewhere it may mean something else.
   *
   * @type {Map<string, Question>}
   */
  #meanings = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  /** @type {() => void} */
  #stopWatching = () => undefined;
  /** @type {() => void} */
  #restoreFocus = () => undefined;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.card
   * @param {Link} parts.link
   * @param {Questions} parts.questions
   * @param {Book} parts.book
   * @param {Page} parts.page
   */
  constructor({ card, link, questions, book, page }) {
    super();
    this.#card = card;
    this.#link = link;
    this.#questions = questions;
    this.#book = book;
    this.#page = page;
    this.#parts = {
      word: one("[data-word]", card),
      parts: one("[data-parts]", card),
      meaning: one("[data-meaning]", card),
      actions: one("[data-actions]", card),
    };
    one("[data-hear]", card).addEventListener("click", () =>
      this.emit("hear", this.#word, this.#text),
    );
    one("[data-close]", card).addEventListener("click", () => this.close());
    card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    addEventListener("resize", () => this.isOpen && this.#place());
  }

  get isOpen() {
    return !this.#card.hidden;
  }

  get #text() {
    return this.#parts.word.textContent;
  }

  /** @param {number} word */
  open(word) {
    if (!this.isOpen) this.#restoreFocus = rememberFocus();
    this.#mark(false);
    this.#word = word;
    const text = bare(this.#book.chapterOf(word)?.word(word) ?? "");
    this.#parts.word.textContent = text;
    const parts = syllables(text);
    this.#parts.parts.textContent = parts.length > 1 ? parts.join(" · ") : "";
    this.#parts.actions.replaceChildren(...this.#choices(word, text));
    this.#card.hidden = false;
    this.#mark(true);
    this.#place();
    this.#card.focus({ preventScroll: true });
    this.emit("open", word);
    this.#explain(word, text);
  }

  /** @param {{quietly?: boolean}} [options] quietly: something else opens in its place */
  close({ quietly = false } = {}) {
    if (!this.isOpen) return;
    clearTimeout(this.#settling);
    this.#stopWatching();
    this.#card.hidden = true;
    this.#mark(false);
    this.#restoreFocus();
    this.emit("quiet");
    if (!quietly) this.emit("close");
  }

  /**
   * @param {number} word
   * @param {string} text
   */
  #choices(word, text) {
    return [
      button("Read from here", {
        name: "play",
        onclick: () => {
          this.close({ quietly: true });
          this.emit("read", word);
        },
      }),
      button("Ask more", {
        name: "ask",
        kind: "ask",
        onclick: () => {
          this.close({ quietly: true });
          this.emit("more", word, text);
        },
      }),
    ];
  }

  /**
   * Ask what it means once the child has stayed for a moment: a slip of the finger asks nothing.
   *
   * @param {number} word
   * @param {string} text
   */
  #explain(word, text) {
    clearTimeout(this.#settling);
    this.#stopWatching();
    this.#parts.meaning.replaceChildren();
    const known = this.#meanings.get(this.#key(word, text));
    if (known) return this.#show(known);
    if (TINY_WORDS.has(text.toLowerCase())) {
      this.#say(TINY);
      return this.emit("told", TINY);
    }
    if (this.#questions.isOpen) return this.#say("I am still on your last question.");
    this.#say("…");
    this.#settling = setTimeout(() => {
      const question = this.#questions.ask(`What does “${text}” mean?`, {
        wordIndex: word,
        kind: "word",
      });
      this.#meanings.set(this.#key(word, text), question);
      this.#show(question);
    }, SETTLE_MS);
  }

  /**
   * @param {number} word
   * @param {string} text
   */
  #key(word, text) {
    return `${text.toLowerCase()} ${this.#book.sentenceOf(word)?.text ?? ""}`;
  }

  /** @param {Question} question */
  #show(question) {
    this.#stopWatching = question.on("change", () => this.#draw(question));
    this.#draw(question);
    this.emit("meaning", question);
  }

  /** @param {Question} question */
  #draw(question) {
    if (question.error) this.#meanings.delete(this.#key(this.#word, this.#text));
    if (question.error || !question.text) return this.#say(statusText(question, this.#link.live));
    this.#parts.meaning.setAttribute("aria-busy", String(question.isOpen));
    showText(this.#parts.meaning, question.text);
    this.#place();
  }

  /** @param {string} text */
  #say(text) {
    this.#parts.meaning.replaceChildren(make("p", { class: "quiet", text }));
    this.#place();
  }

  /** @param {boolean} on */
  #mark(on) {
    this.#page.word(this.#word)?.classList.toggle("chosen", on);
  }

  /** Beside the word; a narrow screen has the card at its foot, and the word above it. */
  #place() {
    const word = this.#page.word(this.#word);
    if (!word) return;
    const box = word.getBoundingClientRect();
    if (getComputedStyle(this.#card).position === "fixed") {
      const covered = box.bottom + MARGIN - this.#card.getBoundingClientRect().top;
      if (covered > 0) scrollBy({ top: covered, behavior: "instant" });
      return;
    }
    const { offsetWidth: width, offsetHeight: height } = this.#card;
    const middle = box.left + box.width / 2 - width / 2;
    const left = Math.max(MARGIN, Math.min(middle, innerWidth - width - MARGIN));
    const fitsBelow = box.bottom + MARGIN + height < innerHeight - 96;
    const top = fitsBelow ? box.bottom + MARGIN : Math.max(MARGIN, box.top - MARGIN - height);
    this.#card.style.setProperty("--left", `${left + scrollX}px`);
    this.#card.style.setProperty("--top", `${top + scrollY}px`);
  }
}
