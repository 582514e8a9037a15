// One question about what was read. The text fades behind it and comes back where it was.

import { button, make, one, oneOrNone } from "../../shared/dom.js";
import { Emitter } from "../../shared/emitter.js";
import { hearButton } from "../asking/hear-button.js";
import { FIRST, questionCard, resultCard, textsOf, verdictText } from "./cards.js";

/**
 * @import { Answer, AnyOutboxEntry, Checkpoint, CheckpointResult, ErrorPayload, ServerFrame,
 *   SessionState } from "../../types/wire.d.ts"
 */
/** @import { Link } from "../connection/link.js" */
/** @import { Outbox } from "../connection/outbox.js" */
/** @import { PageVoice } from "../listening/page-voice.js" */

/** @typedef {Pick<Outbox, "draft" | "keepDraft">} Drafts */

const SLOW_MS = 6000;
const KEPT = "I keep your answer. It is looked at when the connection is back.";

/**
 * Emits "done" when the child may read on; "shown" with what the card says, "quiet" when it says it no
 * more.
 *
 * @extends {Emitter<{done: [checkpoint: Checkpoint], shown: [texts: string[]], quiet: []}>}
 */
export class Checkpoints extends Emitter {
  /**
   * The checkpoint that is waiting, if any.
   *
   * @type {Checkpoint | null}
   */
  due = null;
  #dialog;
  #body;
  #link;
  #drafts;
  #voice;
  #later;
  #laterButton;
  /** @type {AnyOutboxEntry | null} */
  #entry = null;
  /** @type {CheckpointResult | null} */
  #result = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #slow;
  /** @type {Set<string>} */
  #answered = new Set();
  /** @type {Set<string>} */
  #declined = new Set();
  /**
   * Questions that came due while another was open, or had to be answered.
   *
   * @type {Checkpoint[]}
   */
  #queue = [];

