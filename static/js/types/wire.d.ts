// The frames of a session's socket, as docs/reference/protocol.md fixes them: what the page uses.

export type SessionStatus = "active" | "paused" | "completed";

export interface InterruptionRecord {
  interruptionId: string;
  question: string;
  response: string | null;
  wordIndex: number;
  status: "pending" | "answered" | "failed" | "cancelled";
}

export interface ScoreRecord {
  checkpointId: string;
  score: number;
  attempts: number;
}

export interface Position {
  wordIndex: number;
  paragraphIndex: number;
  audioTimestamp: number;
}

export interface SessionState {
  currentPosition: Position;
  furthestWordIndex: number;
  interruptions: InterruptionRecord[];
  comprehensionScores: ScoreRecord[];
  status: SessionStatus;
}

export interface OpenInterruption {
  interruptionId: string;
  question: string;
  wordIndex: number;
  textSoFar: string;
  nextIndex: number;
}

export interface Checkpoint {
  checkpointId: string;
  kind: "vocabulary" | "comprehension" | "prediction";
  question: string;
  choices?: string[];
  required: boolean;
}

export interface CheckpointResult {
  checkpointId: string;
  correct: boolean;
  score: number;
  explanation: string;
  attempts: number;
  mayRetry: boolean;
}

export interface Suggestion {
  text: string;
  action: "repeat" | "continue" | "ask_more" | "practice";
}

export interface Answer {
  interruptionId: string;
  responseText: string;
  suggestions: Suggestion[];
  answeredBy?: string;
}

export interface AnswerError {
  interruptionId?: string;
  errorCode: string;
  userMessage: string;
  fallbackAction: "continue" | "retry" | "skip";
}

export interface ErrorPayload {
  code: string;
  message: string;
  retryable: boolean;
  field?: string;
}

/** What each type of server frame carries. */
export interface ServerPayloads {
  SESSION_RESTORED: {
    state: SessionState;
    lastId: number;
    /** The number of this connection. */
    owner: number;
    openInterruption?: OpenInterruption;
    dueCheckpoint?: Checkpoint;
  };
  PROGRESS_SAVED: { wordIndex: number; furthestWordIndex: number; totalReadingTime: number };
  PAUSE_AUDIO: { reason: "student_interruption" | "checkpoint" | "system" };
  RESUME_AUDIO: { fromWordIndex: number };
  INTERRUPTION_ACKNOWLEDGED: { interruptionId: string };
  INTERRUPTION_DELTA: { interruptionId: string; index: number; text: string };
  INTERRUPTION_RESPONSE: Answer;
  INTERRUPTION_ERROR: AnswerError;
  CHECKPOINT_UPCOMING: { checkpointId: string; atWord: number };
  PAUSE_FOR_CHECKPOINT: Checkpoint;
  CHECKPOINT_RESULT: CheckpointResult;
  SESSION_STATUS: { status: SessionStatus };
  HAND: { raised: boolean };
  HEARTBEAT_ACK: Record<string, never>;
  ERROR: ErrorPayload;
}

export type ServerType = keyof ServerPayloads;

export interface ServerFrame<Type extends ServerType = ServerType> {
  type: Type;
  replyTo?: number;
  payload: ServerPayloads[Type];
}

/** A server frame of any type, told apart by its `type`. */
export type AnyServerFrame = { [Type in ServerType]: ServerFrame<Type> }[ServerType];

export interface QuestionContext {
  book: string;
  currentWordIndex: number;
  currentSentence: string;
  audioTimestamp?: number;
}

/** What each type of client frame carries. */
export interface ClientPayloads {
  READING_PROGRESS: {
    wordIndex: number;
    isPlaying: boolean;
    rate: number;
    audioTimestamp?: number;
    /** The first and the last word on the screen. */
    seen?: [first: number, last: number];
    /** Whether the child is before the text. */
    here?: boolean;
    /** The number of the newest connection when the place was noted. */
    under?: number;
  };
  STUDENT_INTERRUPTION: {
    questionText: string;
    context: QuestionContext;
    interruptionType: "text" | "voice" | "word";
  };
  CANCEL_INTERRUPTION: { interruptionId: string };
  RESUME_READING: { understood?: boolean; helpful?: boolean; timeSpent?: number };
  REPEAT_AUDIO: { fromWordIndex: number; reason: "missed" | "unclear" | "review" };
  CHECKPOINT_ANSWER: { checkpointId: string; answer: string };
  RAISE_HAND: Record<string, never>;
  LOWER_HAND: Record<string, never>;
  COMPLETE_SESSION: Record<string, never>;
}

export type ClientType = keyof ClientPayloads;

/** A message that the server has not answered yet; `id` is null until it is first sent. */
export interface OutboxEntry<Type extends ClientType = ClientType> {
  key: [sessionId: string, order: number, tab: string];
  id: number | null;
  type: Type;
  payload: ClientPayloads[Type];
}

/** An entry of any type, told apart by its `type`. */
export type AnyOutboxEntry = { [Type in ClientType]: OutboxEntry<Type> }[ClientType];
