import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CodeHash } from '#domain/kernel/ids.ts';
import type { Grant, Passkey, SecondFactors } from '#domain/people/person.ts';
import { assuranceOf, hasSecondFactor, newRecoveryCodes, withoutFactor, withoutRecoveryCode } from './second-factor.ts';

const shown = '2026-06-10T08:00:00.000Z';
const minutesLater = (minutes: number) => new Date(Date.parse(shown) + minutes * 60_000);
const passkey = (id: string): Passkey => ({
  id,
  publicKey: 'key',
  counter: 0,
  transports: [],
  label: id,
  addedAt: shown,
});
const totp = { secret: 'sealed', addedAt: shown };
const code = (letter: string) => letter.repeat(64) as CodeHash;
const administrator: readonly Grant[] = [{ role: 'administrator', place: 'everything' }];

test.each([
  [0, 'fresh'],
  [9.99, 'fresh'],
  [10, 'strong'],
  [719.99, 'strong'],
  [720, 'weak'],
] as const)('%d minutes after a second factor was shown the assurance is %s', (minutes, assurance) => {
  expect(assuranceOf(shown, minutesLater(minutes))).toBe(assurance);
});

test('a session in which none was shown is weak', () => {
  expect(assuranceOf(undefined, minutesLater(0))).toBe('weak');
});

test('recovery codes alone are no second factor', () => {
  expect(hasSecondFactor({ secondFactors: { passkeys: [], recoveryCodes: [code('a')] } })).toBe(false);
  expect(hasSecondFactor({ secondFactors: undefined })).toBe(false);
});

describe('taking a factor away', () => {
  const both: SecondFactors = { passkeys: [passkey('phone'), passkey('key')], totp, recoveryCodes: [code('a')] };

  test('leaves the others', () => {
    expect(withoutFactor({ secondFactors: both }, { kind: 'totp' }, administrator)).toEqual({
      ...both,
      totp: undefined,
    });
    expect(withoutFactor({ secondFactors: both }, { kind: 'passkey', id: 'phone' }, administrator)).toEqual({
      ...both,
      passkeys: [passkey('key')],
    });
  });

  test('is refused for the last one while the person has a role', () => {
    const only = { passkeys: [], totp, recoveryCodes: [code('a')] };
    expect(withoutFactor({ secondFactors: only }, { kind: 'totp' }, administrator)).toBe('last-factor');
  });

  test('takes the recovery codes with it when it was the last, for who has no role any more', () => {
    const only = { passkeys: [passkey('phone')], recoveryCodes: [code('a')] };
    expect(withoutFactor({ secondFactors: only }, { kind: 'passkey', id: 'phone' }, [])).toBeUndefined();
  });
});

test('there are ten recovery codes, all different, in groups that can be read over the phone', () => {
  const codes = newRecoveryCodes((count) => randomBytes(count));
  expect(new Set(codes).size).toBe(10);
  for (const one of codes) expect(one).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}$/);
});

test('ASVS 6.5.2: a recovery code is of 112 bits or more, five a letter', () => {
  const [code = ''] = newRecoveryCodes((count) => randomBytes(count));
  expect(code.replaceAll('-', '').length * 5).toBeGreaterThanOrEqual(112);
});

test('a recovery code goes when it is used, under whichever key, and one that is unknown takes none', () => {
  expect(withoutRecoveryCode([code('a'), code('b')], [code('a')])).toEqual([code('b')]);
  expect(withoutRecoveryCode([code('a'), code('b')], [code('k2 a'), code('a')])).toEqual([code('b')]);
  expect(withoutRecoveryCode([code('a')], [code('c')])).toBeUndefined();
});
