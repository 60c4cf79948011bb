import { expect, test } from 'vitest';
import { tokenHash } from '../../../tests/contract/sample-documents.ts';
import { invitationMinutes, linkState, newLink, passwordResetMinutes } from './sent-link.ts';

const now = new Date('2026-03-28T12:00:00Z');
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const minute = 60_000;

test.for([
  ['an invitation', invitationMinutes],
  ['a password reset', passwordResetMinutes],
] as const)('%s is open until its time is up, and not a moment longer', ([, minutes]) => {
  const link = newLink(tokenHash('a'), minutes, now);
  expect(linkState(link, now)).toBe('open');
  expect(linkState(link, later(minutes * minute - 1))).toBe('open');
  expect(linkState(link, later(minutes * minute))).toBe('expired');
});

test('an invitation waits for people on leave: two weeks, over a change of the clock too', () => {
  expect(newLink(tokenHash('a'), invitationMinutes, now).expiresAt).toBe('2026-04-11T12:00:00.000Z');
});

test('a link that was used stays used, when it has expired too', () => {
  const used = { ...newLink(tokenHash('a'), 60, now), usedAt: later(minute).toISOString() };
  expect(linkState(used, later(2 * minute))).toBe('used');
  expect(linkState(used, later(90 * minute))).toBe('used');
});
