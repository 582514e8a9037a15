// What a child did that the server has not answered yet. It lies in the browser's own database,
// so that a closed lid or a dead network loses nothing; signing out deletes it.

import { FRAMES, MARKS, openDatabase, resultOf } from "../../shared/database.js";

/** @import { AnyOutboxEntry, ClientPayloads, ClientType, OutboxEntry } from "../../types/wire.d.ts" */

/**
 * The outbox of one session. Where the browser keeps nothing (a private window), memory does.
 *
 * @param {string} sessionId
 * @param {() => Promise<IDBDatabase>} [open]
 */
export async function openOutbox(sessionId, open = openDatabase) {
  const outbox = new Outbox(sessionId);
  try {
    await outbox.load(await open());
  } catch {
    // Reading goes on: what is unsent then lives as long as the page.
  }
  return outbox;
}

export class Outbox {
  /**
   * In the order in which they are sent.
   *
   * @type {AnyOutboxEntry[]}
   */
  entries = [];
  /** The highest id that was ever used here, or that the server has named. */
  lastId = 0;
  #sessionId;
  /** @type {IDBDatabase | null} */
  #database = null;
  #order = 0;
  /** Another tab with the same book writes in the same place, and must not write over this one. */
  #tab = `${Date.now()}-${Math.random()}`;

  /** @param {string} sessionId */
  constructor(sessionId) {
    this.#sessionId = sessionId;
  }

  /** @param {IDBDatabase} database */
  async load(database) {
    this.#database = database;
    await this.refresh();
  }

  /** Take what is kept as it is now: another tab may have sent some of it, and added its own. */
  async refresh() {
    if (!this.#database) return;
    const reading = this.#database.transaction([FRAMES, MARKS]);
    const range = IDBKeyRange.bound(
      [this.#sessionId, 0],
      [this.#sessionId, Number.POSITIVE_INFINITY],
    );
    const [kept, mark] = await Promise.all([
      /** @type {Promise<AnyOutboxEntry[]>} */ (
        resultOf(reading.objectStore(FRAMES).getAll(range))
      ),
      resultOf(reading.objectStore(MARKS).get(this.#sessionId)),
    ]);
    const known = new Map(this.entries.map((entry) => [String(entry.key), entry]));
    this.entries = kept.map((entry) => Object.assign(known.get(String(entry.key)) ?? entry, entry));
    this.#order = Math.max(this.#order, ...kept.map(({ key }) => key[1]));
    this.lastId = Math.max(this.lastId, mark?.lastId ?? 0, ...kept.map(({ id }) => id ?? 0));
  }

  /**
   * The new entry, and a promise that is kept when it is on disk: only then may a child be told so.
   *
   * @template {ClientType} Type
   * @param {Type} type
   * @param {ClientPayloads[Type]} payload
   */
  add(type, payload) {
    this.#order += 1;
    /** @type {OutboxEntry<Type>} */
    const added = { key: [this.#sessionId, this.#order, this.#tab], id: null, type, payload };
    const entry = /** @type {AnyOutboxEntry} */ (added);
    this.entries.push(entry);
    return { entry, kept: this.#write((frames) => frames.put(entry)) };
  }

  /**
   * Give an entry its number. The promise is kept when it is on disk and may be sent.
   *
   * @param {AnyOutboxEntry} entry
   */
  number(entry) {
    this.lastId += 1;
    entry.id = this.lastId;
    return this.#write((frames, marks) => {
      frames.put(entry);
      marks.put({ sessionId: this.#sessionId, lastId: this.lastId });
    });
  }

  /**
   * The server knows ids up to this one.
   *
   * @param {number} lastId
   */
  seen(lastId) {
    this.lastId = Math.max(this.lastId, lastId);
  }

  /** @param {(entry: AnyOutboxEntry) => boolean} matches */
  remove(matches) {
    const removed = this.entries.filter(matches);
    if (removed.length === 0) return;
    this.entries = this.entries.filter((entry) => !removed.includes(entry));
    this.#write((frames) => {
      for (const entry of removed) frames.delete(entry.key);
    });
  }

  /**
   * @param {(frames: IDBObjectStore, marks: IDBObjectStore) => void} change
   * @returns {Promise<void>} kept in any case: what cannot be written stays in memory
   */
  #write(change) {
    const database = this.#database;
    if (!database) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => resolve();
      try {
        const writing = database.transaction([FRAMES, MARKS], "readwrite");
        writing.oncomplete = done;
        writing.onerror = done;
        writing.onabort = done;
        change(writing.objectStore(FRAMES), writing.objectStore(MARKS));
      } catch {
        this.#database = null;
        done();
      }
    });
  }
}
