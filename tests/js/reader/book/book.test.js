import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { Chapter, gapBetween, lastAtMost } from "../../../../static/js/reader/book/chapter.js";
import { borrow, chapters } from "../shelf.js";

afterEach(() => mock.reset());

for (const [numbers, value, place] of /** @type {[number[], number, number][]} */ ([
  [[], 3, -1],
  [[4, 8], 3, -1],
  [[4, 8], 4, 0],
  [[4, 8], 7.9, 0],
  [[4, 8], 8, 1],
  [[4, 8], 100, 1],
  [[4, 4, 8], 4, 1],
])) {
  test(`the last of [${numbers}] that is at most ${value} is at ${place}`, () => {
    assert.equal(lastAtMost(numbers, value), place);
  });
}

for (const [word, gap] of Object.entries({
  goat: " ",
  "goat—": "",
  "goat--": "",
  "-": " ",
  "–": "",
})) {
  test(`after ${word} comes “${gap}”`, () => assert.equal(gapBetween(word, "hill"), gap));
}

for (const [word, next, gap] of /** @type {[string, string, string][]} */ ([
  ["ねこ", "が", ""],
  ["走る。", "犬", ""],
  ["แมว", "นอน", ""],
  ["ねこ", "cat", " "],
  ["قطة", "تنام", " "],
])) {
  test(`between ${word} and ${next} comes “${gap}”`, () =>
    assert.equal(gapBetween(word, next), gap));
}

test("every word of a chapter is in the sentence that it is printed in", () => {
  for (const chapter of chapters().map((each) => new Chapter(each))) {
    for (let word = chapter.first; word <= chapter.last; word += 1) {
      const { first, last, words, text } = chapter.sentence(word);
      assert.ok(first <= word && word <= last);
      assert.equal(words[word - first], chapter.word(word));
      assert.ok(text.includes(chapter.word(word)));
    }
  }
});

test("a sentence is printed without a gap after a dash", () => {
  const [, second] = chapters().map((each) => new Chapter(each));
  assert.ok(second);
  assert.equal(second.sentence(second.first).text, "Nobody had a ticket—nobody at all.");
});

test("a word that a chapter does not have is empty, and its sentence the nearest", () => {
  const [first] = chapters().map((each) => new Chapter(each));
  assert.ok(first);
  assert.equal(first.word(-1), "");
  assert.equal(first.word(1000), "");
  assert.equal(first.sentence(1000).last, first.last);
});

test("a chapter without a word has an empty sentence", () => {
  const facts = { index: 1, title: "", firstWordIndex: 7, paragraphs: [], narration: null };
  const sentence = new Chapter(facts).sentence(7);
  assert.deepEqual(sentence, { first: 7, last: 6, words: [], text: "" });
});

test("a word's chapter is told before it is fetched, its text afterwards", async () => {
  const { book } = borrow();
  const first = book.startOf(1);
  assert.equal(book.placeOf(first - 1), 0);
  assert.equal(book.placeOf(first), 1);
  assert.equal(book.heading(1).title, "The Ticket");
  assert.equal(book.sentenceOf(first), null);
  await book.load(1);
  assert.equal(book.chapterOf(first)?.word(first), "Nobody");
  assert.equal(book.startOf(3), book.wordCount);
});

test("a chapter is fetched once, however often it is asked for", async () => {
  const { book, server } = borrow();
  const [one, other] = await Promise.all([book.load(1), book.load(1)]);
  assert.equal(one, other);
  assert.equal(await book.load(1), one);
  assert.deepEqual(server.asked, ["/chapters/2"]);
});

test("a chapter that did not come is asked for again", async () => {
  const { book, server } = borrow();
  server.isUp = false;
  await assert.rejects(book.load(0), /503/u);
  server.isUp = true;
  assert.equal((await book.load(0)).title, "The Goat");
});

test("a place outside the list of chapters is an error", async () => {
  const { book } = borrow();
  await assert.rejects(book.load(3), RangeError);
});

test("a narration that was made meanwhile is taken in; without a connection nothing changes", async () => {
  const { book, server } = borrow();
  const chapter = await book.load(0);
  const narrationUrl = () => chapter.narration?.audioUrl;
  server.isUp = false;
  await book.lookForNarration(chapter);
  assert.equal(narrationUrl(), undefined);
  server.isUp = true;
  server.narration = { audioUrl: "/a.mp3", durationMs: 900, wordStartsMs: [0] };
  await book.lookForNarration(chapter);
  assert.equal(narrationUrl(), "/a.mp3");
});
