// The sound of the latest chapters, fetched whole. Minutes of it are megabytes, so few are kept.

/** @import { Chapter } from "../book/chapter.js" */

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
 * Under an address of its own: Chromium's cache lets only one ask for an address at a time, and the
 * player would wait for the whole.
 *
 * @param {string} url
 * @returns {Promise<string>} an address that needs no network
 */
async function soundOf(url) {
  const answer = await fetch(`${url}&whole=1`);
  if (!answer.ok) throw new Error(`narration ${answer.status}`);
  return URL.createObjectURL(await answer.blob());
}
