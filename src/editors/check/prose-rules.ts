import { textFile } from '#content/files.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import { countWords } from '#content/reading-time.ts';
import type { Language } from '#domain/kernel/language.ts';
import { proseOf } from './prose.ts';
import type { Content } from './read-content.ts';
import { partsOf, wordsOf } from './scenario-parts.ts';

export function quotesAreCurly(content: Content): ContentMistake[] {
  // A quotation has an opening mark; a straight apostrophe within or after a word (“person's”) is none.
  return inProse(content, /"|(?<![\p{L}\d])'/u, (found) => ({
    problem: `rakt citattecken: ${found}`,
    remedy: 'skriv ” ”',
  }));
}

export function spacesAreSingle(content: Content): ContentMistake[] {
  // Lists may be indented: only blanks after a word count.
  return inProse(content, /\S( {2,})/, () => ({ problem: 'två blanksteg i rad', remedy: 'ta bort det ena' }));
}

/** Another municipality uses the course by changing one file: no prose may hold this one's name (docs/design.md#the-course). */
export function noLocalNamesInProse(content: Content): ContentMistake[] {
  const { name, issuer } = content.municipality;
  const place = name.replace(/\s*\b(kommun|stad|region)$/i, '');
  const names = [issuer, name, place]
    .filter((text) => text !== '')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return inProse(content, new RegExp(`(?<!\\p{L})(${names.join('|')})s?(?!\\p{L})`, 'u'), (found) => ({
    problem: `det lokala namnet ${found} står i texten`,
    remedy: 'skriv ”kommunen”, eller <Local name="…" />',
  }));
}

/** An address in an example may belong to somebody. */
export function noDomainsInProse(content: Content): ContentMistake[] {
  return inProse(
    content,
    /(https?:\/\/|www\.|[\w-]\.(se|nu|com|org|net|eu|io|app|info)(?![\p{L}\d])|\S@\S)\S*/iu,
    (found) => ({
      problem: `adress som kan finnas på riktigt: ${found}`,
      remedy: 'skriv utan adress, eller med .example',
    }),
  );
}

const fewestWordsOfFeedback = 7;

/** Feedback on a right answer says why: praise alone teaches nothing. */
export function rightAnswersSayWhy({ course }: Content): ContentMistake[] {
  return [...course.scenarios.values()].flatMap((scenario) =>
    Object.entries(course.texts.get(scenario.id) ?? {}).flatMap(([language, text]) =>
      partsOf(scenario)
        .filter(({ right }) => right)
        .filter((part) => countWords(wordsOf(part, text)?.feedback ?? '') < fewestWordsOfFeedback)
        .filter((part) => wordsOf(part, text))
        .map(({ field }) => ({
          file: textFile(scenario.id, language as Language),
          field: `${field}.feedback`,
          problem: `färre än ${fewestWordsOfFeedback} ord om varför svaret är rätt`,
          remedy: 'skriv skälet i en hel mening',
        })),
    ),
  );
}

function inProse(
  content: Content,
  pattern: RegExp,
  found: (match: string) => Pick<ContentMistake, 'problem' | 'remedy'>,
): ContentMistake[] {
  return proseOf(content).flatMap(({ file, field, text }) => {
    const match = pattern.exec(text);
    return match ? [{ file, field, ...found(match[0]) }] : [];
  });
}
