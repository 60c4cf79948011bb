import { describe, expect, test } from 'vitest';
import { createMemorySecurityLog } from '#adapters/memory/memory-security-log.ts';
import { secretsFrom } from '#adapters/secrets/file-secrets.ts';
import { createWhereabouts } from '#adapters/whereabouts/request-whereabouts.ts';
import type { Person } from '#domain/people/person.ts';
import { refusedRequests } from '#ports/watch.ts';
import { samplePerson } from '../../../tests/contract/sample-documents.ts';
import { createWatch, failuresToTellOf } from './watch.ts';

const from = { address: '192.0.2.7', userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0' };

function watching() {
  let now = new Date('2026-11-30T12:00:00Z');
  const clock = () => now;
  const people = new Map<string, Person>();
  const told: string[] = [];
  const log = createMemorySecurityLog();
  const whereabouts = createWhereabouts(secretsFrom(new Uint8Array(32)), clock);
  const needs = {
    log,
    whereabouts,
    clock,
    people: { get: async (id: string) => people.get(id) },
    reportError: (error: unknown) => {
      throw error;
    },
    tellOfFailures: (person: Person) => void told.push(person.name),
  };
  const person = samplePerson('anna', { name: 'Anna', email: 'anna@lindala.example' });
  people.set(person.id, person);
  return {
    needs,
    person,
    told,
    whereabouts,
    watch: createWatch(needs),
    events: async (of?: Person) =>
      (await log.newest({ since: '2026-11-01T00:00:00.000Z', most: 1000, of: of?.pseudonym })).events.toReversed(),
    pass: (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the watch at the doors', () => {
  test('security F14: notes signing in, failing, signing out, limits and refusals', async () => {
    const { watch, person, whereabouts, events } = watching();
    whereabouts.within(from, () => {
      watch.signedIn(person, 'password');
      watch.signInFailed('code');
      watch.signedOut(person);
      watch.limitReached('account', person);
      watch.refusedRoute('/admin/roller', person);
      watch.refusedOrigin();
    });
    expect((await events()).map(({ event, what, person: who }) => ({ event, what, who }))).toEqual([
      { event: 'sign-in', what: 'password', who: person.pseudonym },
      { event: 'sign-in-failed', what: 'code', who: undefined },
      { event: 'sign-out', what: undefined, who: person.pseudonym },
      { event: 'limit-reached', what: 'account', who: person.pseudonym },
      { event: 'refused-route', what: '/admin/roller', who: person.pseudonym },
      { event: 'refused-origin', what: undefined, who: undefined },
    ]);
    expect(JSON.stringify(await events())).not.toMatch(/192\.0|Mozilla|Chrome|anna@/);
  });

  test('ASVS 16.3.3: notes what no page of ours sends, each once in a quarter of an hour, however often it comes', async () => {
    const { watch, whereabouts, events, pass } = watching();
    whereabouts.within(from, () => {
      for (let round = 0; round < 1000; round++) for (const what of refusedRequests) watch.refusedRequest(what);
    });
    pass(15);
    watch.endQuarter();
    const noted = (await events()).map(({ event, what, more, person }) => ({ event, what, more, person }));
    expect(noted.toSorted((one, other) => (one.more ?? 0) - (other.more ?? 0))).toEqual([
      ...refusedRequests.map((what) => ({ event: 'refused-request', what, more: undefined, person: undefined })),
      ...refusedRequests.map((what) => ({ event: 'refused-request', what, more: 999, person: undefined })),
    ]);
  });

  test('marks a network the same for the day and otherwise after it; a person’s device the same for ever, another’s not', async () => {
    const { watch, person, whereabouts, events, pass } = watching();
    const other = samplePerson('bo');
    const note = (who: Person, source: { address: string; userAgent: string | undefined } = from) =>
      whereabouts.within(source, () => watch.signedIn(who, 'password'));
    note(person);
    note(other);
    note(other, { ...from, address: '192.0.2.8' });
    pass(24 * 60);
    note(person);
    const [first, sameNetwork, otherNetwork, nextDay] = await events();
    expect(first?.device).toMatch(/^windows-[0-9a-z]{8}$/);
    expect(sameNetwork?.network).toBe(first?.network);
    expect(otherNetwork?.network).not.toBe(first?.network);
    expect(sameNetwork?.device).not.toBe(first?.device);
    expect(nextDay?.device).toBe(first?.device);
    expect(nextDay?.network).not.toBe(first?.network);
  });

  test('a thousand failures of one account are two lines', async () => {
    const { watch, person, whereabouts, events, pass } = watching();
    whereabouts.within(from, () => {
      for (let count = 0; count < 1000; count += 1) watch.signInFailed('password', person);
    });
    pass(15);
    watch.endQuarter();
    await settled();
    const failed = (await events()).filter(({ event }) => event === 'sign-in-failed');
    expect(failed.map(({ more }) => more)).toEqual([undefined, 999]);
  });

  test('security F14: who has had many failed sign-ins is told by mail, once a day', async () => {
    const { watch, needs, person, told, pass } = watching();
    for (let count = 1; count < failuresToTellOf; count += 1) watch.signInFailed('password', person);
    await settled();
    expect(told).toEqual([]);
    for (let count = 0; count < 50; count += 1) watch.signInFailed('password', person);
    await settled();
    expect(told).toEqual(['Anna']);
    // Another start of the server on the same day.
    const anew = createWatch(needs);
    for (let count = 0; count < 50; count += 1) anew.signInFailed('password', person);
    await settled();
    expect(told).toEqual(['Anna']);
    pass(24 * 60);
    for (let count = 0; count < 50; count += 1) anew.signInFailed('password', person);
    await settled();
    expect(told).toEqual(['Anna', 'Anna']);
  });

  test('nobody is told of failures at an account that is not there', async () => {
    const { watch, told } = watching();
    for (let count = 0; count < 50; count += 1) watch.signInFailed('password');
    await settled();
    expect(told).toEqual([]);
  });
});
