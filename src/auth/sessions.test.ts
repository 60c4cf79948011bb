import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryStore } from '#adapters/memory/memory-store.ts';
import { secretsFrom } from '#adapters/secrets/file-secrets.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { Browser } from '#ports/sessions.ts';
import type { Store } from '#ports/store.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { seededBytes } from '../../tests/support/seeded-bytes.ts';
import { createSessions } from './sessions.ts';

const start = new Date('2026-06-10T06:45:00Z');
const phone = { browser: 'chrome', system: 'android' } as const;
const manager: readonly Grant[] = [{ role: 'administrator', place: 'everything' }];

let store: Store;
let writes: number;

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] });
  writes = 0;
  store = counting(createMemoryStore());
});
afterEach(() => {
  vi.useRealTimers();
});

/** The store, with its writes of sessions counted. */
function counting(of: Store): Store {
  const { put, update } = of.sessions;
  const count = <A extends unknown[], R>(write: (...args: A) => R) => {
    return (...args: A): R => {
      writes += 1;
      return write(...args);
    };
  };
  return { ...of, sessions: { ...of.sessions, put: count(put), update: count(update) } };
}

const startServer = () =>
  createSessions(
    store,
    secretsFrom(new Uint8Array(32).fill(7)),
    new URL('https://sekretess.lindala.example'),
    () => new Date(),
  );

async function somebody(grants: readonly Grant[] = []): Promise<Person> {
  const person = newPerson(
    { name: 'Åsa Öberg', nameGivenBy: 'employer', grants },
    { category: 'new-employee' },
    start,
    seededBytes(1),
  );
  await store.people.create(person);
  return person;
}

const tokenOf = (cookie: string) => /=([^;]*)/.exec(cookie)?.[1] ?? '';
const pass = ({ days = 0, minutes = 0 }) => vi.setSystemTime(Date.now() + (days * 24 * 60 + minutes) * 60_000);
const browserWith = (token?: string): Browser => ({ token, device: phone });

describe('how long a session lives', () => {
  test('security F7: one that is used every thirteenth day ends after ninety days all the same', async () => {
    const sessions = startServer();
    const { id } = await somebody();
    const token = tokenOf(await sessions.open({ id }, { by: 'code' }));
    const opened: number[] = [];
    for (let day = 13; day <= 780; day += 13) {
      pass({ days: 13 });
      if (await sessions.read(token)) opened.push(day);
    }
    expect(opened).toEqual([13, 26, 39, 52, 65, 78]);
    expect(await store.sessions.findByPerson(id)).toEqual([]);
  });

  test('security F7: that of who has a role ends after thirty days, counted from the sign-in, also when the role comes later', async () => {
    const sessions = startServer();
    const person = await somebody();
    const token = tokenOf(await sessions.open(person, { by: 'password' }));
    for (const _ of [10, 20, 29]) {
      pass({ days: 9 });
      expect(await sessions.read(token)).toBeDefined();
    }
    await store.people.update(person.id, (current) => ({ save: { ...current, grants: manager }, result: undefined }));
    pass({ days: 2 });
    expect(await sessions.read(token)).toBeDefined();
    pass({ days: 1 });
    expect(await sessions.read(token)).toBeUndefined();
    expect(await store.sessions.findByPerson(person.id)).toEqual([]);
  });

  test('a second factor, or the password once more, does not make it longer', async () => {
    const sessions = startServer();
    const person = await somebody(manager);
    let token = tokenOf(await sessions.open(person, { by: 'password' }));
    for (const [index] of Array.from({ length: 29 }).entries()) {
      pass({ days: 1 });
      const session = await sessions.read(token);
      if (!session) throw new Error('the session has ended');
      const now = new Date().toISOString();
      const goesOn = index % 2 ? sessions.strengthen(session, now) : sessions.prove(session, 'password', now);
      token = tokenOf(await goesOn);
    }
    expect(await sessions.read(token)).toBeDefined();
    pass({ days: 1 });
    expect(await sessions.read(token)).toBeUndefined();
  });

  test('it ends after fourteen days without use', async () => {
    const sessions = startServer();
    const token = tokenOf(await sessions.open(await somebody(), { by: 'password' }));
    pass({ days: 14 });
    expect(await sessions.read(token)).toBeUndefined();
  });
});

describe('signing in', () => {
  test('security F7: ends the session that this device had, somebody else’s too', async () => {
    const sessions = startServer();
    const person = await somebody();
    const first = tokenOf(await sessions.open(person, { by: 'password', browser: browserWith() }));
    const other = tokenOf(await sessions.open(person, { by: 'password', browser: browserWith() }));
    const second = tokenOf(await sessions.open(person, { by: 'password', browser: browserWith(first) }));
    expect(await sessions.read(first)).toBeUndefined();
    expect(await sessions.read(other)).toBeDefined();
    expect(await sessions.read(second)).toBeDefined();
  });

  test('security F7: four hundred times at once leaves twenty sessions', async () => {
    const sessions = startServer();
    const person = await somebody();
    await Promise.all(Array.from({ length: 400 }, () => sessions.open(person, { by: 'code' })));
    expect(await store.sessions.findByPerson(person.id)).toHaveLength(20);
  });

  test('keeps the newest twenty', async () => {
    const sessions = startServer();
    const person = await somebody();
    const tokens: string[] = [];
    for (let count = 0; count < 21; count++) {
      pass({ minutes: 1 });
      tokens.push(tokenOf(await sessions.open(person, { by: 'password' })));
    }
    const [oldest = '', ...rest] = tokens;
    expect(await sessions.read(oldest)).toBeUndefined();
    for (const token of rest) expect(await sessions.read(token)).toBeDefined();
  });
});

