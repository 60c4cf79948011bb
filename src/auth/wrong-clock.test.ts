import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryStore } from '#adapters/memory/memory-store.ts';
import { secretsFrom } from '#adapters/secrets/file-secrets.ts';
import { clockDoubt } from '#domain/kernel/clock.ts';
import type { Person } from '#domain/people/person.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { seededBytes } from '../../tests/support/seeded-bytes.ts';
import { createSessions } from './sessions.ts';

const right = new Date('2026-06-10T06:45:00Z');
const aYearOn = new Date('2027-06-10T06:45:00Z');
const tokenOf = (cookie: string) => /=([^;]*)/.exec(cookie)?.[1] ?? '';
const atClock = (now: Date) => vi.setSystemTime(now);

let person: Person;
let store: ReturnType<typeof createMemoryStore>;
const open = () =>
  createSessions(store, secretsFrom(new Uint8Array(32).fill(7)), new URL('https://x.example'), () => new Date());

beforeEach(async () => {
  vi.useFakeTimers({ now: right, toFake: ['Date'] });
  store = createMemoryStore();
  const fields = { name: 'Åsa Öberg', nameGivenBy: 'employer' } as const;
  person = newPerson(fields, { category: 'new-employee' }, right, seededBytes(1));
  await store.people.create(person);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('reliability F7: a clock that was a year ahead once', () => {
  test('leaves no session that is good for a year: one that was opened then is over', async () => {
    atClock(aYearOn);
    const token = tokenOf(await open().open(person, { by: 'password' }));
    atClock(right);
    expect(await open().listOf(person)).toEqual([]);
    expect(await open().read(token)).toBeUndefined();
    expect(await store.sessions.findByPerson(person.id)).toEqual([]);
  });

  test('leaves no second factor that holds for a year, and no session that ends after one', async () => {
    const sessions = open();
    const token = tokenOf(await sessions.open(person, { by: 'password' }));
    const [session] = await store.sessions.findByPerson(person.id);
    const later = aYearOn.toISOString();
    const wrong = { strongAt: later, provenAt: later, lastUsedAt: later, expiresAt: '2027-06-24T06:45:00.000Z' };
    await store.sessions.update(session?.id ?? '', (stored) => ({ ...stored, ...wrong }));
    const read = await open().read(token);
    expect(read).toMatchObject({ strongAt: undefined, provenAt: right.toISOString() });
    const [stored] = await store.sessions.findByPerson(person.id);
    expect(stored?.expiresAt).toBe('2026-06-24T06:45:00.000Z');
  });

  test('is not told from one that has been put right by a minute', async () => {
    atClock(new Date('2026-06-10T06:48:00Z'));
    const token = tokenOf(await open().open(person, { by: 'password', strongAt: new Date().toISOString() }));
    atClock(right);
    expect(await open().read(token)).toMatchObject({ strongAt: '2026-06-10T06:48:00.000Z' });
  });
});

test('reliability F7: what is newest in a folder says whether the clock can be right', () => {
  expect(clockDoubt('2026-06-10T06:49:00.000Z', right)).toBeUndefined();
  expect(clockDoubt('2026-06-11T06:45:00.000Z', right)).toBe('behind');
  expect(clockDoubt('2026-05-15T06:45:00.000Z', right)).toBeUndefined();
  expect(clockDoubt('2025-06-10T06:45:00.000Z', right)).toBe('ahead');
});
