import { describe, expect, test } from 'vitest';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Passkey } from '#domain/people/person.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { awake } from '../../tests/support/acting.ts';
import { seededBytes } from '../../tests/support/seeded-bytes.ts';
import { type RouteRule, requiredFactor } from './route-rules.ts';

const shownAt = new Date('2026-06-10T08:00:00Z');
const minutesLater = (minutes: number) => new Date(shownAt.getTime() + minutes * 60_000);
const passkey: Passkey = {
  id: 'A',
  publicKey: 'A',
  counter: 0,
  transports: [],
  label: 'Jobbdatorn',
  addedAt: shownAt.toISOString(),
};
const without: ActingPerson = {
  ...newPerson({ name: 'Maria Ek', nameGivenBy: 'employer' }, { category: 'new-employee' }, shownAt, seededBytes(1)),
  grants: awake([{ role: 'administrator', place: 'everything' }]),
};
const person: ActingPerson = { ...without, secondFactors: { passkeys: [passkey], recoveryCodes: [] } };
const weak: SignedInSession = {
  id: 'session',
  person,
  strongAt: undefined,
  openedBy: 'password',
  provenAt: shownAt.toISOString(),
};
const strong: SignedInSession = { ...weak, strongAt: shownAt.toISOString() };

const forRole: RouteRule = { audience: 'manage:people', methods: ['GET', 'POST'] };
const forGood: RouteRule = { ...forRole, fresh: true };
const own: RouteRule = { audience: 'signed-in', methods: ['GET'] };

describe('what a role opens', () => {
  test('asks who has signed in with a password alone for the second factor', () => {
    expect(requiredFactor(forRole, weak, shownAt)).toBe('show');
  });

  test('asks who has no second factor to add one', () => {
    expect(requiredFactor(forRole, { ...weak, person: without }, shownAt)).toBe('add');
  });

  test('is open for a working day after it was shown', () => {
    expect(requiredFactor(forRole, strong, minutesLater(11))).toBeUndefined();
    expect(requiredFactor(forRole, strong, minutesLater(12 * 60 - 1))).toBeUndefined();
    expect(requiredFactor(forRole, strong, minutesLater(12 * 60))).toBe('show');
  });
});

describe('what cannot be taken back', () => {
  test('is open for ten minutes after it was shown, and then asks once more', () => {
    expect(requiredFactor(forGood, strong, minutesLater(9))).toBeUndefined();
    expect(requiredFactor(forGood, strong, minutesLater(10))).toBe('show');
    expect(requiredFactor({ ...own, fresh: true }, strong, minutesLater(10))).toBe('show');
  });
});

test('what is the person’s own is open with the password alone', () => {
  expect(requiredFactor(own, weak, shownAt)).toBeUndefined();
});
