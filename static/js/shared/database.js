// The browser's own database, in which the page keeps what would be lost with it.

export const DATABASE = "readerai";
export const FRAMES = "frames";
export const MARKS = "marks";

/**
 * What a database request comes to.
 *
 * @template Result
 * @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
export function resultOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @returns {Promise<IDBDatabase>}
 * @throws where the browser keeps nothing (a private window)
 */
export async function openDatabase() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(FRAMES, { keyPath: "key" });
    opening.result.createObjectStore(MARKS, { keyPath: "sessionId" });
  };
  const database = await resultOf(opening);
  // Signing out in another tab deletes the database; holding on to it would block that.
  database.onversionchange = () => database.close();
  return database;
}
