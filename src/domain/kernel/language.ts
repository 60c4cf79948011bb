/** Swedish, plain Swedish (lätt svenska), English. */
export const languages = ['sv', 'sv-simple', 'en'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}

/** BCP 47 tag for `lang` attributes, dates and plurals. Plain Swedish is Swedish. */
export function languageTag(language: Language): 'sv' | 'en' {
  return language === 'en' ? 'en' : 'sv';
}
