/**
 * The stem of an English word in lower case: plurals, `-ing`, `-ed`, `-er` and a few endings of nouns and adverbs go.
 * Lighter than Porter's: a text on one subject needs no more.
 *
 * @example stemEnglish('photographing') // 'photograph'
 */
export function stemEnglish(word: string): string {
  if (word.length < 4) return word;
  const stem = withoutSuffix(singular(word));
  // carry, carries, carried: one stem.
  return stem.length > 3 ? stem.replace(/(?<=[^aeiou])[yi]$/, 'i').replace(/e$/, '') : stem;
}

function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

const suffixes = ['ations', 'ation', 'ments', 'ingly', 'ment', 'ness', 'ing', 'ers', 'ed', 'er', 'ly'];

function withoutSuffix(word: string): string {
  for (const suffix of suffixes) {
    const stem = word.slice(0, -suffix.length);
    if (!word.endsWith(suffix) || stem.length < 3 || !/[aeiouy]/.test(stem)) continue;
    // stopped: stop
    return /([^aeioulsz])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  }
  return word;
}
