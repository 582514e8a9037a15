// What a child did that the server has not answered yet. It lies in the browser's own database,
// so that a closed lid or a dead network loses nothing; signing out deletes it.

const DATABASE = "readerai";
const FRAMES = "frames";
const MARKS = "marks";

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function openDatabase() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(FRAMES, { keyPath: "key" });
    opening.result.createObjectStore(MARKS, { keyPath: "sessionId" });
  };
  const database = await settled(opening);
  // Signing out in another tab deletes the database; holding on to it would block that.
  database.onversionchange = () => database.close();
  return database;
}

/** The outbox of one session. Where the browser keeps nothing (a private window), memory does. */
export async function openOutbox(sessionId) {
  const outbox = new Outbox(sessionId);
  try {
    await outbox.load(await openDatabase());
  } catch {
    // Reading goes on: what is unsent then lives as long as the page.
  }
  return outbox;
}

class Outbox {
  #sessionId;
  #database = null;
  #order = 0;
  /** Another tab with the same book writes in the same place, and must not write over this one. */
  #tab = `${Date.now()}-${Math.random()}`;
  /** Entries in order: {key, id, type, payload}; `id` is null until first sent. */
  entries = [];
  /** The highest id that was ever used here, or that the server has named. */
  lastId = 0;

  constructor(sessionId) {
    this.#sessionId = sessionId;
  }

  async load(database) {
    this.#database = database;
    await this.refresh();
  }

  /** Take what is kept as it is now: another tab may have sent some of it, and added its own. */
  async refresh() {
    if (!this.#database) return;
    const reading = this.#database.transaction([FRAMES, MARKS]);
    const range = IDBKeyRange.bound([this.#sessionId, 0], [this.#sessionId, Infinity]);
    const [kept, mark] = await Promise.all([
      settled(reading.objectStore(FRAMES).getAll(range)),
      settled(reading.objectStore(MARKS).get(this.#sessionId)),
    ]);
    const known = new Map(this.entries.map((entry) => [String(entry.key), entry]));
    this.entries = kept.map((each) => Object.assign(known.get(String(each.key)) ?? each, each));
    this.#order = Math.max(this.#order, ...kept.map(({ key }) => key[1]));
    this.lastId = Math.max(this.lastId, mark?.lastId ?? 0, ...kept.map(({ id }) => id ?? 0));
  }

  /** The new entry, and a promise that is kept when it is on disk: only then may a child be told so. */
  add(type, payload) {
    const key = [this.#sessionId, ++this.#order, this.#tab];
    const entry = { key, id: null, type, payload };
    this.entries.push(entry);
    return { entry, kept: this.#write((frames) => frames.put(entry)) };
  }

  /** Give an entry its number. The promise is kept when it is on disk and may be sent. */
  number(entry) {
    entry.id = ++this.lastId;
    return this.#write((frames, marks) => {
      frames.put(entry);
      marks.put({ sessionId: this.#sessionId, lastId: this.lastId });
    });
  }

  seen(lastId) {
    this.lastId = Math.max(this.lastId, lastId);
  }

  remove(matches) {
    const gone = this.entries.filter(matches);
    if (!gone.length) return;
    this.entries = this.entries.filter((entry) => !gone.includes(entry));
    this.#write((frames) => gone.forEach((entry) => frames.delete(entry.key)));
  }

  #write(change) {
    if (!this.#database) return Promise.resolve();
    return new Promise((resolve) => {
      try {
        const writing = this.#database.transaction([FRAMES, MARKS], "readwrite");
        writing.oncomplete = resolve;
        writing.onerror = resolve;
        writing.onabort = resolve;
        change(writing.objectStore(FRAMES), writing.objectStore(MARKS));
      } catch {
        this.#database = null;
        resolve();
      }
    });
  }
}
