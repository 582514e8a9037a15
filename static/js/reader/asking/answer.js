// An answer on the page: its text as it comes.

import { make } from "../../shared/dom.js";

/** @import { Question } from "./question.js" */

const WAITING = "I keep your question and send it when the connection is back.";
const THINKING = "Let me look in the book…";
const A_MOMENT = "One moment…";
const BETWEEN_PARAGRAPHS = /\n\s*\n/u;
const SORRY = "I could not find an answer this time.";

/**
 * What a child reads while there is no answer yet, or instead of one.
 *
 * @param {Pick<Question, "error" | "text" | "kept">} question
 * @param {boolean} live whether there is a connection
 */
export function statusText({ error, text, kept }, live) {
  if (error) return error.userMessage || SORRY;
  if (text) return "";
  if (live) return THINKING;
  return kept ? WAITING : A_MOMENT;
}

/**
 * Paragraphs of an answer, as text. A growing answer only ever changes its last paragraph.
 *
 * @param {HTMLElement} box
 * @param {string} text
 */
export function showText(box, text) {
  const parts = text.split(BETWEEN_PARAGRAPHS).filter((part) => part.trim());
  for (const [place, part] of parts.entries()) {
    const paragraph = box.children[place] ?? box.appendChild(make("p"));
    paragraph.className = "";
    if (paragraph.textContent !== part) paragraph.textContent = part;
  }
  while (box.children.length > parts.length) box.lastElementChild?.remove();
}
