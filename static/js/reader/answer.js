// An answer on the page: its text as it comes, then what can be done with it.

import { button, make } from "./dom.js";
import { deviceHasVoice, hush, say } from "./voice.js";

const WAITING = "I keep your question and send it when the connection is back.";
const THINKING = "Let me look in the book…";
const A_MOMENT = "One moment…";
const SORRY = "I could not find an answer this time.";

/** What a child reads while there is no answer yet, or instead of one. */
export function statusText(question, live) {
  if (question.error) return question.error.userMessage || SORRY;
  if (question.text) return "";
  if (live) return THINKING;
  return question.kept ? WAITING : A_MOMENT;
}

/** Paragraphs of an answer, as text. A growing answer only ever changes its last paragraph. */
export function showText(box, text) {
  const parts = text.split(/\n\s*\n/).filter((part) => part.trim());
  parts.forEach((part, place) => {
    const paragraph = box.children[place] ?? box.appendChild(make("p"));
    paragraph.className = "";
    if (paragraph.textContent !== part) paragraph.textContent = part;
  });
  while (box.children.length > parts.length) box.lastElementChild.remove();
}

/** A button that reads an answer aloud, and stops when it is pressed again. */
export function hearButton({ speechUrl, text, rate }) {
  const label = "Hear it";
  const audio = new Audio();
  let speaking = false;
  const show = (now) => {
    speaking = now;
    control.querySelector("span").textContent = now ? "Stop" : label;
  };
  const stop = () => {
    audio.pause();
    hush();
    show(false);
  };
  const byDevice = async () => {
    if (!(await deviceHasVoice())) return unable();
    await say(text, { rate });
    show(false);
  };
  const unable = () => {
    show(false);
    control.querySelector("span").textContent = "No voice just now";
    control.disabled = true;
  };
  const control = button(label, {
    name: "sound",
    onclick: async () => {
      if (speaking) return stop();
      show(true);
      audio.src = speechUrl;
      audio.playbackRate = rate;
      try {
        await audio.play();
      } catch {
        if (speaking) await byDevice();
      }
    },
  });
  audio.addEventListener("ended", () => show(false));
  return { control, stop };
}
