// What the page shows beside the book, said in the book's voice: answers, meanings, questions, verdicts.

import { deviceHasVoice, say, stopSpeaking } from "./speech.js";

/** The server says no more at once. */
const MOST_LETTERS = 600;
/** Up to a mark that ends it, which no title and no initial does ("Mr. Fox", "J. Hen"). */
const SENTENCE = /.+?(?<!\b(?:Mrs?|Ms|Drs?|St|Mt|Prof|\p{Lu})\.)(?<=[.!?…]["”’)]*)(?:\s+|$)|.+$/gsu;
const HAS_ENDED = /[.!?…]["”’)]*\s+$/u;

/** @typedef {{stop: () => void}} Stoppable */
/** @typedef {{text: string, sound: Promise<string | null>}} Line `sound` is null where none came */

export class PageVoice {
  #url;
  #csrfToken;
  #language;
  #audio = new Audio();
  /** Grows whenever something else is to be said; what was begun before then falls silent. */
  #turn = 0;
  /** @type {Promise<void>} */
  #said = Promise.resolve();
  rate = 1;

  /** @param {{url: string, csrfToken: () => string, language: string}} options */
  constructor({ url, csrfToken, language }) {
    this.#url = url;
    this.#csrfToken = csrfToken;
    this.#language = language;
  }

  /**
   * Say texts one after the other, and nothing that was being said before.
   *
   * @param {readonly string[]} texts
   * @returns {Promise<void>} kept when all is said, or was cut off
   */
  say(texts) {
    this.stop();
    return this.add(texts);
  }

  /**
   * Say more behind what is being said. The sound of each is asked for at once, and whole, since what
   * the page always says was made whole at set-up.
   *
   * @param {readonly string[]} texts
   */
  add(texts) {
    const turn = this.#turn;
    for (const text of texts.flatMap(bounded)) {
      const line = { text, sound: this.#fetch(text) };
      this.#said = this.#said.then(() => this.#play(line, turn));
    }
    return this.#said;
  }

  /**
   * Have the server's voice ready before the first thing that only this session knows is to be said.
   *
   * @param {string} text what was made at set-up
   */
  async wake(text) {
    await this.#fetch(text);
  }

  stop() {
    this.#turn += 1;
    this.#said = Promise.resolve();
    this.#audio.pause();
    this.#audio.dispatchEvent(new Event("ended"));
    stopSpeaking();
  }

  /**
   * Say a text while it grows: each sentence as soon as it is whole.
   *
   * @returns {(text: string, isWhole: boolean) => void} to be told how far the text has come
   */
  follow() {
    const turn = this.#turn;
    let spoken = 0;
    return (text, isWhole) => {
      if (turn !== this.#turn) return;
      const whole = isWhole ? text.length : endOfLastSentence(text);
      if (whole > spoken) this.add(sentencesOf(text.slice(spoken, whole)));
      spoken = Math.max(spoken, whole);
    };
  }

  /** @param {string} text */
  async #fetch(text) {
    try {
      const answer = await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.#csrfToken() },
        body: JSON.stringify({ text, language: this.#language }),
      });
      return answer.ok ? URL.createObjectURL(await answer.blob()) : null;
    } catch {
      return null;
    }
  }

  /**
   * @param {Line} line
   * @param {number} turn
   */
  async #play({ text, sound }, turn) {
    if (turn !== this.#turn) return;
    const url = await sound;
    if (turn === this.#turn) await (url ? this.#playSound(url) : this.#sayByDevice(text));
    if (url) URL.revokeObjectURL(url);
  }

  /** @param {string} url */
  async #playSound(url) {
    const ended = new Promise((resolve) => {
      for (const name of ["ended", "error"]) {
        this.#audio.addEventListener(name, resolve, { once: true });
      }
    });
    this.#audio.src = url;
    this.#audio.playbackRate = this.rate;
    await this.#audio.play().then(
      () => ended,
      () => undefined,
    );
  }

  /** @param {string} text */
  async #sayByDevice(text) {
    if (await deviceHasVoice()) await say(text, { rate: this.rate, language: this.#language });
  }
}

/** @param {string} text */
export function sentencesOf(text) {
  const sentences = (text.match(SENTENCE) ?? []).map((sentence) => sentence.trim());
  return sentences.filter(Boolean);
}

/**
 * A text as the server takes it: whole, or its sentences where it is long.
 *
 * @param {string} text
 */
function bounded(text) {
  const parts = text.length > MOST_LETTERS ? sentencesOf(text) : [text];
  return parts.filter((part) => part.trim()).map((part) => part.slice(0, MOST_LETTERS));
}

/**
 * How much of a growing text is whole sentences: the last one has a space behind its mark.
 *
 * @param {string} text
 */
export function endOfLastSentence(text) {
  let end = 0;
  for (const { 0: sentence, index } of text.matchAll(SENTENCE)) {
    if (HAS_ENDED.test(sentence)) end = index + sentence.length;
  }
  return end;
}
