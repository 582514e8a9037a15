// The sheet beside the text: ask in one's own words, watch the answer come, go on reading.

import { button, hasTouchKeyboard, one, rememberFocus } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";
import { showText, statusText } from "./answer.js";
import { answerActions } from "./answer-actions.js";

/** @import { ClientPayloads } from "../../types/wire.d.ts" */
/** @import { Book } from "../book/book.js" */
/** @import { Link } from "../connection/link.js" */
/** @import { PageVoice } from "../listening/page-voice.js" */
/** @import { Question } from "./question.js" */
/** @import { Questions } from "./questions.js" */

/** @typedef {ClientPayloads["RESUME_READING"] & {askedSomething: boolean}} Closed */

const HEAD_PX = 64;
const STARTERS = ["What does this mean?", "Why did that happen?", "Say it in easier words"];
const BUSY = "One moment, I am still on your last question.";

/**
 * Emits "open" and "repeat" with a word, "close", and "came" when an answer came that the child did
 * not wait for. "quiet": what was being said of an answer is over.
 *
 * @extends {Emitter<{open: [word: number], close: [closed: Closed], repeat: [word: number],
 *   came: [], quiet: []}>}
 */
export class AskingSheet extends Emitter {
  #sheet;
  #link;
  #questions;
  #book;
  #voice;
  #parts;
  #anything;
  #word = 0;
  /** @type {Question | null} */
  #shown = null;
  #unseen = false;
  /** @type {{understood?: boolean, helpful?: boolean}} */
  #feedback = {};
  #openedAt = 0;
  /** @type {() => void} */
  #stopWatching = () => undefined;
  /** @type {() => void} */
  #restoreFocus = () => undefined;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.sheet
   * @param {Link} parts.link
   * @param {Questions} parts.questions
   * @param {Book} parts.book
   * @param {PageVoice} parts.voice
   */
  constructor({ sheet, link, questions, book, voice }) {
    super();
    this.#sheet = sheet;
    this.#link = link;
    this.#questions = questions;
    this.#book = book;
    this.#voice = voice;
    this.#parts = {
      quote: one("[data-quote]", sheet),
      starters: one("[data-starters]", sheet),
      question: one("[data-question]", sheet),
      answer: one("[data-answer]", sheet),
      status: one("[data-status]", sheet),
      actions: one("[data-actions]", sheet),
      said: one("[data-said]", sheet),
      form: one("[data-form]", sheet, HTMLFormElement),
      field: one("textarea", sheet, HTMLTextAreaElement),
    };
    this.#anything = this.#parts.field.placeholder;
    this.#parts.starters.append(
      ...STARTERS.map((text) => button(text, { onclick: () => this.#ask(text) })),
    );
    this.#listen();
  }

  get isOpen() {
    return !this.#sheet.hidden;
  }

  /**
   * Open the sheet about the sentence that `word` is in, or about an answer that was not seen yet.
   *
   * @param {number} word
   */
  open(word) {
    if (!this.isOpen) {
      this.#restoreFocus = rememberFocus();
      this.#openedAt = performance.now();
      this.#feedback = {};
    }
    const about = this.#unseen && this.#shown ? this.#shown.wordIndex : word;
    this.#word = about;
    this.#sheet.hidden = false;
    document.body.classList.add("is-asking");
    this.#parts.quote.textContent = this.#book.sentenceOf(about)?.text ?? "";
    if (!this.#questions.isOpen && this.#shown && !this.#unseen) this.#clear();
    this.#unseen = false;
    this.#emptyField();
    // Under a finger a keyboard would rise over the text that is asked about.
    (hasTouchKeyboard() ? this.#sheet : this.#parts.field).focus({ preventScroll: true });
    this.emit("open", about);
  }

  close() {
    if (!this.isOpen) return;
    this.emit("quiet");
    const askedSomething = this.#shown !== null;
    const timeSpent = Math.round((performance.now() - this.#openedAt) / 1000);
    this.#sheet.hidden = true;
    document.body.classList.remove("is-asking");
    if (!this.#questions.isOpen) this.#clear();
    this.#restoreFocus();
    this.emit("close", { ...this.#feedback, timeSpent, askedSomething });
  }

  /**
   * Show a question, whoever on the page asked it.
   *
   * @param {Question} question
   */
  show(question) {
    this.#stopWatching();
    this.#shown = question;
    const { said, starters, question: shown, answer, actions } = this.#parts;
    said.textContent = "";
    starters.hidden = true;
    shown.textContent = question.questionText;
    shown.hidden = false;
    answer.replaceChildren();
    actions.replaceChildren();
    this.#stopWatching = question.on("change", () => this.#draw(question));
    this.#draw(question);
  }

  #listen() {
    const { form, field } = this.#parts;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(field.value.trim());
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    one("[data-close]", this.#sheet).addEventListener("click", () => this.close());
    this.#sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  #emptyField() {
    this.#parts.field.value = "";
    this.#parts.field.placeholder = this.#anything;
  }

  /** @param {string} text */
  #ask(text) {
    if (!text) return this.#parts.field.focus();
    if (this.#questions.isOpen) {
      this.#parts.status.textContent = BUSY;
      return;
    }
    this.#emptyField();
    this.show(this.#questions.ask(text, { wordIndex: this.#word, kind: "text" }));
  }

  /** @param {Question} question */
  #draw(question) {
    const { answer, status } = this.#parts;
    const isFirst = answer.children.length === 0 && question.text;
    answer.setAttribute("aria-busy", String(question.isOpen));
    showText(answer, question.error ? "" : question.text);
    status.textContent = statusText(question, this.#link.live);
    this.#drawActions(question);
    if (!this.isOpen && question.response && !this.#unseen) {
      this.#unseen = true;
      this.emit("came");
    }
    // An answer is read from its beginning, however long it grows.
    if (isFirst) this.#sheet.scrollTop = this.#parts.question.offsetTop - HEAD_PX;
  }

  /** @param {Question} question */
  #drawActions(question) {
    const { actions, said, status } = this.#parts;
    if (!question.isOpen) {
      actions.replaceChildren(...this.#actionsOf(question));
      // Read out once, whole: piece by piece would be noise in a screen reader.
      said.textContent = question.error ? status.textContent : question.text;
    } else if (actions.children.length === 0) {
      actions.append(button("Never mind", { kind: "plain", onclick: () => this.#cancel() }));
    }
  }

  /** @param {Question} question */
  #actionsOf(question) {
    return answerActions(question, {
      voice: this.#voice,
      goOn: () => this.close(),
      ask: (text) => this.#ask(text),
      repeat: () => {
        const word = this.#word;
        this.close();
        this.emit("repeat", word);
      },
      invite: (text) => {
        this.#parts.field.placeholder = `${text}…`;
        this.#parts.field.focus();
      },
      helped: (helped) => {
        this.#feedback = { helpful: helped, understood: helped };
      },
    });
  }

  #cancel() {
    this.#questions.cancel();
    this.emit("quiet");
    this.#clear();
    this.#parts.field.focus();
  }

  #clear() {
    this.#stopWatching();
    this.#shown = null;
    this.#parts.question.hidden = true;
    this.#parts.starters.hidden = false;
    this.#parts.answer.replaceChildren();
    this.#parts.actions.replaceChildren();
    this.#parts.status.textContent = "";
    this.#parts.said.textContent = "";
  }
}
