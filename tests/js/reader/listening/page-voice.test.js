import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import {
  endOfLastSentence,
  PageVoice,
  sentencesOf,
} from "../../../../static/js/reader/listening/page-voice.js";

/** @type {string[]} */
let asked = [];
/** @type {FakeAudio[]} */
let audios = [];

class FakeAudio extends EventTarget {
  src = "";
  playbackRate = 1;
  /** @type {string[]} */
  played = [];

  constructor() {
    super();
    audios.push(this);
  }

  play() {
    this.played.push(this.src);
    return Promise.resolve();
  }

  pause() {
    this.src = "";
  }
}

beforeEach(() => {
  asked = [];
  audios = [];
  mock.method(
    globalThis,
    "fetch",
    (/** @type {string} */ _url, /** @type {RequestInit} */ init) => {
      const { text } = JSON.parse(String(init.body));
      asked.push(text);
      return Promise.resolve(new Response(text));
    },
  );
  mock.method(URL, "createObjectURL", () => `sound-${asked.length}`);
  mock.method(URL, "revokeObjectURL", () => undefined);
  Object.assign(globalThis, { Audio: FakeAudio });
});
afterEach(() => mock.restoreAll());

const aVoice = () => new PageVoice({ url: "/speech", csrfToken: () => "x", language: "en" });
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("sentences end at their marks, not at titles and initials", () => {
  assert.deepEqual(sentencesOf("Yes! Mr. Fox met J. Hen. “Who?” A star is hot, like 3.5 suns"), [
    "Yes!",
    "Mr. Fox met J. Hen.",
    "“Who?”",
    "A star is hot, like 3.5 suns",
  ]);
  assert.deepEqual(sentencesOf(" \n"), []);
});

test("a growing text is whole up to its last mark with a space behind it", () => {
  assert.equal(endOfLastSentence("It is hot. Ver"), 11);
  assert.equal(endOfLastSentence("It is hot."), 0);
  assert.equal(endOfLastSentence("It is 3."), 0);
});

test("each sentence of a growing answer is asked for once, as soon as it is whole", async () => {
  const tell = aVoice().follow();
  tell("It is", false);
  assert.deepEqual(asked, []);
  tell("It is hot. Ve", false);
  assert.deepEqual(asked, ["It is hot."]);
  tell("It is hot. Very.", true);
  assert.deepEqual(asked, ["It is hot.", "Very."]);
  await settle();
});

test("one sentence is heard after the other", async () => {
  aVoice().say(["One.", "Two."]);
  await settle();
  const [audio] = audios;
  assert.equal(audio?.played.length, 1);
  audio?.dispatchEvent(new Event("ended"));
  await settle();
  assert.equal(audio?.played.length, 2);
});

test("what was being said falls silent when something else is to be said", async () => {
  const voice = aVoice();
  const tell = voice.follow();
  const first = voice.say(["One.", "Two.", "Three."]);
  await settle();
  voice.say(["Four."]);
  await first;
  await settle();
  assert.equal(audios[0]?.played.length, 2);
  tell("This came too late.", true);
  assert.ok(!asked.includes("This came too late."));
});
