// What the server tells the reader's page about a book and a child, and what the page's parts share.

import type { Answer, AnswerError, AnyOutboxEntry } from "./wire.d.ts";

export interface ChapterHeading {
  index: number;
  title: string;
  firstWordIndex: number;
  wordCount: number;
}

export interface BookFacts {
  bookId: string;
  title: string;
  language: string;
  wordCount: number;
  chapters: ChapterHeading[];
  checkpoints: { checkpointId: string; atWord: number }[];
}

export interface PrintedSentence {
  firstWordIndex: number;
  words: string[];
}

export interface Paragraph {
  sentences: PrintedSentence[];
}

export interface NarrationFacts {
  audioUrl: string;
  durationMs: number;
  wordStartsMs: number[];
}

/** The answer of `GET /api/books/{bookId}/chapters/{index}`. */
export interface ChapterFacts {
  index: number;
  title: string;
  firstWordIndex: number;
  paragraphs: Paragraph[];
  narration: NarrationFacts | null;
  /** Absent from books of servers before there were any. */
  pictures?: PictureFacts[];
  tableRows?: TableRowFacts[];
  formulas?: FormulaFacts[];
}

/** A paragraph that is a row of a table: each cell is the next so many sentences of it. */
export interface TableRowFacts {
  paragraph: number;
  table: number;
  cells: { sentences: number; isHead: boolean; columns: number; rows: number }[];
}

/** Words that say a formula, its MathML, and what is printed with the first and last of them. */
export interface FormulaFacts {
  firstWordIndex: number;
  words: number;
  mathml: string;
  before: string;
  after: string;
}

/** A picture before a paragraph, counted from 0, or behind the last one; pixels. */
export interface PictureFacts {
  beforeParagraph: number;
  url: string;
  alternative: string;
  width: number;
  height: number;
}

export interface Sentence {
  first: number;
  last: number;
  words: string[];
  text: string;
}

export type VoiceChoice = "book" | "device" | "none";
export type SpacingChoice = "normal" | "wide" | "widest";
export type WidthChoice = "narrow" | "normal" | "wide";

/** How a child likes the page to look and sound; `size` in CSS pixels. */
export interface Appearance {
  theme: string;
  font: string;
  size: number;
  spacing: SpacingChoice;
  width: WidthChoice;
  voice: VoiceChoice;
  rate: number;
  highlight: boolean;
  /** Whether the page says what it shows beside the book. */
  aloud: boolean;
}

/** The stored measures behind the choices of spacing and width. */
export interface Measures {
  spacing: Record<SpacingChoice, Record<string, number>>;
  width: Record<WidthChoice, number>;
}

/** The JSON in `#reader-config`. */
export interface ReaderConfig {
  sessionId: string;
  book: BookFacts;
  startWordIndex: number;
  chapterChosen: boolean;
  savedWordIndex: number;
  furthestWordIndex: number;
  handRaised: boolean;
  appearance: Appearance;
  measures: Measures;
  rates: number[];
  idleSeconds: number;
  socketPath: string;
  streamUrl: string;
  framesUrl: string;
  speechUrl: string;
  chaptersUrl: string;
  preferencesUrl: string;
}

/** What a voice tells: the word it is at, whether it sounds, its chapter's end, that it cannot, that it takes a while. */
export interface PlayerEvents {
  word: [index: number];
  playing: [playing: boolean];
  ended: [];
  failed: [];
  waiting: [];
}

/** What a card over the page is asked by whoever has to wait for it. */
export interface Card {
  readonly isOpen: boolean;
}

export interface QuestionFacts {
  questionText: string;
  wordIndex: number;
  kind: "text" | "voice" | "word";
  entry: AnyOutboxEntry | null;
  kept?: boolean;
}

export type QuestionError = AnswerError;
export type QuestionAnswer = Answer;
