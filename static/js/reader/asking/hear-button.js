// A button that reads something aloud, and stops when it is pressed again.

import { button, one } from "../../shared/dom.js";

/** @import { PageVoice } from "../listening/page-voice.js" */

const LABEL = "Hear it";
const STOP = "Stop";

/**
 * @param {PageVoice} voice
 * @param {readonly string[]} texts
 */
export function hearButton(voice, texts) {
  let speaking = false;
  const control = button(LABEL, {
    name: "sound",
    kind: "plain",
    onclick: async () => {
      if (speaking) return voice.stop();
      show(true);
      await voice.say(texts);
      show(false);
    },
  });
  const label = one("span", control);

  /** @param {boolean} now */
  function show(now) {
    speaking = now;
    label.textContent = now ? STOP : LABEL;
  }

  return control;
}
