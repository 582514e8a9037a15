// The frames of a class's live feed, as docs/reference/protocol.md fixes them: what the page uses.

/** The cards are there for a page that asked for them; `seats` is how many the class has. */
export interface Snapshot {
  type: "CLASS_SNAPSHOT";
  payload: { cards?: string[]; seats?: number };
}

export interface SessionChanged {
  type: "SESSION_CHANGED";
  payload: { html?: string };
}

export type FeedFrame = Snapshot | SessionChanged | { type: "HEARTBEAT_ACK" | "ERROR" };
