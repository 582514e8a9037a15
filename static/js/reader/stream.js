// The way round a firewall: the server's frames as an event stream, ours as small posts.
// It looks to the rest of the page like a WebSocket: onopen, onframe, onclose(code), send, close.

const STATUS_CODES = { 401: 4401, 403: 4401, 404: 4404, 429: 4429, 503: 4503 };
const SILENCE_MS = 40_000;

export class StreamTransport {
  onopen = () => {};
  onframe = () => {};
  onclose = () => {};
  #stop = new AbortController();
  #waiting = [];
  #posting = false;
  #closed = false;
  #silence = null;

  constructor({ streamUrl, framesUrl, csrfToken }) {
    this.framesUrl = framesUrl;
    this.csrfToken = csrfToken;
    this.#listen(streamUrl);
  }

  send(frame) {
    this.#waiting.push(frame);
    this.#post();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#silence);
    this.#stop.abort();
  }

  async #listen(url) {
    try {
      const answer = await fetch(url, {
        headers: { Accept: "text/event-stream" },
        signal: this.#stop.signal,
      });
      if (!answer.ok) return this.#end(STATUS_CODES[answer.status] ?? 1006);
      this.onopen();
      await this.#read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      // A lost connection ends here like one that was closed.
    }
    this.#end(1006);
  }

  async #read(reader) {
    let text = "";
    for (;;) {
      this.#expectMore();
      const { value, done } = await reader.read();
      if (done || this.#closed) return;
      text = (text + value).replaceAll("\r\n", "\n");
      const events = text.split("\n\n");
      text = events.pop();
      events.forEach((event) => this.#take(event));
    }
  }

  #take(event) {
    let name = "message";
    const data = [];
    for (const line of event.split("\n")) {
      if (line.startsWith("event:")) name = line.slice(6).trim();
      else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
    }
    if (!data.length) return;
    const frame = JSON.parse(data.join("\n"));
    if (name === "close") this.#end(frame.code);
    else this.onframe(frame);
  }

  /** A comment comes every 15 s; a longer silence is a dead line. */
  #expectMore() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#end(1006), SILENCE_MS);
  }

  async #post() {
    if (this.#posting) return;
    this.#posting = true;
    while (this.#waiting.length && !this.#closed) {
      const frames = this.#waiting.splice(0, 20);
      try {
        const answer = await fetch(this.framesUrl, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrfToken() },
          body: JSON.stringify({ frames }),
          keepalive: true,
        });
        if (!answer.ok) this.#end(STATUS_CODES[answer.status] ?? 1006);
      } catch {
        this.#end(1006);
      }
    }
    this.#posting = false;
  }

  #end(code) {
    if (this.#closed) return;
    this.close();
    this.onclose(code);
  }
}
