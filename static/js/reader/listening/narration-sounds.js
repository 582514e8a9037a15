// The sound of the latest chapters, fetched whole. Minutes of it are megabytes, so few are kept.

/** @import { Chapter } from "../book/chapter.js" */

const PATIENCE_MS = 400;
const KEPT_CHAPTERS = 3;

export class NarrationSounds {
  /**
   * In the order in which they were asked for; a string once it is here.
   *
   * @type {Map<Chapter, string | Promise<string>>}
   */
  #fetched = new Map();

  /**
   * @param {Chapter} chapter
   * @param {Chapter | null} inUse is not let go of
   */
  fetch(chapter, inUse) {
    if (!chapter.narration || this.#fetched.has(chapter)) return;
    const fetching = soundOf(chapter.narration.audioUrl);
    this.#fetched.set(chapter, fetching);
    fetching.then(
      (url) => this.#arrived(chapter, url),
      () => this.#fetched.delete(chapter),
    );
    const [oldest] = this.#fetched.keys();
    if (oldest && this.#fetched.size > KEPT_CHAPTERS && oldest !== inUse) this.#release(oldest);
  }

  /**
   * @param {Chapter} chapter
   * @returns {string | null} the address of the chapter's sound, once it is here
   */
  ready(chapter) {
    const sound = this.#fetched.get(chapter);
    return typeof sound === "string" ? sound : null;
  }

  /**
   * @param {Chapter} chapter
   * @returns {Promise<string | null>} as `ready`, after a moment's patience
   */
  async soon(chapter) {
    /** @type {Promise<null>} */
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
    const sound = this.#fetched.get(chapter) ?? null;
    return await Promise.race([sound, patience]).catch(() => null);
  }

  /**
   * @param {Chapter} chapter
   * @param {string} url
   */
  #arrived(chapter, url) {
    if (this.#fetched.has(chapter)) this.#fetched.set(chapter, url);
    else URL.revokeObjectURL(url);
  }

  /** @param {Chapter} chapter */
  #release(chapter) {
    const sound = this.#fetched.get(chapter);
    this.#fetched.delete(chapter);
    if (typeof sound === "string") URL.revokeObjectURL(sound);
  }
}

/**
 * @param {string} url
 * @returns {Promise<string>} an address that needs no network
 */
async function soundOf(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`narration ${answer.status}`);
  return URL.createObjectURL(await answer.blob());
}