describe('reading a session', () => {
  test('costs no write but once an hour', async () => {
    const sessions = startServer();
    const token = tokenOf(await sessions.open(await somebody(), { by: 'password' }));
    writes = 0;
    for (let minute = 0; minute < 59; minute++) {
      pass({ minutes: 1 });
      await sessions.read(token);
    }
    expect(writes).toBe(0);
    for (let minute = 59; minute < 180; minute++) {
      pass({ minutes: 1 });
      await sessions.read(token);
    }
    expect(writes).toBe(3);
  });

  test('says what opened it and when', async () => {
    const sessions = startServer();
    const token = tokenOf(await sessions.open(await somebody(), { by: 'code' }));
    pass({ minutes: 5 });
    const session = await sessions.read(token);
    expect(session).toMatchObject({ openedBy: 'code', provenAt: start.toISOString() });
    if (!session) return;
    const now = new Date().toISOString();
    const proven = tokenOf(await sessions.prove(session, 'password', now));
    expect(await sessions.read(proven)).toMatchObject({ openedBy: 'password', provenAt: now });
    expect(await sessions.read(token)).toBeUndefined();
  });
});

describe('a second factor', () => {
  const strongAt = start.toISOString();

  test('security F7: holds as long as less than an hour goes by without use', async () => {
    const sessions = startServer();
    const person = await somebody(manager);
    const token = tokenOf(await sessions.open(person, { by: 'password', strongAt }));
    for (let time = 0; time < 10; time++) {
      pass({ minutes: 59 });
      expect(await sessions.read(token)).toMatchObject({ strongAt });
    }
    pass({ minutes: 60 });
    expect(await sessions.read(token)).toMatchObject({ strongAt: undefined });
  });

  test('that has lapsed does not come back by itself, not by a restart either', async () => {
    const person = await somebody(manager);
    const before = startServer();
    const token = tokenOf(await before.open(person, { by: 'password', strongAt }));
    pass({ minutes: 90 });
    expect(await before.read(token)).toMatchObject({ strongAt: undefined });
    expect(await before.read(token)).toMatchObject({ strongAt: undefined });
    const after = startServer();
    const session = await after.read(token);
    expect(session).toMatchObject({ strongAt: undefined });
    if (!session) return;
    const shown = tokenOf(await after.strengthen(session, new Date().toISOString()));
    expect(await after.read(shown)).toMatchObject({ strongAt: new Date().toISOString() });
  });

  test('shown in a session that has been ended meanwhile opens nothing', async () => {
    const sessions = startServer();
    const person = await somebody(manager);
    const session = await sessions.read(tokenOf(await sessions.open(person, { by: 'password' })));
    if (!session) throw new Error('not signed in');
    await sessions.closeAllOf(person.id);
    expect(await sessions.strengthen(session, strongAt)).toContain('Max-Age=0');
    expect(await store.sessions.findByPerson(person.id)).toEqual([]);
  });
});

describe('one’s own sessions', () => {
  test('are listed with device and last use, those that have ended left out', async () => {
    const sessions = startServer();
    const person = await somebody();
    await sessions.open(person, { by: 'code' });
    pass({ days: 13 });
    const token = tokenOf(await sessions.open(person, { by: 'password', browser: browserWith() }));
    const [newest, other, ...more] = await sessions.listOf(person);
    expect([newest?.device, newest?.openedBy, other?.openedBy, more]).toEqual([phone, 'password', 'code', []]);
    pass({ days: 1 });
    await sessions.read(token);
    expect(await sessions.listOf(person)).toMatchObject([{ id: newest?.id, lastUsedAt: new Date().toISOString() }]);
  });

  test('are ended one by one or all others, and nobody else’s by guessing', async () => {
    const sessions = startServer();
    const person = await somebody();
    const stranger = await somebodyElse();
    const token = tokenOf(await sessions.open(person, { by: 'password' }));
    await sessions.open(person, { by: 'password' });
    await sessions.open(person, { by: 'password' });
    const session = await sessions.read(token);
    if (!session) throw new Error('not signed in');
    expect(await sessions.closeOne(stranger.id, session.id)).toBe(false);
    const other = (await sessions.listOf(person)).find(({ id }) => id !== session.id);
    expect(await sessions.closeOne(person.id, other?.id ?? '')).toBe(true);
    expect(await sessions.closeOthers(session)).toBe(1);
    expect((await sessions.listOf(person)).map(({ id }) => id)).toEqual([session.id]);
  });
});

async function somebodyElse(): Promise<Person> {
  const person = newPerson(
    { name: 'Bo Ek', nameGivenBy: 'employer' },
    { category: 'new-employee' },
    start,
    seededBytes(2),
  );
  await store.people.create(person);
  return person;
}
