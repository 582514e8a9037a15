// A button that reads an answer aloud, and stops when it is pressed again.

import { button, one } from "../../shared/dom.js";
import { deviceHasVoice, say, stopSpeaking } from "../listening/speech.js";

const LABEL = "Hear it";
const STOP = "Stop";
const NO_VOICE = "No voice just now";

/** @typedef {{control: HTMLElement, stop: () => void}} HearButton */

/**
 * @param {{speechUrl: string, text: string, rate: number}} options
 * @returns {HearButton}
 */
export function hearButton({ speechUrl, text, rate }) {
  const audio = new Audio();
  let speaking = false;
  const control = button(LABEL, { name: "sound", onclick: () => (speaking ? stop() : start()) });
  const label = one("span", control);

  /** @param {boolean} now */
  function show(now) {
    speaking = now;
    label.textContent = now ? STOP : LABEL;
  }

  function stop() {
    audio.pause();
    stopSpeaking();
    show(false);
  }

  async function start() {
    show(true);
    audio.src = speechUrl;
    audio.playbackRate = rate;
    try {
      await audio.play();
    } catch {
      if (speaking) await sayByDevice();
    }
  }

  async function sayByDevice() {
    if (await deviceHasVoice()) {
      await say(text, { rate });
      show(false);
    } else {
      show(false);
      label.textContent = NO_VOICE;
      control.disabled = true;
    }
  }

  audio.addEventListener("ended", () => show(false));
  return { control, stop };
}