  /**
   * @param {object} parts
   * @param {HTMLDialogElement} parts.dialog
   * @param {HTMLElement} parts.later what leads back to a question that was left for a look
   * @param {Link} parts.link
   * @param {Drafts} parts.drafts
   * @param {PageVoice} parts.voice
   */
  constructor({ dialog, later, link, drafts, voice }) {
    super();
    this.#dialog = dialog;
    this.#body = one("[data-body]", dialog);
    this.#link = link;
    this.#drafts = drafts;
    this.#voice = voice;
    this.#later = later;
    this.#laterButton = one("button", later);
    link.on("CHECKPOINT_RESULT", (payload, frame) => this.#show(payload, frame));
    link.on("ERROR", (payload, frame) => this.#refused(payload, frame));
    link.on("INTERRUPTION_RESPONSE", (payload, frame) => this.#comforted(payload, frame));
    link.on("SESSION_RESTORED", ({ state, dueCheckpoint }) => this.#remember(state, dueCheckpoint));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.lookBack();
    });
    this.#laterButton.addEventListener("click", () => this.open());
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Whether reading on has to wait for an answer. */
  get holds() {
    return this.due?.required === true && !this.#mayGoOn;
  }

  /** @param {string} checkpointId */
  isSettled(checkpointId) {
    return this.#answered.has(checkpointId) || this.#declined.has(checkpointId);
  }

  /**
   * A question has come due; it is asked once it is opened.
   *
   * @param {Checkpoint} checkpoint
   * @returns {boolean} false where it waits already or was settled before
   */
  take(checkpoint) {
    const { checkpointId } = checkpoint;
    if (this.isSettled(checkpointId) || this.due?.checkpointId === checkpointId) return false;
    if (this.isOpen || this.holds) {
      this.#queue = [
        ...this.#queue.filter((other) => other.checkpointId !== checkpointId),
        checkpoint,
      ];
      return false;
    }
    this.due = checkpoint;
    this.#entry = null;
    this.#result = null;
    this.#ask(checkpoint);
    return true;
  }

  open() {
    if (!this.due || this.isOpen) return;
    this.#later.hidden = true;
    this.#dialog.showModal();
    document.body.classList.add("is-checkpoint");
    this.#focusFirst();
    if (!this.#result) this.emit("shown", textsOf(this.due));
  }

  /** Leave the card for a look at the page; a line at the foot leads back to it. */
  lookBack() {
    if (!this.due) return;
    this.emit("quiet");
    this.#dialog.close();
    document.body.classList.remove("is-checkpoint");
    this.#later.hidden = false;
    this.#laterButton.focus();
  }

  get #mayGoOn() {
    return this.#result !== null && (this.#result.correct || !this.#result.mayRetry);
  }

  #focusFirst() {
    oneOrNone(FIRST, this.#body)?.focus();
  }

  /**
   * @param {SessionState} state
   * @param {Checkpoint | undefined} dueCheckpoint
   */
  #remember({ comprehensionScores }, dueCheckpoint) {
    const waiting = [this.due?.checkpointId, dueCheckpoint?.checkpointId];
    for (const { checkpointId } of comprehensionScores) {
      if (!waiting.includes(checkpointId)) this.#answered.add(checkpointId);
    }
  }

  /** @param {Checkpoint} checkpoint */
  #ask(checkpoint) {
    const { head, elements } = questionCard(checkpoint, {
      answer: (event) => this.#answer(event, checkpoint),
      lookBack: () => this.lookBack(),
      decline: () => {
        this.#declined.add(checkpoint.checkpointId);
        this.#done(checkpoint);
      },
    });
    this.#body.replaceChildren(...elements);
    this.#takeUpDraft(checkpoint);
    // Who cannot read the question yet can hear it.
    head.append(hearButton(this.#voice, textsOf(checkpoint)));
  }

  /**
   * Go on with what the child was writing when the page was closed.
   *
   * @param {Checkpoint} checkpoint
   */
  #takeUpDraft({ checkpointId }) {
    const field = oneOrNone("textarea", this.#body);
    if (!(field instanceof HTMLTextAreaElement)) return;
    const { draft } = this.#drafts;
    if (draft?.checkpointId === checkpointId) field.value = draft.text;
    field.addEventListener("input", () => {
      this.#drafts.keepDraft({ checkpointId, text: field.value });
    });
  }

  /**
   * @param {SubmitEvent} event
   * @param {Checkpoint} checkpoint
   */
  #answer(event, checkpoint) {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const answer = String(new FormData(form).get("answer") ?? "").trim();
    if (!answer) return this.#focusFirst();
    this.emit("quiet");
    const { checkpointId } = checkpoint;
    const { entry, kept } = this.#link.send("CHECKPOINT_ANSWER", { checkpointId, answer });
    this.#entry = entry;
    this.#drafts.keepDraft(null);
    const note = make("p", { class: "quiet", role: "status", text: "…" });
    form.replaceChildren(make("blockquote", { text: answer }), note);
    clearTimeout(this.#slow);
    // Nobody is kept waiting for a network: once the answer is safe, the page may be turned.
    const letGo = async () => {
      await kept;
      if (this.#entry !== entry || !note.isConnected) return;
      note.textContent = KEPT;
      note.after(this.#goOnButton(checkpoint));
    };
    this.#slow = setTimeout(letGo, this.#link.live ? SLOW_MS : 0);
  }

  /** @param {Checkpoint} checkpoint */
  #goOnButton(checkpoint) {
    const onclick = () => this.#done(checkpoint);
    return button("Go on reading", { name: "on", kind: "strong", onclick });
  }

  /**
   * @param {CheckpointResult} result
   * @param {ServerFrame} frame
   */
  #show(result, { replyTo }) {
    const checkpoint = this.due;
    if (result.checkpointId !== checkpoint?.checkpointId) {
      this.#answered.add(result.checkpointId);
      return;
    }
    if (replyTo && this.#entry && this.#entry.id !== replyTo) return;
    clearTimeout(this.#slow);
    this.#result = result;
    const elements = resultCard(checkpoint, result, {
      goOn: () => this.#done(checkpoint),
      tryAgain: () => {
        this.#ask(checkpoint);
        this.#focusFirst();
        this.emit("shown", textsOf(checkpoint));
      },
      lookBack: () => {
        this.#ask(checkpoint);
        this.lookBack();
      },
    });
    this.#body.replaceChildren(...elements);
    this.#focusFirst();
    const explanation = this.#mayGoOn ? [result.explanation] : [];
    this.emit("shown", [verdictText(result, checkpoint.kind), ...explanation]);
  }

  /**
   * @param {ErrorPayload} payload
   * @param {ServerFrame} frame
   */
  #refused({ message, retryable }, { replyTo }) {
    // What may be tried again the link sends again.
    if (retryable || !this.due || !this.#entry || this.#entry.id !== replyTo) return;
    clearTimeout(this.#slow);
    this.#ask(this.due);
    this.#body.append(make("p", { role: "alert", text: message }));
  }

  /**
   * An answer that could not be scored told of trouble, and got a kind word instead.
   *
   * @param {Answer} payload
   * @param {ServerFrame} frame
   */
  #comforted({ responseText }, { replyTo }) {
    const checkpoint = this.due;
    if (!checkpoint || !this.#entry || this.#entry.id !== replyTo) return;
    clearTimeout(this.#slow);
    this.#body.replaceChildren(
      make("p", { class: "explanation", role: "status", text: responseText }),
      make("div", { class: "row" }, this.#goOnButton(checkpoint)),
    );
    this.emit("shown", [responseText]);
    this.#focusFirst();
  }

  /** @param {Checkpoint} checkpoint */
  #done(checkpoint) {
    this.emit("quiet");
    if (this.#mayGoOn || this.#entry) this.#answered.add(checkpoint.checkpointId);
    this.due = null;
    this.#later.hidden = true;
    this.#dialog.close();
    document.body.classList.remove("is-checkpoint");
    // The next question opens before anything goes on, or the voice would read beneath its card.
    const next = this.#queue.shift();
    if (next && this.take(next)) this.open();
    this.emit("done", checkpoint);
  }
}
