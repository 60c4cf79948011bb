/** The parts of a compound word, or none if it is not one. */
export type Splitter = (word: string) => readonly string[];

const shortestPart = 3;
const shortestCompound = 7;
/** What is longer is no word: nobody has to wait for it. */
const longestCompound = 40;
/** A head that is known while what stands before it is not: `drönarbild`. */
const shortestLoneHead = 5;
/** A modifier that has lost its vowel has this many letters left: `för|` is not `föra`. */
const shortestClipped = 4;
/** What looks like a part but only makes one word of another: `miss|tänka`, `skyldig|heten`. */
const noParts = new Set(
  'för miss inne fel undan genom åter het heten heter hets hetens ande anden ende andes skap'.split(' '),
);

/**
 * Splits Swedish compounds into words of a lexicon: with `s` between the parts (`tystnad|s|plikt`), with a vowel that has
 * gone (`skol|kurator`) or changed (`gatu|namn`), and the head in any form (`logg|kontrollerna`). Parts are split in turn.
 *
 * @param lexicon words that may be parts, in the forms that they have in texts; small words left out
 */
export function compoundSplitter(lexicon: ReadonlySet<string>, stem: (word: string) => string): Splitter {
  const stems = new Set([...lexicon].map(stem));
  const asModifier = (part: string): string | undefined =>
    noParts.has(part)
      ? undefined
      : [
          part,
          part.replace(/s$/, ''),
          ...(part.length < shortestClipped ? [] : [`${part}a`, `${part}e`, part.replace(/[uo]$/, 'a')]),
        ].find((form) => form.length >= shortestPart && lexicon.has(form));
  const isHead = (part: string) =>
    !noParts.has(part) && (lexicon.has(part) || (part.length > shortestPart && stems.has(stem(part))));

  const cut = (word: string): readonly string[] | undefined => {
    // The longest head first: of two ways to split, the one with fewer and longer parts.
    for (let place = shortestPart; place <= word.length - shortestPart; place++) {
      const head = word.slice(place);
      if (!isHead(head)) continue;
      const modifier = asModifier(word.slice(0, place));
      if (modifier) return [modifier, head];
      const before = place >= shortestCompound - 1 ? cut(word.slice(0, place).replace(/s$/, '')) : undefined;
      if (before) return [...before, head];
    }
    return undefined;
  };
  const loneHead = (word: string): readonly string[] => {
    for (let place = shortestPart + 1; place <= word.length - shortestLoneHead; place++) {
      const isWord = lexicon.has(word.slice(place)) && !noParts.has(word.slice(place));
      if (isWord && !noParts.has(word.slice(0, place))) return [word.slice(place)];
    }
    return [];
  };
  const splitAll = (word: string, depth: number): readonly string[] => {
    if (word.length < shortestCompound || word.length > longestCompound) return [];
    const parts = cut(word) ?? (depth === 0 ? loneHead(word) : []);
    return parts.flatMap((part) => [part, ...(depth < 2 ? splitAll(part, depth + 1) : [])]);
  };
  const known = new Map<string, readonly string[]>();
  return (word) => {
    const parts = known.get(word) ?? [...new Set(splitAll(word, 0))];
    // Queries come from anybody: only what texts hold is worth remembering.
    if (lexicon.has(word)) known.set(word, parts);
    return parts;
  };
}
