import { isLanguage, type Language } from '#domain/kernel/language.ts';

/** More are not read: the header is a stranger's. */
const mostRanges = 20;

/**
 * Which of our languages a browser asks for (`Accept-Language`, RFC 9110 12.5.4); undefined where it asks for none of them. Plain
 * Swedish is asked for with its registered variant.
 *
 * @example askedLanguage('ar, en-GB;q=0.8, sv;q=0.7') // 'en'
 * @example askedLanguage('sv-simple') // 'sv-simple'
 */
export function askedLanguage(header: string | null | undefined): Language | undefined {
  const ranges = (header ?? '').split(',').slice(0, mostRanges).map(readRange);
  const wanted = ranges.filter(({ weight }) => weight > 0).toSorted((one, other) => other.weight - one.weight);
  return wanted.flatMap(({ tag }) => languageOf(tag) ?? []).at(0);
}

function readRange(range: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = range
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/);
  const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
  return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

function languageOf(tag: string): Language | undefined {
  const [language = '', ...subtags] = tag.split('-');
  if (language === 'sv' && subtags.includes('simple')) return 'sv-simple';
  return isLanguage(language) ? language : undefined;
}
