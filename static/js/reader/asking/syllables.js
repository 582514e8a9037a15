// Where a long word can be taken apart when it is sounded out. A rule of thumb for English: a break
// before the last consonant (or the pair that is one sound) between two vowels.

const TOGETHER = new Set([
  "bl",
  "br",
  "ch",
  "ck",
  "cl",
  "cr",
  "dr",
  "fl",
  "fr",
  "gh",
  "gl",
  "gr",
  "ph",
  "pl",
  "pr",
  "sc",
  "sh",
  "sk",
  "sl",
  "sm",
  "sn",
  "sp",
  "st",
  "sw",
  "th",
  "tr",
  "tw",
  "wh",
  "wr",
]);
const ENDINGS = /^(.+?[aeiouy].*?)(tion|sion|cian|ture)(s?)$/iu;
const NO_LETTERS_AROUND = /^[^\p{L}]+|[^\p{L}]+$/gu;
const POSSESSIVE = /['’]s$/u;
const PLAIN = /^[a-z]+$/iu;
const VOWELS = /[aeiou]+|y/giu;
const VOWEL = /[aeiouy]/iu;
const CONSONANT_AND_L = /[^aeiouy]l$/u;
const SOUNDS_BEFORE_D = /[td]$/u;
const SOUNDS_BEFORE_S = /(s|x|z|ch|sh|g|c)$/u;

/** @param {string | undefined} letter */
const isVowel = (letter) => letter !== undefined && VOWEL.test(letter);

/** @typedef {[start: number, end: number]} Group where a group of vowels stands in a word */

/**
 * The parts of a word, such as ["rab", "bit"]; one part where it should be left whole.
 *
 * @param {string} word
 * @returns {string[]}
 */
export function syllables(word) {
  const letters = word.replace(NO_LETTERS_AROUND, "").replace(POSSESSIVE, "");
  if (letters.length < 4 || !PLAIN.test(letters)) return [letters || word];
  const [, stem, ending, plural] = letters.match(ENDINGS) ?? [];
  if (stem && ending) return [...split(stem), `${ending}${plural}`];
  return split(letters);
}

/** @param {string} letters */
function split(letters) {
  const groups = vowelGroups(letters);
  const starts = [0];
  let before = groups[0];
  for (const group of groups.slice(1)) {
    if (before) starts.push(breakBetween(letters, before[1], group[0]));
    before = group;
  }
  return starts.map((start, place) => letters.slice(start, starts[place + 1]));
}

/**
 * @param {string} letters
 * @returns {Group[]}
 */
function vowelGroups(letters) {
  const isConsonant = letters[0]?.toLowerCase() === "y" && letters.length > 1;
  const groups = [...letters.matchAll(VOWELS)]
    .map(({ index, 0: vowels }) => /** @type {Group} */ ([index, index + vowels.length]))
    .filter(([start]) => !(start === 0 && isConsonant));
  const last = groups.at(-1);
  if (last && groups.length > 1 && isSilent(letters, last)) groups.pop();
  return groups;
}

/**
 * A last e that is not sounded ("lake", "jumped", "makes"), but in "little" and "wanted".
 *
 * @param {string} letters
 * @param {Group} group
 */
function isSilent(letters, [start, end]) {
  if (letters.slice(start, end).toLowerCase() !== "e") return false;
  const rest = letters.slice(end).toLowerCase();
  const before = letters.slice(0, start).toLowerCase();
  if (rest === "") return !CONSONANT_AND_L.test(before);
  if (rest === "d") return !SOUNDS_BEFORE_D.test(before);
  return rest === "s" && !SOUNDS_BEFORE_S.test(before);
}

/**
 * @param {string} letters
 * @param {number} end of the vowels before
 * @param {number} start of those after
 */
function breakBetween(letters, end, start) {
  const between = letters.slice(end, start).toLowerCase();
  if (between.length < 2) return end;
  if (between === "ck") return start;
  if (TOGETHER.has(between.slice(-2))) return start - 2;
  const isLastSyllable = start + 1 >= letters.length;
  if (isLastSyllable && between.endsWith("l") && !isVowel(between.at(-2))) return start - 2;
  return start - 1;
}
