// One question at a time, from being asked to its whole answer, whoever on the page asked it.

import { Emitter } from "./events.js";

/**
 * A question on its way. `status` is "waiting" (for the connection), "thinking", "answering",
 * "answered" or "failed"; `response` is the server's whole answer, `error` its kind refusal.
 */
class Question extends Emitter {
  status = "thinking";
  interruptionId = null;
  text = "";
  nextIndex = 0;
  response = null;
  error = null;
  askedAt = performance.now();

  /** `kept` says whether it would outlive the page. */
  constructor({ questionText, wordIndex, kind, entry, kept = true }) {
    super();
    Object.assign(this, { questionText, wordIndex, kind, entry, kept });
  }

  get isOpen() {
    return this.response === null && this.error === null;
  }

  become(status) {
    this.status = status;
    this.emit("change", this);
  }
}

/** Emits "asked" (question) for every new one, also one that was open before the page was. */
export class Questions extends Emitter {
  current = null;
  #link;
  #book;

  constructor({ link, book }) {
    super();
    this.#link = link;
    this.#book = book;
    link.on("INTERRUPTION_ACKNOWLEDGED", (payload, frame) => this.#acknowledged(payload, frame));
    link.on("INTERRUPTION_DELTA", (payload) => this.#delta(payload));
    link.on("INTERRUPTION_RESPONSE", (payload, frame) => this.#answered(payload, frame));
    link.on("INTERRUPTION_ERROR", (payload, frame) => this.#failed(payload, frame));
    link.on("SESSION_RESTORED", (payload) => this.#restored(payload));
    link.on("ERROR", (payload, frame) => this.#refused(payload, frame));
    link.on("state", () => this.#current()?.emit("change", this.current));
  }

  get isOpen() {
    return this.current?.isOpen ?? false;
  }

  /** Ask about the sentence that a word is in; `kind` is "text", "voice" or "word". */
  ask(questionText, { wordIndex, kind = "text", audioTimestamp = null }) {
    const sentence = this.#book.chapterOf(wordIndex)?.sentence(wordIndex).text ?? "";
    const context = {
      book: this.#book.bookId,
      currentWordIndex: wordIndex,
      currentSentence: sentence,
    };
    if (audioTimestamp !== null) context.audioTimestamp = audioTimestamp;
    const payload = { questionText, context, interruptionType: kind };
    const { entry, kept } = this.#link.send("STUDENT_INTERRUPTION", payload);
    const question = this.#begin({ questionText, wordIndex, kind, entry, kept: false });
    kept.then(() => {
      question.kept = true;
      if (question.isOpen) question.emit("change", question);
    });
    return question;
  }

  cancel() {
    const question = this.#current();
    if (!question) return;
    if (question.entry?.id === null) this.#link.withdraw(question.entry);
    else if (question.interruptionId) {
      this.#link.send("CANCEL_INTERRUPTION", { interruptionId: question.interruptionId });
    }
    question.error = { errorCode: "cancelled", userMessage: "", fallbackAction: "continue" };
    question.become("failed");
  }

  #begin(facts) {
    this.current = new Question(facts);
    this.emit("asked", this.current);
    return this.current;
  }

  #current() {
    return this.isOpen ? this.current : null;
  }

  #mine(interruptionId, replyTo) {
    const question = this.#current();
    if (!question) return null;
    if (interruptionId && question.interruptionId === interruptionId) return question;
    const isReply = replyTo && question.entry?.id === replyTo;
    return isReply && !question.interruptionId ? question : null;
  }

  #acknowledged({ interruptionId }, { replyTo }) {
    const question = this.#mine(interruptionId, replyTo);
    if (question) question.interruptionId = interruptionId;
  }

  #delta({ interruptionId, index, text }) {
    const question = this.#mine(interruptionId);
    if (!question) return;
    if (index === 0) question.text = "";
    else if (index !== question.nextIndex) return; // A piece is missing; the whole comes later.
    question.text += text;
    question.nextIndex = index + 1;
    question.become("answering");
  }

  #answered(payload, { replyTo }) {
    const question = this.#mine(payload.interruptionId, replyTo);
    if (!question) return;
    question.interruptionId = payload.interruptionId;
    question.text = payload.responseText;
    question.response = payload;
    question.become("answered");
  }

  #failed(payload, { replyTo }) {
    const question = this.#mine(payload.interruptionId, replyTo);
    if (!question) return;
    question.error = payload;
    question.become("failed");
  }

  #refused({ message }, { replyTo }) {
    const question = this.#mine(null, replyTo);
    if (!question) return;
    question.error = { errorCode: "invalid", userMessage: message, fallbackAction: "continue" };
    question.become("failed");
  }

  /** After a break: go on where the answer is, or take the one that came meanwhile. */
  #restored({ state, openInterruption }) {
    if (openInterruption) return this.#goOn(openInterruption);
    const question = this.#current();
    if (!question?.interruptionId) return;
    const { interruptionId } = question;
    const ended = state.interruptions.find((each) => each.interruptionId === interruptionId);
    if (ended?.status === "answered") {
      question.text = ended.response;
      question.response = { interruptionId, responseText: ended.response, suggestions: [] };
      question.become("answered");
    } else if (ended && ended.status !== "pending") {
      question.error = { errorCode: ended.status, userMessage: "", fallbackAction: "retry" };
      question.become("failed");
    }
  }

  #goOn({ interruptionId, question: questionText, wordIndex, textSoFar, nextIndex }) {
    let question = this.#current();
    if (!question || (question.interruptionId && question.interruptionId !== interruptionId)) {
      question = this.#begin({ questionText, wordIndex, kind: "text", entry: null });
    }
    question.interruptionId = interruptionId;
    question.text = textSoFar;
    question.nextIndex = nextIndex;
    question.become(textSoFar ? "answering" : "thinking");
  }
}
