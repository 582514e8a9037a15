// What can be done with an answer once it is whole, or with a question that got none.

import { button, make } from "../../shared/dom.js";
import { sentencesOf } from "../listening/page-voice.js";
import { hearButton } from "./hear-button.js";

/** @import { Suggestion } from "../../types/wire.d.ts" */
/** @import { PageVoice } from "../listening/page-voice.js" */
/** @import { Question } from "./question.js" */

/**
 * @typedef {object} Commands
 * @property {PageVoice} voice what says the answer
 * @property {() => void} goOn
 * @property {(text: string) => void} ask
 * @property {() => void} repeat hear the sentence again
 * @property {(text: string) => void} invite open the field for the child's own words
 * @property {(helped: boolean) => void} helped
 */

/**
 * @param {Pick<Question, "error" | "text" | "response" | "questionText">} question
 * @param {Commands} does
 * @returns {HTMLElement[]}
 */
export function answerActions({ error, text, response, questionText }, does) {
  const goOn = button("Go on reading", { name: "on", kind: "strong", onclick: does.goOn });
  if (error) {
    const again = button("Ask again", { name: "again", onclick: () => does.ask(questionText) });
    return error.fallbackAction === "retry" ? [goOn, again] : [goOn];
  }
  const suggested = (response?.suggestions ?? []).map((suggestion) =>
    suggestionButton(suggestion, response?.answeredBy, does),
  );
  const row = make(
    "div",
    { class: "row" },
    hearButton(does.voice, sentencesOf(text)),
    ...suggested,
  );
  return [goOn, row, helpedChoice(does.helped)];
}

/**
 * @param {Suggestion} suggestion
 * @param {string | undefined} answeredBy
 * @param {Commands} does
 */
function suggestionButton({ text, action }, answeredBy, does) {
  if (action === "repeat") return button(text, { onclick: does.repeat });
  // A suggestion that is a question is asked; one that only invites opens the field.
  if (action === "ask_more") {
    const isQuestion = text.trim().endsWith("?");
    return button(text, { onclick: () => (isQuestion ? does.ask : does.invite)(text) });
  }
  // The offline tutor can look things up, but has nothing to say to a sentence of the child's.
  if (action === "practice" && answeredBy !== "offline") {
    return button(text, { onclick: () => does.invite(text) });
  }
  // "continue" is the large button above, whatever the tutor suggests.
  return null;
}

/** @param {(helped: boolean) => void} tell */
function helpedChoice(tell) {
  const box = make("fieldset", { class: "helped" }, make("legend", { text: "Did that help?" }));
  /** @type {HTMLElement[]} */
  const controls = [];
  /**
   * @param {string} text
   * @param {boolean} helped
   */
  const choice = (text, helped) => {
    const control = button(text, {
      kind: "plain",
      "aria-pressed": "false",
      onclick: () => {
        tell(helped);
        for (const each of controls) each.setAttribute("aria-pressed", String(each === control));
      },
    });
    controls.push(control);
    return control;
  };
  box.append(choice("Yes", true), choice("Not yet", false));
  return box;
}
