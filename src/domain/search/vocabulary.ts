import { wordsOf } from './words.ts';

/** What is known of a language's words: content/search.yaml, and a stemmer. */
export interface Vocabulary {
  readonly stem: (word: string) => string;
  /** Words that say nothing of what is looked for: `får`, `jag`, `för`. */
  readonly stopWords: ReadonlySet<string>;
  /** What else a word or a few words may be called where it is written about: `dotter` → `anhörig`. Keys as `keyOf` makes them. */
  readonly related: ReadonlyMap<string, readonly string[]>;
  /** Single words of `related` as people write them, for guesses at what was meant. */
  readonly everydayWords: readonly string[];
  /** Words that compounds are made of although no text may hold them alone: `plikt`. */
  readonly parts: readonly string[];
  /** The most words that a key of `related` has. */
  readonly longestKey: number;
  /** The sorts of people, things and deeds that a word or a few words are of: `tant` → `VUXEN`. Keys as `keyOf` makes them. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
  /** The stems of all words of classes: those are no slips. */
  readonly classStems: ReadonlySet<string>;
  /** The most words that a key of `classes` has. */
  readonly longestClassKey: number;
  /** Are words written together, as in Swedish? */
  readonly hasCompounds: boolean;
}

/** A language's words as editors write them. */
export interface WordList {
  readonly stop: readonly string[];
  readonly parts: readonly string[];
  /** Forms that no rule leads to: `söner` is of `son`. */
  readonly forms: Readonly<Record<string, readonly string[]>>;
  /** Other words for the very same thing: `polare` is `vän`. */
  readonly same: Readonly<Record<string, readonly string[]>>;
  readonly related: readonly { readonly words: readonly string[]; readonly mean: readonly string[] }[];
  /** What words stand for in the expressions of the answers: `VUXEN` is tant, gubbe, brukare. */
  readonly classes: Readonly<Record<string, readonly string[]>>;
}

export function makeVocabulary(
  list: WordList,
  stemWord: (word: string) => string,
  { hasCompounds }: { hasCompounds: boolean },
): Vocabulary {
  const base = new Map(
    Object.entries(list.forms).flatMap(([word, forms]) => forms.map((form) => [form, word] as const)),
  );
  const stemOf = (word: string) => stemWord(base.get(word) ?? word);
  const same = new Map(
    Object.entries(list.same).flatMap(([word, others]) => others.map((one) => [stemOf(one), stemOf(word)] as const)),
  );
  const small = new Set(list.stop);
  const stems = new Map<string, string>();
  const stem = (word: string): string => {
    const known = stems.get(word);
    if (known !== undefined) return known;
    // A small word is never a form of another one: `jag` is not of `jaga`, nor `brukar` of `brukare`.
    if (small.has(word) && !base.has(word)) return `${word}.`;
    const own = stemOf(word);
    const made = same.get(own) ?? own;
    // What people ask is not kept: only forms from the list, and those are few.
    if (base.has(word)) stems.set(word, made);
    return made;
  };
  const related = new Map<string, string[]>();
  for (const { words, mean } of list.related) {
    for (const word of words) {
      const key = keyOf(word, stem);
      related.set(key, [...new Set([...(related.get(key) ?? []), ...mean.map((one) => keyOf(one, stem))])]);
    }
  }
  const classes = new Map<string, string[]>();
  for (const [name, words] of Object.entries(list.classes)) {
    for (const key of new Set(words.map((word) => keyOf(word, stem))))
      classes.set(key, [...(classes.get(key) ?? []), name]);
  }
  const everydayWords = [
    ...Object.values(list.same).flat(),
    ...[...list.related.map(({ words }) => words), ...Object.values(list.classes)]
      .flat()
      .filter((word) => !word.includes(' ')),
  ];
  return {
    stem,
    stopWords: small,
    related,
    everydayWords,
    parts: list.parts,
    longestKey: longestOf(related),
    classes,
    classStems: new Set([...classes.keys()].flatMap((key) => key.split(' '))),
    longestClassKey: longestOf(classes),
    hasCompounds,
  };
}

/** The most words that a key has. */
function longestOf(keys: ReadonlyMap<string, unknown>): number {
  return Math.max(1, ...[...keys.keys()].map((key) => key.split(' ').length));
}

/** One or more words as their stems, a blank between: `sociala medier` → `social medi`. */
export function keyOf(words: string, stem: (word: string) => string): string {
  return wordsOf(words)
    .map(({ text }) => stem(text))
    .join(' ');
}
