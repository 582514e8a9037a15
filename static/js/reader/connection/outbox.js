// What a child did that the server has not answered yet. It lies in the browser's own database,
// so that a closed lid or a dead network loses nothing; signing out deletes it. All tabs of a browser
// share it: numbers are given here only, each in one transaction, under one name for the server.

import { FRAMES, MARKS, openDatabase, resultOf } from "../../shared/database.js";

/** @import { AnyOutboxEntry, ClientPayloads, ClientType, OutboxEntry } from "../../types/wire.d.ts" */

/** @typedef {{checkpointId: string, text: string}} Draft what is being written, and is not said yet */
/**
 * @typedef {object} Mark
 * @property {string} sessionId
 * @property {number} lastId
 * @property {string} client
 * @property {number | null} owner
 * @property {Draft | null} draft
 */

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
  /** The name under which the server keeps this outbox's numbers apart from other devices'. */
  client = newName();
  /**
   * The number of the newest connection that this outbox spoke on.
   *
   * @type {number | null}
   */
  owner = null;
  /** @type {Draft | null} */
  draft = null;
  #sessionId;
  /** @type {IDBDatabase | null} */
  #database = null;
  #order = 0;
  /**
   * What is known to have been written: if it is there no more, another tab has taken it away.
   *
   * @type {WeakSet<AnyOutboxEntry>}
   */
  #onDisk = new WeakSet();
  /** Another tab with the same book writes in the same place, and must not write over this one. */
  #tab = newName();

  /** @param {string} sessionId */
  constructor(sessionId) {
    this.#sessionId = sessionId;
  }

  /** @param {IDBDatabase} database */
  async load(database) {
    this.#database = database;
    const mark = await this.#markOf(database);
    this.client = mark.client;
    this.owner = mark.owner;
    this.draft = mark.draft ?? null;
    await this.refresh();
  }

  /**
   * What is kept of this outbox; the first tab that opens it gives it its name.
   *
   * @param {IDBDatabase} database
   * @returns {Promise<Mark>}
   */
  async #markOf(database) {
    const marks = database.transaction(MARKS, "readwrite").objectStore(MARKS);
    const kept = await resultOf(marks.get(this.#sessionId));
    if (kept?.client) return kept;
    const mark = this.#mark;
    await resultOf(marks.put(mark));
    return mark;
  }

  /** Take what is kept as it is now: another tab may have sent some of it, and added its own. */
  async refresh() {
    if (!this.#database) return;
    const before = new Set(this.entries);
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
    const here = kept.map((entry) => Object.assign(known.get(String(entry.key)) ?? entry, entry));
    for (const entry of here) this.#onDisk.add(entry);
    const unkept = this.entries.filter((entry) => !(before.has(entry) && this.#onDisk.has(entry)));
    this.entries = [...here, ...unkept.filter((entry) => !here.includes(entry))];
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
    const kept = this.#write((frames) => frames.put(entry)).then((isKept) => {
      if (isKept) this.#onDisk.add(entry);
    });
    return { entry, kept };
  }

  /**
   * Give an entry its number, unless another tab has done so. The promise is kept when it is on
   * disk and may be sent.
   *
   * @param {AnyOutboxEntry} entry
   * @returns {Promise<boolean>} false where another tab has sent it, and it was answered
   */
  async number(entry) {
    let isGone = false;
    /**
     * @param {number | undefined} latest
     * @param {number | null} [given]
     */
    const take = (latest, given) => {
      this.lastId = Math.max(this.lastId, latest ?? 0);
      entry.id = given ?? this.lastId + 1;
      this.lastId = Math.max(this.lastId, entry.id);
    };
    const isKept = await this.#write((frames, marks) => {
      const known = frames.get(entry.key);
      const mark = marks.get(this.#sessionId);
      mark.onsuccess = () => {
        isGone = known.result === undefined && this.#onDisk.has(entry);
        if (isGone) return;
        take(mark.result?.lastId, known.result?.id);
        frames.put(entry);
        marks.put({ ...mark.result, ...this.#mark });
      };
    });
    if (isGone) this.entries = this.entries.filter((other) => other !== entry);
    else if (!isKept && entry.id === null) take(undefined);
    return !isGone;
  }

  /**
   * The server has told the number of the connection that this outbox speaks on.
   *
   * @param {number | undefined} owner
   */
  own(owner) {
    if (owner === undefined) return;
    this.owner = owner;
    this.#remark({ owner });
  }

  /**
   * Keep what a child is writing, so that a reload does not lose it; null for nothing.
   *
   * @param {Draft | null} draft
   */
  keepDraft(draft) {
    if (draft === this.draft) return;
    this.draft = draft;
    this.#remark({ draft });
  }

  /** @param {Partial<Mark>} news */
  #remark(news) {
    this.#write((_frames, marks) => {
      const mark = marks.get(this.#sessionId);
      mark.onsuccess = () => marks.put({ ...this.#mark, ...mark.result, ...news });
    });
  }

  /** @returns {Mark} */
  get #mark() {
    const { lastId, client, owner, draft } = this;
    return { sessionId: this.#sessionId, lastId, client, owner, draft };
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
   * @returns {Promise<boolean>} whether it is on disk: what cannot be written stays in memory
   */
  #write(change) {
    const database = this.#database;
    if (!database) return Promise.resolve(false);
    return new Promise((resolve) => {
      try {
        const writing = database.transaction([FRAMES, MARKS], "readwrite");
        writing.oncomplete = () => resolve(true);
        writing.onerror = () => resolve(false);
        writing.onabort = () => resolve(false);
        change(writing.objectStore(FRAMES), writing.objectStore(MARKS));
      } catch {
        this.#database = null;
        resolve(false);
      }
    });
  }
}

/** A name that nobody else has; 36 letters, digits and hyphens. */
function newName() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // A page that was fetched without TLS has no `randomUUID`.
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(numbers, (number) => number.toString(36)).join("-");
}
