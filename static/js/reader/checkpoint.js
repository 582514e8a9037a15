// One question about what was read. The text fades behind it and comes back where it was.

import { Emitter } from "./events.js";
import { button, icon, make, one } from "./dom.js";
import { deviceHasVoice, hush, say } from "./voice.js";

const SLOW_MS = 6_000;
const KINDS = {
  vocabulary: "A word to think about",
  comprehension: "What do you remember?",
  prediction: "What do you think?",
};
const OFFLINE = "I keep your answer. It is looked at when the connection is back.";

/** Emits "open" (checkpoint) and "done" (checkpoint) when the child may read on. */
export class Checkpoints extends Emitter {
  /** The checkpoint that is waiting, if any. */
  due = null;
  #dialog;
  #link;
  #later;
  #entry = null;
  #result = null;
  #slow = null;
  #answered = new Set();
  #declined = new Set();
  /** Questions that came due while one that must be answered was open. */
  #queue = [];

  constructor({ dialog, later, link }) {
    super();
    this.#dialog = dialog;
    this.#link = link;
    this.#later = later;
    this.body = one("[data-body]", dialog);
    link.on("CHECKPOINT_RESULT", (payload, frame) => this.#show(payload, frame));
    link.on("ERROR", (payload, frame) => this.#refused(payload, frame));
    link.on("SESSION_RESTORED", ({ state, dueCheckpoint }) => this.#remember(state, dueCheckpoint));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.lookBack();
    });
    one("button", later).addEventListener("click", () => this.open());
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Whether reading on has to wait for an answer. */
  get holds() {
    return this.due !== null && this.due.required && !this.#mayGoOn;
  }

  isSettled(checkpointId) {
    return this.#answered.has(checkpointId) || this.#declined.has(checkpointId);
  }

  /** A question has come due; it is asked once it is opened. False where it was settled before. */
  take(checkpoint) {
    const { checkpointId } = checkpoint;
    if (this.isSettled(checkpointId)) return false;
    if (this.due?.checkpointId === checkpointId) return false;
    if (this.holds) {
      this.#queue = [...this.#queue.filter((other) => other.checkpointId !== checkpointId), checkpoint];
      return false;
    }
    this.due = checkpoint;
    this.#entry = null;
    this.#result = null;
    this.#ask();
    return true;
  }

  open() {
    if (!this.due || this.isOpen) return;
    this.#later.hidden = true;
    this.#dialog.showModal();
    document.body.classList.add("is-checkpoint");
    one("[data-first]", this.body)?.focus();
    this.emit("open", this.due);
  }

  /** Leave the card for a look at the page; a line at the foot leads back to it. */
  lookBack() {
    if (!this.due) return;
    hush();
    this.#dialog.close();
    document.body.classList.remove("is-checkpoint");
    this.#later.hidden = false;
    one("button", this.#later).focus();
  }

  get #mayGoOn() {
    return Boolean(this.#result && (this.#result.correct || !this.#result.mayRetry));
  }

  #remember({ comprehensionScores }, dueCheckpoint) {
    const waiting = [this.due?.checkpointId, dueCheckpoint?.checkpointId];
    for (const { checkpointId } of comprehensionScores) {
      if (!waiting.includes(checkpointId)) this.#answered.add(checkpointId);
    }
  }

  #ask() {
    const { kind, question, choices, required } = this.due;
    const form = make("form", { onsubmit: (event) => this.#answer(event) });
    const field = choices?.length ? choiceField(question, choices) : writtenField(question);
    form.append(
      field,
      make(
        "div",
        { class: "row" },
        make("button", { class: "button strong", type: "submit" }, make("span", { text: "This is my answer" })),
        button("Look at the page", { name: "book", kind: "plain", onclick: () => this.lookBack() }),
        !required && button("Not now", { kind: "plain", onclick: () => this.#decline() }),
      ),
    );
    const head = make("div", { class: "kind" }, make("p", { text: KINDS[kind] ?? KINDS.comprehension }));
    this.body.replaceChildren(head, make("h2", { id: "checkpoint-question", text: question }), form);
    this.#offerVoice(head, [question, ...(choices ?? [])].join(" \n"));
  }

  /** Who cannot read the question yet can hear it, where the device has a voice. */
  async #offerVoice(head, text) {
    if (!(await deviceHasVoice())) return;
    head.append(button("Hear it", { name: "sound", kind: "plain", onclick: () => say(text) }));
  }

  #answer(event) {
    event.preventDefault();
    const answer = new FormData(event.target).get("answer")?.trim();
    if (!answer) return one("[data-first]", this.body).focus();
    hush();
    const { checkpointId } = this.due;
    const { entry, kept } = this.#link.send("CHECKPOINT_ANSWER", { checkpointId, answer });
    this.#entry = entry;
    const note = make("p", { class: "quiet", role: "status", text: "…" });
    event.target.replaceChildren(make("blockquote", { text: answer }), note);
    clearTimeout(this.#slow);
    const wait = this.#link.live ? SLOW_MS : 0;
    this.#slow = setTimeout(() => kept.then(() => this.#keepForLater(note, entry)), wait);
  }

  /** Nobody is kept waiting for a network: the answer is safe, so the page may be turned. */
  #keepForLater(note, entry) {
    if (this.#entry !== entry || !note.isConnected) return;
    note.textContent = OFFLINE;
    note.after(button("Go on reading", { name: "on", kind: "strong", onclick: () => this.#done() }));
  }

  #show(result, { replyTo }) {
    if (result.checkpointId !== this.due?.checkpointId) {
      this.#answered.add(result.checkpointId);
      return;
    }
    if (replyTo && this.#entry?.id !== replyTo && this.#entry) return;
    clearTimeout(this.#slow);
    this.#result = result;
    const { question } = this.due;
    this.body.replaceChildren(
      make("h2", { id: "checkpoint-question", class: "small", text: question }),
      verdict(result, this.due.kind),
      make("p", { class: "explanation", text: result.correct || !result.mayRetry ? result.explanation : "" }),
      this.#next(result),
    );
    one("[data-first]", this.body)?.focus();
  }

  #next({ correct, mayRetry }) {
    const goOn = button("Go on reading", {
      name: "on",
      kind: "strong",
      "data-first": this.#mayGoOn,
      onclick: () => this.#done(),
    });
    if (correct || !mayRetry) return make("div", { class: "row" }, goOn);
    const again = button("Try again", {
      name: "again",
      kind: "strong",
      "data-first": true,
      onclick: () => {
        this.#ask();
        one("[data-first]", this.body).focus();
      },
    });
    const look = button("Look at the page", {
      name: "book",
      onclick: () => {
        this.#ask();
        this.lookBack();
      },
    });
    return make("div", { class: "row" }, again, look, !this.due.required && goOn);
  }

  #refused({ message }, { replyTo }) {
    if (!this.#entry || this.#entry.id !== replyTo) return;
    clearTimeout(this.#slow);
    this.#ask();
    this.body.append(make("p", { role: "alert", text: message }));
  }

  #decline() {
    this.#declined.add(this.due.checkpointId);
    this.#done();
  }

  #done() {
    const settled = this.due;
    hush();
    if (this.#mayGoOn || this.#entry) this.#answered.add(settled.checkpointId);
    this.due = null;
    this.#later.hidden = true;
    this.#dialog.close();
    document.body.classList.remove("is-checkpoint");
    this.emit("done", settled);
    const next = this.#queue.shift();
    if (next && this.take(next)) this.open();
  }
}

function choiceField(question, choices) {
  const box = make("fieldset", { class: "choices" }, make("legend", { class: "unseen", text: question }));
  choices.forEach((choice, place) => {
    const input = make("input", {
      type: "radio",
      name: "answer",
      value: choice,
      required: true,
      "data-first": place === 0,
    });
    box.append(make("label", {}, input, make("span", { text: choice })));
  });
  return box;
}

function writtenField(question) {
  const field = make("textarea", {
    name: "answer",
    rows: "3",
    maxlength: "1000",
    required: true,
    "aria-label": question,
    placeholder: "In your own words…",
    "data-first": true,
  });
  return field;
}

function verdict({ correct, mayRetry }, kind) {
  if (kind === "prediction" && correct) return mark("star", "A good thought!", "good");
  if (correct) return mark("check", "Yes, that is it.", "good");
  if (mayRetry) return mark("again", "Not quite. Have another look.", "tricky");
  return mark("star", "That one was tricky. Here is why.", "tricky");
}

const mark = (name, text, kind) =>
  make("p", { class: `verdict ${kind}`, role: "status" }, icon(name), make("strong", { text }));
