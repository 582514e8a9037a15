// What `shared/socket.js` needs of a way to the server, be it a WebSocket or an event stream.

export interface Frame {
  type: string;
  sessionId?: string;
  id?: number | null;
  replyTo?: number | undefined;
  payload?: unknown;
}

export interface Transport {
  onopen: () => void;
  onframe: (frame: Frame) => void;
  onclose: (code: number) => void;
  send: (frame: Frame) => void;
  close: () => void;
}

/** Opens a connection; `isAsked` says that a person wants it, so that it may take the book. */
export type OpenWay = (manner: { isAsked: boolean }) => Transport;

export type SocketState =
  | "new"
  | "connecting"
  | "open"
  | "waiting"
  | "done"
  | "broken"
  | "signed-out"
  | "gone"
  | "asleep"
  | "taken";

/** The part of `window` that tells whether there is a network. */
export interface Network {
  navigator: { onLine: boolean };
  addEventListener: (name: "online" | "offline", listener: () => void) => void;
}
