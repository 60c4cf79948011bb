import { describe, expect, test } from 'vitest';
import type { Pseudonym } from '#domain/kernel/ids.ts';
import { createEventQuarter, mostEvents, type SecurityEvent } from './security-event.ts';

const failure = (minute: number, fields: Partial<SecurityEvent> = {}): SecurityEvent => ({
  at: new Date(Date.UTC(2026, 10, 30, 12, minute)).toISOString(),
  event: 'sign-in-failed',
  what: 'password',
  network: 'n1',
  ...fields,
});

describe('a quarter of an hour of security events', () => {
  test('tells the first of its kind at once and the others as one number when it is over', () => {
    const events = createEventQuarter();
    expect(events.note(failure(1), 'outside')).toEqual([failure(1)]);
    for (let minute = 2; minute < 9; minute += 1) expect(events.note(failure(minute), 'outside')).toEqual([]);
    expect(events.end(new Date(failure(14).at))).toEqual([]);
    expect(events.end(new Date(failure(15).at))).toEqual([{ ...failure(15), more: 7 }]);
    expect(events.end(new Date(failure(30).at))).toEqual([]);
  });

  test('tells people, ways and networks apart, and not the names that devices give themselves', () => {
    const events = createEventQuarter();
    const different = [
      failure(1),
      failure(1, { person: 'anna' as Pseudonym }),
      failure(1, { what: 'code' }),
      failure(1, { network: 'n2' }),
      failure(1, { event: 'limit-reached' }),
    ];
    for (const event of different) expect(events.note(event, 'outside')).toEqual([event]);
    expect(events.note(failure(2, { device: 'windows-another' }), 'outside')).toEqual([]);
  });

  test('an event of the next quarter brings the numbers of the one before', () => {
    const events = createEventQuarter();
    events.note(failure(1), 'outside');
    events.note(failure(2), 'outside');
    expect(events.note(failure(16), 'outside')).toEqual([{ ...failure(16), more: 1 }, failure(16)]);
  });

  test('security F14: a hundred thousand strangers make a bounded number of lines, and hide nobody who is inside', () => {
    const events = createEventQuarter();
    let lines = 0;
    for (let number = 0; number < 100_000; number += 1) {
      lines += events.note(failure(1, { network: `n${number}` }), 'outside').length;
    }
    expect(lines).toBe(mostEvents.outside);
    const signIn = failure(2, { event: 'sign-in', person: 'anna' as Pseudonym });
    expect(events.note(signIn, 'inside')).toEqual([signIn]);
    const rest = events.end(new Date(failure(15).at));
    expect(rest).toEqual([{ at: failure(15).at, event: 'sign-in-failed', more: 100_000 - mostEvents.outside }]);
  });
});
