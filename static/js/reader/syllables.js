// Where a long word can be taken apart when it is sounded out. A rule of thumb for English: a break
// before the last consonant (or the pair that is one sound) between two vowels.

const TOGETHER = new Set([
  "bl", "br", "ch", "ck", "cl", "cr", "dr", "fl", "fr", "gh", "gl", "gr", "ph", "pl", "pr",
  "sc", "sh", "sk", "sl", "sm", "sn", "sp", "st", "sw", "th", "tr", "tw", "wh", "wr",
]);
const ENDINGS = /^(.+?[aeiouy].*?)(tion|sion|cian|ture)(s?)$/i;
const isVowel = (letter) => /[aeiouy]/i.test(letter);

/** The parts of a word, such as ["lem", "on"]; one part where it should be left whole. */
export function syllables(word) {
  const letters = word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "").replace(/['’]s$/u, "");
  if (letters.length < 4 || !/^[a-z]+$/i.test(letters)) return [letters || word];
  const ending = letters.match(ENDINGS);
  if (ending) return [...split(ending[1]), ending[2] + ending[3]];
  return split(letters);
}

function split(letters) {
  const groups = vowelGroups(letters);
  const breaks = [];
  for (let each = 0; each + 1 < groups.length; each++) {
    breaks.push(breakBetween(letters, groups[each][1], groups[each + 1][0]));
  }
  return [0, ...breaks].map((start, place) => letters.slice(start, breaks[place] ?? letters.length));
}

function vowelGroups(letters) {
  const groups = [...letters.matchAll(/[aeiou]+|y/gi)]
    .map((match) => [match.index, match.index + match[0].length])
    .filter(([start]) => !(start === 0 && letters[0].toLowerCase() === "y" && letters.length > 1));
  const last = groups[groups.length - 1];
  if (groups.length > 1 && isSilent(letters, last)) groups.pop();
  return groups;
}

/** A last e that is not sounded ("lake", "jumped", "makes"), but in "little" and "wanted". */
function isSilent(letters, [start, end]) {
  if (letters.slice(start, end).toLowerCase() !== "e") return false;
  const rest = letters.slice(end).toLowerCase();
  const before = letters.slice(0, start).toLowerCase();
  if (rest === "") return !/[^aeiouy]l$/.test(before);
  if (rest === "d") return !/[td]$/.test(before);
  return rest === "s" && !/(s|x|z|ch|sh|g|c)$/.test(before);
}

function breakBetween(letters, end, start) {
  const between = letters.slice(end, start).toLowerCase();
  if (between.length < 2) return end;
  if (TOGETHER.has(between.slice(-2))) return between.length === 2 && between === "ck" ? start : start - 2;
  if (between.endsWith("l") && !isVowel(between.at(-2)) && start + 1 >= letters.length) return start - 2;
  return start - 1;
}
