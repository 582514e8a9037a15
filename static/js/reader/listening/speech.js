// The device's own voices, where it has any.

const synth = globalThis.speechSynthesis;
const LOADING_MS = 1500;

/** @typedef {{rate?: number, language?: string}} Manner how something is said */

/**
 * Whether the device has a voice. Some browsers name their voices only after a while.
 *
 * @returns {Promise<boolean>}
 */
export async function deviceHasVoice() {
  if (!synth) return false;
  if (synth.getVoices().length === 0) await voicesNamed();
  return synth.getVoices().length > 0;
}

/** @returns {Promise<void>} */
function voicesNamed() {
  return new Promise((resolve) => {
    const done = () => resolve();
    synth.addEventListener("voiceschanged", done, { once: true });
    setTimeout(done, LOADING_MS);
  });
}

/** Whether the device may have a voice; `deviceHasVoice` knows, after a while. */
export const deviceMaySpeak = () => Boolean(synth);

/** @param {string} language */
function bestVoice(language) {
  const voices = synth.getVoices();
  const same = voices.filter((voice) => voice.lang.startsWith(language.slice(0, 2)));
  return same.find((voice) => voice.localService) ?? same[0] ?? null;
}

/**
 * What is to be said; `speak` says it.
 *
 * @param {string} text
 * @param {Manner} [manner]
 */
export function utterance(text, { rate = 1, language = "en" } = {}) {
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.rate = rate;
  spoken.lang = language;
  spoken.voice = bestVoice(language);
  return spoken;
}

/**
 * @param {SpeechSynthesisUtterance} spoken
 * @returns {Promise<void>} kept when it is said or cut off
 */
export function speak(spoken) {
  return new Promise((resolve) => {
    const done = () => resolve();
    spoken.onend = done;
    spoken.onerror = done;
    synth.speak(spoken);
  });
}

/** Be quiet, whatever is being said. */
export const stopSpeaking = () => synth?.cancel();

/**
 * Say a few words once, such as an answer.
 *
 * @param {string} text
 * @param {Manner} [manner]
 */
export function say(text, manner) {
  stopSpeaking();
  return speak(utterance(text, manner));
}
