// One calm line about the connection, and the few moments when the page has to stop and say why.

import { button, icon, make, one } from "./dom.js";

const PATIENCE_MS = 2_500;
const WARNING_MS = 60_000;

const STOPS = {
  taken: {
    title: "This book is open somewhere else",
    text: "Your place is safe there.",
    action: "Read here",
  },
  asleep: {
    title: "Your book had a little rest",
    text: "Your place is kept.",
    action: "Go on reading",
  },
  broken: {
    title: "Something got mixed up",
    text: "Your place is kept. Opening the page again puts it right.",
    reload: "Open the page again",
  },
  gone: { title: "This book is closed now", text: "There are more on the shelf.", home: true },
  "signed-out": {
    title: "You are signed out",
    text: "Your place is kept. Sign in and read on.",
    signIn: true,
  },
};

export class Notices {
  #link;
  #line;
  #stop;
  #patience = null;
  #saying = null;
  #idleMs;
  #idle = null;
  #warned = null;

  constructor({ link, line, stop, idleSeconds, onStop }) {
    this.#link = link;
    this.#line = line;
    this.#stop = stop;
    this.#idleMs = idleSeconds * 1000;
    stop.addEventListener("cancel", (event) => event.preventDefault());
    link.on("state", (state, code) => {
      if (STOPS[state]) onStop();
      this.#connection(state, code);
    });
    link.on("SESSION_RESTORED", () => this.#restored());
    link.on("ERROR", ({ code, message }, { replyTo }) => {
      if (code === "internal" && !replyTo) this.say(message);
    });
    this.stir();
  }

  /** A line that goes away by itself. */
  say(text, ms = 6_000) {
    this.#show("book", text);
    this.#saying = setTimeout(() => this.#hide(), ms);
  }

  /** The child did something: they are here. */
  stir() {
    if (this.#warned) this.#stopWarning();
    clearTimeout(this.#idle);
    const wait = Math.max(this.#idleMs - WARNING_MS, this.#idleMs / 2);
    this.#idle = setTimeout(() => this.#warn(), wait);
  }

  #connection(state, code) {
    if (STOPS[state]) return this.#explain(STOPS[state]);
    if (state !== "waiting") return;
    if (code === 4503) {
      return this.#lasting("Very many children are reading. Read on; I keep your place.");
    }
    if (this.#line.dataset.kind === "offline" || this.#patience !== null) return;
    // A connection that is back within a breath is not worth a word. Each try to come back says
    // "waiting" anew, so the breath is counted from the first.
    this.#patience = setTimeout(() => {
      this.#patience = null;
      if (this.#link.live) return;
      this.#lasting("No connection just now. Read on; I keep your place.");
    }, PATIENCE_MS);
  }

  #restored() {
    clearTimeout(this.#patience);
    this.#patience = null;
    if (this.#line.dataset.kind === "offline") this.say("Connected again.", 2_500);
    if (this.#stop.open) this.#stop.close();
  }

  /** A line that stays until the connection is back. */
  #lasting(text) {
    this.#show("cloud", text);
    this.#line.dataset.kind = "offline";
  }

  #show(name, text) {
    clearTimeout(this.#saying);
    this.#line.dataset.kind = "";
    this.#line.replaceChildren(icon(name), make("span", { text }));
    this.#line.classList.add("is-shown");
  }

  #hide() {
    this.#line.dataset.kind = "";
    this.#line.classList.remove("is-shown");
    this.#line.replaceChildren();
  }

  #explain({ title, text, action, reload, home, signIn }) {
    // No warning any more: a touch alone does not put this one away, only its button.
    this.#warned = null;
    clearTimeout(this.#idle);
    const goTo = (address) => () => location.assign(address);
    const way = (label, onclick) => button(label, { kind: "strong", onclick });
    const here = `/login?next=${encodeURIComponent(location.pathname)}`;
    this.#open(
      title,
      text,
      action && way(action, () => this.#comeBack()),
      reload && way(reload, () => location.reload()),
      signIn && way("Sign in", goTo(here)),
      home && way("To the shelf", goTo("/library")),
      !home && !signIn && button("To the shelf", { kind: "plain", onclick: goTo("/library") }),
    );
  }

  #comeBack() {
    this.#stop.close();
    this.stir();
    this.#link.takeBack();
  }

  #warn() {
    if (this.#stop.open) return;
    this.#warned = true;
    this.#open(
      "Are you still reading?",
      "Your book is about to have a rest. Your place is kept either way.",
      button("Yes, I am here", { kind: "strong", onclick: () => this.stir() }),
    );
  }

  #stopWarning() {
    this.#warned = null;
    this.#stop.close();
  }

  #open(title, text, ...ways) {
    one("[data-body]", this.#stop).replaceChildren(
      make("h2", { id: "stop-title", text: title }),
      make("p", { text }),
      make("div", { class: "row" }, ...ways),
    );
    if (!this.#stop.open) this.#stop.showModal();
    one("button", this.#stop)?.focus();
  }
}
