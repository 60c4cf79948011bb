import { describe, expect, test } from 'vitest';
import type { SecondFactors } from '#domain/people/person.ts';
import { factorGate, hasRested, isLastUseOld, isRecentlyProven, type Proof, sessionEnd } from './session.ts';

const at = '2026-06-10T06:45:00.000Z';
const later = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000);
const factors: SecondFactors = {
  passkeys: [],
  totp: { secret: 'sealed', addedAt: at },
  recoveryCodes: [],
};
const byPassword: Proof = { openedBy: 'password', provenAt: at };

test('a session lives for ninety days, and thirty where a role reaches other people', () => {
  expect(sessionEnd(at, { grants: [] })).toBe('2026-09-08T06:45:00.000Z');
  expect(sessionEnd(at, { grants: [{ role: 'administrator', place: 'everything' }] })).toBe('2026-07-10T06:45:00.000Z');
});

test('an hour without use is a rest, and what is stored of the last use is then old', () => {
  for (const is of [hasRested, isLastUseOld]) expect([is(at, later(59)), is(at, later(60))]).toEqual([false, true]);
});

test('what was shown is recent for an hour, password or second factor', () => {
  expect(isRecentlyProven(byPassword, later(59))).toBe(true);
  expect(isRecentlyProven(byPassword, later(60))).toBe(false);
  const strongAt = later(50).toISOString();
  expect(isRecentlyProven({ ...byPassword, strongAt }, later(109))).toBe(true);
  expect(isRecentlyProven({ ...byPassword, strongAt }, later(110))).toBe(false);
});

describe('security F7: one’s factors are changed', () => {
  const password = 'hash';

  test('for the first time in a session that a password or a mailed link opened within the hour', () => {
    for (const openedBy of ['password', 'invitation', 'reset'] as const) {
      const session = { openedBy, provenAt: at };
      expect(factorGate(session, { passwordHash: password }, later(59))).toBe('open');
      expect(factorGate(session, { passwordHash: password }, later(60))).toBe('confirm');
    }
  });

  test('never for the first time in one that a personal code opened', () => {
    for (const openedBy of ['code', 'group', 'earlier'] as const) {
      expect(factorGate({ openedBy, provenAt: at }, { passwordHash: undefined }, later(0))).toBe('closed');
      expect(factorGate({ openedBy, provenAt: at }, { passwordHash: password }, later(0))).toBe('confirm');
    }
  });

  test('afterwards only when one has been shown just now, not earlier the same day', () => {
    const person = { passwordHash: password, secondFactors: factors };
    expect(factorGate(byPassword, person, later(0))).toBe('confirm');
    expect(factorGate({ ...byPassword, strongAt: at }, person, later(9))).toBe('open');
    expect(factorGate({ ...byPassword, strongAt: at }, person, later(10))).toBe('confirm');
  });
});
