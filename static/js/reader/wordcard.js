// One word, looked at closely: how it sounds, its parts, what it means here.

import { Emitter } from "./events.js";
import { button, make, one } from "./dom.js";
import { showText, statusText } from "./answer.js";
import { syllables } from "./syllables.js";

const SETTLE_MS = 350;
const MARGIN = 12;
const TINY = "The smallest words have no meaning of their own. They hold the others together.";
/** Words that every reader has, and that no dictionary makes clearer. */
const TINY_WORDS = new Set(
  ("a an and are as at be but by did do for from had has have he her him his i if in is it its me my " +
    "no not of on or our she so that the their them then there they this to up us was we were what " +
    "when who will with you your").split(" "),
);
const bare = (word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "") || word;

/** Emits "open", "close", "hear" (word), "more" (word, text), "read" (word). */
export class WordCard extends Emitter {
  #card;
  #link;
  #questions;
  #book;
  #page;
  #word = null;
  #meanings = new Map();
  #settling = null;
  #unwatch = () => {};
  #returnTo = null;

  constructor({ card, link, questions, book, page }) {
    super();
    Object.assign(this, { parts: {} });
    this.#card = card;
    this.#link = link;
    this.#questions = questions;
    this.#book = book;
    this.#page = page;
    for (const name of ["word", "parts", "meaning", "actions"]) {
      this.parts[name] = one(`[data-${name}]`, card);
    }
    one("[data-hear]", card).addEventListener("click", () => {
      this.emit("hear", this.#word, this.parts.word.textContent);
    });
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

  open(word) {
    if (!this.isOpen) this.#returnTo = document.activeElement;
    this.#mark(false);
    this.#word = word;
    const text = bare(this.#book.chapterOf(word)?.word(word) ?? "");
    this.parts.word.textContent = text;
    const parts = syllables(text);
    this.parts.parts.textContent = parts.length > 1 ? parts.join(" · ") : "";
    this.parts.actions.replaceChildren(...this.#choices(word, text));
    this.#card.hidden = false;
    this.#mark(true);
    this.#place();
    this.#card.focus({ preventScroll: true });
    this.emit("open", word);
    this.#explain(word, text);
  }

  close({ quietly = false } = {}) {
    if (!this.isOpen) return;
    clearTimeout(this.#settling);
    this.#unwatch();
    this.#card.hidden = true;
    this.#mark(false);
    this.#returnTo?.focus?.({ preventScroll: true });
    if (!quietly) this.emit("close");
  }

  #choices(word, text) {
    const hand = (name) => () => {
      this.close({ quietly: true });
      this.emit(name, word, text);
    };
    return [
      button("Read from here", { name: "play", onclick: hand("read") }),
      button("Ask more", { name: "ask", kind: "ask", onclick: hand("more") }),
    ];
  }

  /** Ask what it means once the child has stayed for a moment: a slip of the finger asks nothing. */
  #explain(word, text) {
    clearTimeout(this.#settling);
    this.#unwatch();
    this.parts.meaning.replaceChildren();
    const known = this.#meanings.get(text.toLowerCase());
    if (known) return this.#draw(known);
    if (TINY_WORDS.has(text.toLowerCase())) return this.#say(TINY);
    if (this.#questions.isOpen) return this.#say("I am still on your last question.");
    this.#say("");
    this.#settling = setTimeout(() => {
      const question = this.#questions.ask(`What does “${text}” mean?`, {
        wordIndex: word,
        kind: "word",
      });
      this.#meanings.set(text.toLowerCase(), question);
      this.#unwatch = question.on("change", () => this.#draw(question));
      this.#draw(question);
    }, SETTLE_MS);
  }

  #draw(question) {
    if (question.error) {
      this.#meanings.delete(bare(this.parts.word.textContent).toLowerCase());
      return this.#say(statusText(question, this.#link.live));
    }
    if (!question.text) return this.#say(statusText(question, this.#link.live));
    this.parts.meaning.setAttribute("aria-busy", String(question.isOpen));
    showText(this.parts.meaning, question.text);
    this.#place();
  }

  #say(text) {
    this.parts.meaning.replaceChildren(make("p", { class: "quiet", text: text || "…" }));
    this.#place();
  }

  #mark(on) {
    const word = this.#word === null ? null : this.#page.word(this.#word);
    word?.classList.toggle("chosen", on);
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
