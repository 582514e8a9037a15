// A small book, as the server would tell of it and give it out.

import { mock } from "node:test";
import { Book } from "../../../static/js/reader/book/book.js";

/** @import { BookFacts, ChapterFacts, NarrationFacts } from "../../../static/js/types/reader.d.ts" */

const CHAPTERS = [
  ["The Goat", ["A goat came in.", "It sat down."], ["“Good day,” it said."]],
  ["The Ticket", ["Nobody had a ticket—nobody at all."]],
  ["The End", ["So they walked."]],
];

/**
 * @param {NarrationFacts | null} narration
 * @returns {ChapterFacts[]}
 */
export function chapters(narration = null) {
  let next = 0;
  return CHAPTERS.map(([title, ...paragraphs], place) => {
    const firstWordIndex = next;
    const printed = /** @type {string[][]} */ (paragraphs).map((sentences) => ({
      sentences: sentences.map((sentence) => {
        const words = sentence.split(/ |(?<=—)/u);
        const first = next;
        next += words.length;
        return { firstWordIndex: first, words };
      }),
    }));
    return {
      index: place + 1,
      title: String(title),
      firstWordIndex,
      paragraphs: printed,
      narration,
    };
  });
}

/** @returns {BookFacts} */
export function facts() {
  const all = chapters();
  const lengths = all.map(({ paragraphs }) =>
    paragraphs.flatMap(({ sentences }) => sentences.flatMap(({ words }) => words)),
  );
  return {
    bookId: "goat",
    title: "A Goat",
    language: "en",
    wordCount: lengths.flat().length,
    chapters: all.map(({ index, title, firstWordIndex }, place) => ({
      index,
      title,
      firstWordIndex,
      wordCount: lengths[place]?.length ?? 0,
    })),
    checkpoints: [{ checkpointId: "first", atWord: 7 }],
  };
}

/**
 * The book, whose chapters a server gives out that may be told to fail.
 *
 * @param {{narration?: NarrationFacts | null}} [options]
 */
export function borrow({ narration = null } = {}) {
  const server = { isUp: true, narration, asked: /** @type {string[]} */ ([]) };
  mock.method(globalThis, "fetch", (/** @type {string} */ url) => {
    server.asked.push(url);
    if (!server.isUp) return Promise.resolve(new Response("", { status: 503 }));
    const index = Number(url.split("/").at(-1));
    const chapter = chapters(server.narration).find((each) => each.index === index);
    return Promise.resolve(Response.json(chapter));
  });
  return { server, book: new Book({ book: facts(), chaptersUrl: "/chapters/" }) };
}
