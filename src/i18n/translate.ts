import { type Language, languageTag } from '#domain/kernel/language.ts';
import en from '../../content/ui/en.json' with { type: 'json' };
import sv from '../../content/ui/sv.json' with { type: 'json' };
import svSimple from '../../content/ui/sv-simple.json' with { type: 'json' };

export type UiKey = keyof typeof sv;
type Values = Readonly<Record<string, string | number>>;

const texts: Readonly<Record<Language, Readonly<Partial<Record<string, string>>>>> = { sv, 'sv-simple': svSimple, en };

export type Translate = (key: UiKey, values?: Values) => string;

/**
 * The interface's texts in a language; Swedish where one is missing.
 *
 * @example translate('sv')('progress.of', { done: 2, total: 5 })
 */
export function translate(language: Language): Translate {
  const own = texts[language];
  return (key, values) => fill(own[key] ?? sv[key], values);
}

function fill(text: string, values: Values | undefined): string {
  // Most texts have nothing to fill in, and a page has a hundred of them.
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The `lang` attribute of a text that fell back to Swedish on a page in another language; none where it is the page's own. */
export function fallbackLang(isFallback: boolean, language: Language): 'sv' | undefined {
  return isFallback && languageTag(language) !== 'sv' ? 'sv' : undefined;
}

/** A calendar date or a moment written out for people: `12 februari 2027`. */
export function longDate(date: string, language: Language): string {
  const timeZone = date.length === 10 ? 'UTC' : 'Europe/Stockholm';
  return dateFormat(`${languageTag(language) === 'en' ? 'en-GB' : 'sv-SE'}`, { dateStyle: 'long', timeZone }).format(
    new Date(date),
  );
}

/** A calendar date with its day of the week: `måndag 30 november`, or with the year `måndag 30 november 2026`. */
export function weekdayDate(date: string, language: Language, { withYear }: { readonly withYear: boolean }): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  const options = withYear ? ({ ...day, year: 'numeric' } as const) : day;
  return dateFormat(languageTag(language) === 'en' ? 'en-GB' : 'sv-SE', options).format(new Date(date));
}

/** The month of a calendar date, short: `nov.` */
export function shortMonth(date: string, language: Language): string {
  const options = { month: 'short', timeZone: 'UTC' } as const;
  return dateFormat(languageTag(language) === 'en' ? 'en-GB' : 'sv-SE', options).format(new Date(date));
}

/** Date and time of day in Stockholm. */
export function longTime(instant: string, language: Language): string {
  return dateFormat(languageTag(language) === 'en' ? 'en-GB' : 'sv-SE', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Stockholm',
  }).format(new Date(instant));
}

const formats = new Map<string, Intl.DateTimeFormat>();

// Making a format costs more than the rest of a page; there are only a handful.
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

/** A number as people write it: `20 000`. */
export function grouped(number: number, language: Language): string {
  return new Intl.NumberFormat(languageTag(language) === 'en' ? 'en-GB' : 'sv-SE').format(number);
}
