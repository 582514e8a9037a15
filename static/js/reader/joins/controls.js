// Keys, drawers and the choices in them; and the signs that a child is there.

import { one } from "../../shared/dom.js";
import { listenForKeys } from "../controls/keys.js";

/** @import { Appearance } from "../../types/reader.d.ts" */
/** @import { Parts } from "../parts.js" */
/** @import { Asking } from "./asking.js" */
/** @import { Listening } from "./listening.js" */

/**
 * @param {Parts} parts
 * @param {Listening} listening
 * @param {Asking} asking
 */
export function joinControls(parts, listening, asking) {
  joinKeys(parts, listening, asking);
  joinContents(parts);
  joinPreferences(parts);
  const { attention, stops, progress } = parts;
  attention.watch();
  const present = () => {
    stops.noteActivity();
    progress.present();
  };
  for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, present);
  parts.scroll.on("own", () => progress.present());
}

/**
 * @param {Parts} parts
 * @param {Listening} listening
 * @param {Asking} asking
 */
function joinKeys(parts, listening, asking) {
  const { page, reading, flow, card, preferences, contents } = parts;
  listenForKeys({
    text: page.text,
    does: {
      word: (by) => listening.step(reading.word + by),
      sentence: (by) => listening.step(sentenceAway(reading, by)),
      play: listening.toggle,
      open: () => {
        flow.hold();
        card.open(reading.word);
      },
      ask: asking.toggle,
      again: listening.again,
      settings: () => preferences.toggle(),
      escape: () => {
        card.close();
        parts.asking.close();
        contents.close();
        preferences.close();
      },
    },
  });
}

/**
 * Where the next sentence begins, or this one; from its first word, the end of the one before.
 *
 * @param {Pick<Parts["reading"], "word" | "sentence">} reading
 * @param {1 | -1} by
 */
export function sentenceAway({ word, sentence }, by) {
  const { first, last } = sentence ?? { first: word, last: word };
  if (by > 0) return last + 1;
  return word > first ? first : first - 1;
}

/** @param {Parts} parts */
function joinContents({ contents, buttons, flow, reading, place, page }) {
  buttons.contents?.addEventListener("click", () => contents.toggle());
  contents.on("go", async (word) => {
    flow.forget();
    reading.moveTo(word);
    await place.openChapter(word);
    place.goBack({ instant: true });
    page.text.focus({ preventScroll: true });
  });
}

/** @param {Parts} parts */
function joinPreferences({ preferences, buttons, config, notices, reading, scroll, place }) {
  /** @param {Appearance} appearance */
  const show = ({ rate, voice }) => {
    one("[data-rate]", buttons.speed).textContent = `${rate}×`;
    const { speed, play, again } = buttons;
    for (const button of [speed, play, again]) button.hidden = voice === "none";
  };
  buttons.settings.addEventListener("click", () => preferences.toggle());
  buttons.speed.addEventListener("click", () => {
    const rate = nextRate(config.rates, preferences.appearance.rate);
    preferences.setRate(rate);
    notices.say(`Speed ${rate}×`, 1500);
  });
  preferences.on("change", (appearance) => {
    reading.choose(appearance);
    show(appearance);
    requestAnimationFrame(() => {
      if (scroll.following) place.goBack({ instant: true });
    });
  });
  show(preferences.appearance);
  document.documentElement.dataset.highlight = preferences.appearance.highlight ? "on" : "off";
}

/**
 * The speed after this one: slower ones first, then faster ones, then the voice's own again.
 *
 * @param {readonly number[]} rates
 * @param {number} rate
 */
export function nextRate(rates, rate) {
  const slower = rates.filter((each) => each <= 1).reverse();
  const order = [...slower, ...rates.filter((each) => each > 1)];
  return order[(order.indexOf(rate) + 1) % order.length] ?? rate;
}
