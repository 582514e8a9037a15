// One question at a time, from being asked to its whole answer, whoever on the page asked it.

import { Emitter } from "../../shared/emitter.js";
import { Question } from "./question.js";

/**
 * @import { AnswerError, Answer, ErrorPayload, OpenInterruption, ServerFrame,
 *   ServerPayloads } from "../../types/wire.d.ts"
 */
/** @import { QuestionFacts } from "../../types/reader.d.ts" */
/** @import { Book } from "../book/book.js" */
/** @import { Link } from "../connection/link.js" */

/**
 * Emits "asked" for every new one, also one that was open before the page was.
 *
 * @extends {Emitter<{asked: [question: Question]}>}
 */
export class Questions extends Emitter {
  /** @type {Question | null} */
  current = null;
  #link;
  #book;

  /** @param {{link: Link, book: Book}} parts */
  constructor({ link, book }) {
    super();
    this.#link = link;
    this.#book = book;
    link.on("INTERRUPTION_ACKNOWLEDGED", (payload, frame) => this.#acknowledged(payload, frame));
    link.on("INTERRUPTION_DELTA", (payload) => this.#addDelta(payload));
    link.on("INTERRUPTION_RESPONSE", (payload, frame) => this.#answered(payload, frame));
    link.on("INTERRUPTION_ERROR", (payload, frame) => this.#failed(payload, frame));
    link.on("SESSION_RESTORED", (payload) => this.#restored(payload));
    link.on("ERROR", (payload, frame) => this.#refused(payload, frame));
    link.on("state", () => this.#open?.tell());
  }

  get isOpen() {
    return this.#open !== null;
  }

  /**
   * Ask about the sentence that a word is in.
   *
   * @param {string} questionText
   * @param {{wordIndex: number, kind: QuestionFacts["kind"]}} about
   * @returns {Question}
   */
  ask(questionText, { wordIndex, kind }) {
    const { entry, kept } = this.#link.send("STUDENT_INTERRUPTION", {
      questionText,
      context: {
        book: this.#book.bookId,
        currentWordIndex: wordIndex,
        currentSentence: this.#book.sentenceOf(wordIndex)?.text ?? "",
      },
      interruptionType: kind,
    });
    const question = this.#begin({ questionText, wordIndex, kind, entry, kept: false });
    kept.then(() => question.keep());
    return question;
  }

  cancel() {
    const question = this.#open;
    if (!question) return;
    const { entry, interruptionId } = question;
    if (entry?.id === null) this.#link.withdraw(entry);
    else if (interruptionId) this.#link.send("CANCEL_INTERRUPTION", { interruptionId });
    question.fail({ errorCode: "cancelled", userMessage: "", fallbackAction: "continue" });
  }

  /** @param {QuestionFacts} facts */
  #begin(facts) {
    const question = new Question(facts);
    this.current = question;
    this.emit("asked", question);
    return question;
  }

  /** The question whose answer is not whole yet, if there is one. */
  get #open() {
    return this.current?.isOpen ? this.current : null;
  }

  /**
   * The open question, if a frame is about it.
   *
   * @param {string | undefined} interruptionId
   * @param {number} [replyTo]
   */
  #openFor(interruptionId, replyTo) {
    const question = this.#open;
    if (!question) return null;
    if (interruptionId && question.interruptionId === interruptionId) return question;
    const isReply = replyTo !== undefined && question.entry?.id === replyTo;
    return isReply && !question.interruptionId ? question : null;
  }

  /**
   * @param {{interruptionId: string}} payload
   * @param {ServerFrame} frame
   */
  #acknowledged({ interruptionId }, { replyTo }) {
    const question = this.#openFor(interruptionId, replyTo);
    if (question) question.interruptionId = interruptionId;
  }

  /** @param {ServerPayloads["INTERRUPTION_DELTA"]} payload */
  #addDelta({ interruptionId, index, text }) {
    this.#openFor(interruptionId)?.grow(index, text);
  }

  /**
   * @param {Answer} payload
   * @param {ServerFrame} frame
   */
  #answered(payload, { replyTo }) {
    this.#openFor(payload.interruptionId, replyTo)?.answer(payload);
  }

  /**
   * @param {AnswerError} payload
   * @param {ServerFrame} frame
   */
  #failed(payload, { replyTo }) {
    this.#openFor(payload.interruptionId, replyTo)?.fail(payload);
  }

  /**
   * @param {ErrorPayload} payload
   * @param {ServerFrame} frame
   */
  #refused({ message, retryable }, { replyTo }) {
    if (retryable) return; // The link sends it again.
    const error = { errorCode: "invalid", userMessage: message };
    this.#openFor(undefined, replyTo)?.fail({ ...error, fallbackAction: "continue" });
  }

  /**
   * After a break: go on where the answer is, or take the one that came meanwhile.
   *
   * @param {ServerPayloads["SESSION_RESTORED"]} payload
   */
  #restored({ state, openInterruption }) {
    if (openInterruption) return this.#goOn(openInterruption);
    const question = this.#open;
    const interruptionId = question?.interruptionId;
    if (!interruptionId) return;
    const ended = state.interruptions.find((each) => each.interruptionId === interruptionId);
    if (ended?.status === "answered") {
      question.answer({ interruptionId, responseText: ended.response ?? "", suggestions: [] });
    } else if (ended && ended.status !== "pending") {
      question.fail({ errorCode: ended.status, userMessage: "", fallbackAction: "retry" });
    }
  }

  /** @param {OpenInterruption} open */
  #goOn({ interruptionId, question: questionText, wordIndex, textSoFar, nextIndex }) {
    let question = this.#open;
    if (!question || (question.interruptionId && question.interruptionId !== interruptionId)) {
      question = this.#begin({ questionText, wordIndex, kind: "text", entry: null });
    }
    question.interruptionId = interruptionId;
    question.goOn(textSoFar, nextIndex);
  }
}
