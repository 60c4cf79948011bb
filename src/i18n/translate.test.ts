import { describe, expect, test } from 'vitest';
import { languages } from '#domain/kernel/language.ts';
import en from '../../content/ui/en.json' with { type: 'json' };
import sv from '../../content/ui/sv.json' with { type: 'json' };
import { longDate, longTime, translate, type UiKey } from './translate.ts';

const keys = Object.keys(sv).filter((key): key is UiKey => key in sv);

describe('a text', () => {
  test('is filled with what it speaks of', () => {
    expect(translate('sv')('progress.of', { done: 2, total: 5 })).toBe(
      sv['progress.of'].replace('{done}', '2').replace('{total}', '5'),
    );
  });

  test('keeps a place that nobody filled, so that it is seen', () => {
    expect(translate('sv')('progress.of', { done: 2 })).toContain('{total}');
  });

  test('takes a name as it is, with braces and all', () => {
    expect(translate('sv')('myPage.hello', { name: '{name} $& Öberg' })).toBe(
      sv['myPage.hello'].replace('{name}', () => '{name} $& Öberg'),
    );
  });

  test.for(languages)('is there for every key in %s, Swedish where that is missing', (language) => {
    const t = translate(language);
    for (const key of keys) expect(t(key), key).not.toBe('');
    const untranslated = keys.filter((key) => !(key in en));
    if (language === 'en') for (const key of untranslated) expect(t(key)).toBe(sv[key]);
  });
});

describe('a date for people', () => {
  test('is the calendar date it is, wherever the server stands', () => {
    expect(longDate('2027-02-12', 'sv')).toBe('12 februari 2027');
    expect(longDate('2027-02-12', 'sv-simple')).toBe('12 februari 2027');
    expect(longDate('2027-02-12', 'en')).toBe('12 February 2027');
  });

  test('of a moment is the one in Stockholm', () => {
    expect(longDate('2026-06-10T22:30:00.000Z', 'sv')).toBe('11 juni 2026');
    expect(longDate('2026-01-10T22:30:00.000Z', 'sv')).toBe('10 januari 2026');
  });

  test('and time are those in Stockholm, summer and winter', () => {
    expect(longTime('2026-06-10T21:30:00.000Z', 'sv')).toBe('10 juni 2026 kl. 23:30');
    expect(longTime('2026-01-10T22:30:00.000Z', 'sv')).toBe('10 januari 2026 kl. 23:30');
    expect(longTime('2026-06-10T21:30:00.000Z', 'en')).toBe('10 June 2026 at 23:30');
  });
});
