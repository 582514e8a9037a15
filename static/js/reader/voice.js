// The device's own voice: sentence by sentence, and word by word where the voice tells its place.

import { Emitter } from "./events.js";

const synth = window.speechSynthesis;
const LOADING_MS = 1_500;

/** Whether the device has a voice. Some browsers name their voices only after a while. */
export async function deviceHasVoice() {
  if (!synth) return false;
  if (synth.getVoices().length) return true;
  return new Promise((resolve) => {
    const done = () => resolve(synth.getVoices().length > 0);
    synth.addEventListener("voiceschanged", done, { once: true });
    setTimeout(done, LOADING_MS);
  });
}

function bestVoice(language) {
  const voices = synth.getVoices();
  const same = voices.filter((voice) => voice.lang.startsWith(language.slice(0, 2)));
  return same.find((voice) => voice.localService) ?? same[0] ?? null;
}

function utter(text, { rate, language }) {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.rate = rate;
  utterance.lang = language;
  utterance.voice = bestVoice(language);
  return utterance;
}

/** Say a few words once, such as an answer. Resolves when they are said or cut off. */
export function say(text, { rate = 1, language = "en" } = {}) {
  return new Promise((resolve) => {
    synth.cancel();
    const utterance = utter(text, { rate, language });
    utterance.onend = resolve;
    utterance.onerror = resolve;
    synth.speak(utterance);
  });
}

export const hush = () => synth?.cancel();

/** The same events as the narration: "word", "playing", "ended", "failed". */
export class DeviceVoice extends Emitter {
  timestamp = null;
  #language;
  #turn = 0;
  #place = null;
  #rate = 1;

  constructor(language) {
    super();
    this.#language = language;
  }

  static canRead(chapter) {
    return Boolean(chapter && synth);
  }

  async play(chapter, word, { rate = 1 } = {}) {
    const turn = ++this.#turn;
    synth.cancel();
    this.#rate = rate;
    if (!(await deviceHasVoice())) return this.emit("failed");
    this.emit("playing", true);
    for (let next = word; next <= chapter.last; ) {
      const sentence = chapter.sentence(next);
      await this.#sentence(sentence, next, sentence.last, turn);
      if (turn !== this.#turn) return;
      next = sentence.last + 1;
    }
    this.emit("playing", false);
    this.emit("ended");
  }

  pause() {
    this.#turn++;
    synth?.cancel();
    this.emit("playing", false);
  }

  /** A voice cannot change its pace mid-word: the sentence goes on from where it is. */
  set rate(rate) {
    this.#rate = rate;
    if (this.#place) synth.cancel();
  }

  async #sentence(sentence, from, to, turn) {
    const words = sentence.words.slice(from - sentence.first, to - sentence.first + 1);
    const starts = [];
    let length = 0;
    for (const word of words) {
      starts.push(length);
      length += word.length + 1;
    }
    this.emit("word", from);
    const rate = this.#rate;
    const reached = await this.#speak(words.join(" "), from, starts, turn);
    if (turn === this.#turn && rate !== this.#rate && reached < to) {
      await this.#sentence(sentence, reached, to, turn);
    }
  }

  #speak(text, from, starts, turn) {
    return new Promise((resolve) => {
      let reached = from;
      const utterance = utter(text, { rate: this.#rate, language: this.#language });
      utterance.onboundary = (event) => {
        if (turn !== this.#turn || event.name === "sentence") return;
        let place = 0;
        while (place + 1 < starts.length && starts[place + 1] <= event.charIndex) place++;
        reached = from + place;
        this.emit("word", reached);
      };
      this.#place = utterance;
      utterance.onend = utterance.onerror = () => {
        this.#place = null;
        resolve(reached);
      };
      synth.speak(utterance);
    });
  }
}
