import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import { blockedUntil, recentTries, secondsUntil, throttleRules, triesFrom, triesToKeep } from './throttle.ts';

const rule = { tries: 3, minutes: 15, keys: 10 };
const growing = { tries: 3, minutes: 60, growing: { from: 1, atMost: 8 }, keys: 10 };
const start = Date.parse('2026-06-01T08:00:00Z');
const minute = (minutes: number) => new Date(start + minutes * 60_000);
const tries = (...minutes: number[]) => minutes.map((at) => minute(at).getTime());

describe('with three tries allowed in a quarter of an hour', () => {
  test('two do not close the way', () => {
    expect(blockedUntil(tries(0, 1), rule, minute(1))).toBeUndefined();
  });

  test('the third closes it until the first is a quarter of an hour old', () => {
    expect(blockedUntil(tries(0, 4, 5), rule, minute(5))).toBe(minute(15).toISOString());
    expect(blockedUntil(tries(0, 4, 5), rule, minute(14.9))).toBe(minute(15).toISOString());
    expect(blockedUntil(tries(0, 4, 5), rule, minute(15))).toBeUndefined();
  });

  test('more tries than three keep it closed until the third last is old', () => {
    expect(blockedUntil(tries(0, 1, 2, 6, 7), rule, minute(7))).toBe(minute(17).toISOString());
  });

  test('tries that are spread out never close it', () => {
    expect(blockedUntil(tries(0, 8, 16, 24, 32), rule, minute(32))).toBeUndefined();
  });

  test('old tries are forgotten', () => {
    expect(recentTries(tries(0, 5, 20), rule, minute(20))).toEqual(tries(20));
  });
});

describe('with a wait that grows after three tries in an hour', () => {
  test.for([
    [2, undefined],
    [3, 1],
    [4, 2],
    [5, 4],
    [6, 8],
    [7, 8],
  ] as const)('%i tries at once have to wait %s minutes', ([count, minutes]) => {
    const until = blockedUntil(tries(...Array<number>(count).fill(0)), growing, minute(0));
    expect(until).toBe(minutes && minute(minutes).toISOString());
  });

  test('the way is never closed for longer than the longest wait', () => {
    for (let time = 0; time < 60; time += 0.5) {
      const until = blockedUntil(tries(...Array<number>(50).fill(0), time), growing, minute(time));
      if (until) expect(Date.parse(until) - minute(time).getTime()).toBeLessThanOrEqual(8 * 60_000);
    }
  });

  test('what is kept is enough to know the longest wait', () => {
    const kept = tries(...Array<number>(50).fill(0)).slice(-triesToKeep(growing));
    expect(blockedUntil(kept, growing, minute(0))).toBe(minute(8).toISOString());
  });
});

test.for([rule, growing])('the moment that is named is the first at which the way is open (%j)', (one) => {
  const next = seededRandom(3);
  let closed = 0;
  for (let round = 0; round < 500; round++) {
    const at = Array.from({ length: Math.floor(next() * 8) }, () => next() * 70).sort((a, b) => a - b);
    const now = minute((at.at(-1) ?? 0) + next() * 3);
    const until = blockedUntil(tries(...at), one, now);
    if (until === undefined) continue;
    closed++;
    expect(until > now.toISOString()).toBe(true);
    expect(blockedUntil(tries(...at), one, new Date(Date.parse(until) - 1))).toBe(until);
    expect(blockedUntil(tries(...at), one, new Date(until))).toBeUndefined();
  }
  expect(closed).toBeGreaterThan(5);
});

test('a school that shares one address may mistype much more than one account', () => {
  const { account, network, groupCode } = throttleRules;
  expect(network.tries / network.minutes).toBeGreaterThanOrEqual(20 * (account.tries / account.minutes));
  expect(groupCode.tries / groupCode.minutes).toBeGreaterThanOrEqual(20 * (account.tries / account.minutes));
});

test('the guesses that many networks together have at one password are few, and the way never closes', () => {
  const { accountAnywhere } = throttleRules;
  const made: number[] = [];
  for (let now = start; now < start + 24 * 60 * 60_000; now += 60_000) {
    if (blockedUntil(made, accountAnywhere, new Date(now)) === undefined) made.push(now);
  }
  expect(made.length).toBeLessThan(100);
  expect(Math.max(...made.slice(1).map((at, place) => at - (made[place] ?? at)))).toBeLessThanOrEqual(60 * 60_000);
});

test('security F5: all addresses of an IPv6 /64 are one network, and a /48 is counted too', () => {
  const [first, wide] = triesFrom('2001:db8:1:2::1', 'network');
  expect(triesFrom('2001:DB8:1:2:ffff::9', 'network')).toEqual([first, wide]);
  expect(triesFrom('2001:db8:1:3::1', 'network')).toEqual([expect.not.objectContaining({ key: first?.key }), wide]);
  expect(triesFrom('203.0.113.9', 'network')).toEqual([{ rule: 'network', key: '203.0.113.9' }]);
});

test('the wait is said in whole seconds, never none', () => {
  expect(secondsUntil(minute(1).toISOString(), minute(0))).toBe(60);
  expect(secondsUntil(minute(0).toISOString(), minute(0))).toBe(1);
});
