// The sheet beside the text: ask in one's own words, watch the answer come, go on reading.

import { Emitter } from "./events.js";
import { button, make, one, touched } from "./dom.js";
import { hearButton, showText, statusText } from "./answer.js";

const HEAD_PX = 64;
const STARTERS = ["What does this mean?", "Why did that happen?", "Say it in easier words"];

/**
 * Emits "open" (word index), "close" ({understood, helpful, timeSpent, askedSomething}),
 * "repeat" (word index) and "came" when an answer came that the child did not wait for.
 */
export class Asking extends Emitter {
  #sheet;
  #link;
  #questions;
  #book;
  #config;
  #rate;
  #word = 0;
  #shown = null;
  #unseen = false;
  #feedback = {};
  #openedAt = 0;
  #unwatch = () => {};
  #hear = null;
  #returnTo = null;
  #anything;

  constructor({ sheet, link, questions, book, config, rate }) {
    super();
    this.#sheet = sheet;
    this.#link = link;
    this.#questions = questions;
    this.#book = book;
    this.#config = config;
    this.#rate = rate;
    this.parts = Object.fromEntries(
      ["quote", "starters", "question", "answer", "status", "actions", "form", "said"].map((name) => [
        name,
        one(`[data-${name}]`, sheet),
      ]),
    );
    this.parts.field = one("textarea", sheet);
    this.#anything = this.parts.field.placeholder;
    this.parts.starters.append(
      ...STARTERS.map((text) => button(text, { onclick: () => this.#ask(text) })),
    );
    this.#listen();
  }

  get isOpen() {
    return !this.#sheet.hidden;
  }

  /** Open the sheet about the sentence that `word` is in. */
  open(word) {
    if (!this.isOpen) {
      this.#returnTo = document.activeElement;
      this.#openedAt = performance.now();
      this.#feedback = {};
    }
    if (this.#unseen) word = this.#shown.wordIndex;
    this.#word = word;
    this.#sheet.hidden = false;
    document.body.classList.add("is-asking");
    this.parts.quote.textContent = this.#book.chapterOf(word)?.sentence(word).text ?? "";
    if (!this.#questions.isOpen && this.#shown && !this.#unseen) this.#clear();
    this.#unseen = false;
    this.parts.field.value = "";
    this.parts.field.placeholder = this.#anything;
    // Under a finger a keyboard would rise over the text that is asked about.
    (touched() ? this.#sheet : this.parts.field).focus({ preventScroll: true });
    this.emit("open", word);
  }

  close() {
    if (!this.isOpen) return;
    this.#hear?.stop();
    const asked = this.#shown !== null;
    const timeSpent = Math.round((performance.now() - this.#openedAt) / 1000);
    this.#sheet.hidden = true;
    document.body.classList.remove("is-asking");
    if (!this.#questions.isOpen) this.#clear();
    this.#returnTo?.focus?.({ preventScroll: true });
    this.emit("close", { ...this.#feedback, timeSpent, askedSomething: asked });
  }

  /** Show a question that somebody else on the page asked (the word card, a restored session). */
  follow(question) {
    this.#show(question);
  }

  #listen() {
    const { form, field } = this.parts;
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

  #ask(text) {
    if (!text) return this.parts.field.focus();
    if (this.#questions.isOpen) {
      this.parts.status.textContent = "One moment, I am still on your last question.";
      return;
    }
    this.parts.field.value = "";
    this.parts.field.placeholder = this.#anything;
    this.#show(this.#questions.ask(text, { wordIndex: this.#word, kind: "text" }));
  }

  #show(question) {
    this.#unwatch();
    this.#hear?.stop();
    this.#shown = question;
    this.parts.said.textContent = "";
    this.parts.starters.hidden = true;
    this.parts.question.textContent = question.questionText;
    this.parts.question.hidden = false;
    this.parts.answer.replaceChildren();
    this.parts.actions.replaceChildren();
    this.#unwatch = question.on("change", () => this.#draw(question));
    this.#draw(question);
  }

  #draw(question) {
    const { answer, status, actions } = this.parts;
    const isFirst = !answer.children.length && question.text;
    answer.setAttribute("aria-busy", String(question.isOpen));
    showText(answer, question.error ? "" : question.text);
    status.textContent = statusText(question, this.#link.live);
    if (question.isOpen) {
      if (!actions.children.length) {
        actions.append(button("Never mind", { kind: "plain", onclick: () => this.#cancel() }));
      }
    } else {
      actions.replaceChildren(...this.#choices(question));
      // Read out once, whole: piece by piece would be noise in a screen reader.
      this.parts.said.textContent = question.error ? status.textContent : question.text;
    }
    if (!this.isOpen && question.response && !this.#unseen) {
      this.#unseen = true;
      this.emit("came");
    }
    // An answer is read from its beginning, however long it grows.
    if (isFirst) this.#sheet.scrollTop = this.parts.question.offsetTop - HEAD_PX;
  }

  #choices(question) {
    const goOn = button("Go on reading", { name: "on", kind: "strong", onclick: () => this.close() });
    if (question.error) {
      const again = question.error.fallbackAction === "retry";
      return [goOn, again && this.#askAgain(question)];
    }
    const { interruptionId } = question;
    this.#hear = hearButton({
      speechUrl: `${this.#config.interruptionsUrl}${interruptionId}/speech`,
      text: question.text,
      rate: this.#rate(),
    });
    const { suggestions = [], answeredBy } = question.response;
    const suggested = suggestions.map((each) => this.#suggestion(each, answeredBy));
    const row = make("div", { class: "row" }, this.#hear.control, ...suggested);
    return [goOn, row, this.#helped()];
  }

  #askAgain({ questionText }) {
    return button("Ask again", { name: "again", onclick: () => this.#ask(questionText) });
  }

  #suggestion({ text, action }, answeredBy) {
    // The offline tutor can look things up, but has nothing to say to a sentence of the child's.
    if (action === "practice" && answeredBy === "offline") return null;
    const does = {
      repeat: () => {
        const word = this.#word;
        this.close();
        this.emit("repeat", word);
      },
      ask_more: () => this.#more(text),
      practice: () => this.#invite(text),
    };
    // "continue" is the large button above, whatever the tutor suggests.
    return does[action] ? button(text, { onclick: does[action] }) : null;
  }

  /** A suggestion that is a question is asked; one that only invites opens the field. */
  #more(text) {
    if (text.trim().endsWith("?")) return this.#ask(text);
    this.#invite(text);
  }

  #invite(text) {
    this.parts.field.placeholder = `${text}…`;
    this.parts.field.focus();
  }

  #helped() {
    const box = make("fieldset", { class: "helped" }, make("legend", { text: "Did that help?" }));
    const answer = (text, helped) => {
      const control = button(text, {
        kind: "plain",
        "aria-pressed": "false",
        onclick: () => {
          this.#feedback = { helpful: helped, understood: helped };
          for (const each of box.querySelectorAll("button")) {
            each.setAttribute("aria-pressed", String(each === control));
          }
        },
      });
      return control;
    };
    box.append(answer("Yes", true), answer("Not yet", false));
    return box;
  }

  #cancel() {
    this.#questions.cancel();
    this.#clear();
    this.parts.field.focus();
  }

  #clear() {
    this.#unwatch();
    this.#shown = null;
    this.parts.question.hidden = true;
    this.parts.starters.hidden = false;
    for (const name of ["answer", "actions"]) this.parts[name].replaceChildren();
    for (const name of ["status", "said"]) this.parts[name].textContent = "";
  }
}
