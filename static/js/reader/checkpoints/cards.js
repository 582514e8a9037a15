// What a checkpoint's card shows: the question with its field, and what the answer was worth.

import { button, icon, make } from "../../shared/dom.js";

/** @import { Checkpoint, CheckpointResult } from "../../types/wire.d.ts" */

const KINDS = {
  vocabulary: "A word to think about",
  comprehension: "What do you remember?",
  prediction: "What do you think?",
};

/**
 * What a question's card says.
 *
 * @param {Checkpoint} checkpoint
 */
export const textsOf = ({ question, choices }) => [question, ...(choices ?? [])];

/** The question has the focus at this element first. */
export const FIRST = "[data-first]";

/**
 * @param {Checkpoint} checkpoint
 * @param {{answer: (event: SubmitEvent) => void, lookBack: () => void, decline: () => void}} does
 * @returns {{head: HTMLElement, elements: HTMLElement[]}} `head` has room for one thing more
 */
export function questionCard({ kind, question, choices, required }, does) {
  const form = make("form", { onsubmit: does.answer });
  form.append(
    choices?.length ? choiceField(question, choices) : writtenField(question),
    make(
      "div",
      { class: "row" },
      make(
        "button",
        { class: "button strong", type: "submit" },
        make("span", { text: "This is my answer" }),
      ),
      button("Look at the page", { name: "book", kind: "plain", onclick: does.lookBack }),
      !required && button("Not now", { kind: "plain", onclick: does.decline }),
    ),
  );
  const head = make(
    "div",
    { class: "kind" },
    make("p", { text: KINDS[kind] ?? KINDS.comprehension }),
  );
  const title = make("h2", { id: "checkpoint-question", text: question });
  return { head, elements: [head, title, form] };
}

/**
 * @param {Checkpoint} checkpoint
 * @param {CheckpointResult} result
 * @param {{goOn: () => void, tryAgain: () => void, lookBack: () => void}} does
 * @returns {HTMLElement[]}
 */
export function resultCard({ question, kind, required }, result, does) {
  const isOver = result.correct || !result.mayRetry;
  const goOn = button("Go on reading", {
    name: "on",
    kind: "strong",
    "data-first": isOver,
    onclick: does.goOn,
  });
  return [
    make("h2", { id: "checkpoint-question", class: "small", text: question }),
    verdict(result, kind),
    make("p", { class: "explanation", text: isOver ? result.explanation : "" }),
    isOver ? make("div", { class: "row" }, goOn) : retryRow(does, required ? null : goOn),
  ];
}

/**
 * @param {{tryAgain: () => void, lookBack: () => void}} does
 * @param {HTMLElement | null} goOn
 */
function retryRow({ tryAgain, lookBack }, goOn) {
  const again = button("Try again", {
    name: "again",
    kind: "strong",
    "data-first": true,
    onclick: tryAgain,
  });
  const look = button("Look at the page", { name: "book", onclick: lookBack });
  return make("div", { class: "row" }, again, look, goOn);
}

/**
 * @param {string} question
 * @param {readonly string[]} choices
 */
function choiceField(question, choices) {
  const legend = make("legend", { class: "unseen", text: question });
  const labels = choices.map((choice, place) => {
    const input = make("input", {
      type: "radio",
      name: "answer",
      value: choice,
      required: true,
      "data-first": place === 0,
    });
    return make("label", {}, input, make("span", { text: choice }));
  });
  return make("fieldset", { class: "choices" }, legend, ...labels);
}

/** @param {string} question */
function writtenField(question) {
  return make("textarea", {
    name: "answer",
    rows: "3",
    maxlength: "1000",
    required: true,
    "aria-label": question,
    placeholder: "In your own words…",
    "data-first": true,
  });
}

/**
 * @param {CheckpointResult} result
 * @param {Checkpoint["kind"]} kind
 */
function verdict(result, kind) {
  const { correct, mayRetry } = result;
  const sign = mayRetry && !correct ? "again" : "star";
  const name = correct && kind !== "prediction" ? "check" : sign;
  return mark(name, verdictText(result, kind), correct ? "good" : "tricky");
}

/**
 * @param {CheckpointResult} result
 * @param {Checkpoint["kind"]} kind
 */
export function verdictText({ correct, mayRetry }, kind) {
  if (kind === "prediction" && correct) return "A good thought!";
  if (correct) return "Yes, that is it.";
  return mayRetry ? "Not quite. Have another look." : "That one was tricky. Here is why.";
}

/**
 * @param {string} name
 * @param {string} text
 * @param {"good" | "tricky"} kind
 */
const mark = (name, text, kind) =>
  make("p", { class: `verdict ${kind}`, role: "status" }, icon(name), make("strong", { text }));
