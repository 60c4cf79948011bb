import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { blockedUntil, recentFailures, throttleRules } from './throttle.ts';

const rule = { failures: 3, minutes: 15 };
const start = Date.parse('2026-06-01T08:00:00Z');
const minute = (minutes: number) => new Date(start + minutes * 60_000);
const failures = (...minutes: number[]) => minutes.map((at) => minute(at).toISOString());

describe('with three failures allowed in a quarter of an hour', () => {
  test('two do not close the way', () => {
    expect(blockedUntil(failures(0, 1), rule, minute(1))).toBeUndefined();
  });

  test('the third closes it until the first is a quarter of an hour old', () => {
    expect(blockedUntil(failures(0, 4, 5), rule, minute(5))).toBe(minute(15).toISOString());
    expect(blockedUntil(failures(0, 4, 5), rule, minute(14.9))).toBe(minute(15).toISOString());
    expect(blockedUntil(failures(0, 4, 5), rule, minute(15))).toBeUndefined();
  });

  test('more failures than three keep it closed until the third last is old', () => {
    expect(blockedUntil(failures(0, 1, 2, 6, 7), rule, minute(7))).toBe(minute(17).toISOString());
  });

  test('failures that are spread out never close it', () => {
    expect(blockedUntil(failures(0, 8, 16, 24, 32), rule, minute(32))).toBeUndefined();
  });

  test('old failures are forgotten', () => {
    expect(recentFailures(failures(0, 5, 20), rule, minute(20))).toEqual(failures(20));
  });
});

test('the moment that is named is the first at which the way is open', () => {
  const next = seededRandom(3);
  for (let round = 0; round < 500; round++) {
    const at = Array.from({ length: Math.floor(next() * 8) }, () => next() * 20).sort((a, b) => a - b);
    const now = minute((at.at(-1) ?? 0) + next() * 3);
    const until = blockedUntil(failures(...at), rule, now);
    if (until === undefined) continue;
    expect(until > now.toISOString()).toBe(true);
    expect(blockedUntil(failures(...at), rule, new Date(Date.parse(until) - 1))).toBe(until);
    expect(blockedUntil(failures(...at), rule, new Date(until))).toBeUndefined();
  }
});

test('a school that shares one address may mistype much more than one account', () => {
  const { account, address, group } = throttleRules;
  expect(address.failures / address.minutes).toBeGreaterThanOrEqual(20 * (account.failures / account.minutes));
  expect(group.failures / group.minutes).toBeGreaterThanOrEqual(20 * (account.failures / account.minutes));
});
