import { type Adapter, type DatabaseSession, Lucia, type Session, TimeSpan } from 'lucia';
import { unknownDevice } from '#domain/account/device.ts';
import {
  hasRested,
  isLastUseOld,
  restsOnOlderCredentials,
  sessionEnd,
  sessionRules,
  signedOut,
  withoutFuture,
} from '#domain/account/session.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import { isInFuture } from '#domain/kernel/clock.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { actingPerson } from '#ports/acting-person.ts';
import type { Secrets } from '#ports/secrets.ts';
import type { Sessions, SignedInSession } from '#ports/sessions.ts';
import { NotSavedError, type Store, type StoredSession } from '#ports/store.ts';
import { LastUses } from './last-uses.ts';

/** What Lucia carries along and does not look at. */
type Attributes = Omit<StoredSession, 'id' | 'personId' | 'expiresAt'>;

/**
 * The only file that knows Lucia (decision 0002). Lucia 3 keeps expiry and renewal; the cookie is ours: it holds a random
 * token, and Lucia's session id is the token's SHA-256, so the store never holds what opens a session. The longest life, and how
 * long a second factor holds while nothing is done (decision 0024), are ours too.
 */
declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Attributes, { person: Person }>;
    UserId: PersonId;
    DatabaseUserAttributes: { person: Person };
    DatabaseSessionAttributes: Attributes;
  }
}

export function createSessions(store: Store, secrets: Secrets, publicUrl: URL, clock: () => Date): Sessions {
  const secure = publicUrl.protocol === 'https:';
  // __Host- ties the cookie to this host and to HTTPS; browsers refuse it over plain HTTP.
  const cookieName = secure ? '__Host-session' : 'session';
  const lucia = new Lucia(adapterOf(store), {
    sessionExpiresIn: new TimeSpan(sessionRules.idleDays, 'd'),
    getUserAttributes: ({ person }) => ({ person }),
    getSessionAttributes: (attributes) => attributes,
  });
  const lastUses = new LastUses();
  const cookie = (value: string, maxAge: number) =>
    `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
  const sessionCookie = (token: string) => cookie(token, sessionRules.idleDays * 24 * 60 * 60);

  const noCookie = cookie('', 0);

  const start = async (person: PersonId, attributes: Attributes) => {
    const token = secrets.newToken();
    await lucia.createSession(person, attributes, { sessionId: secrets.hashToken(token) });
    return sessionCookie(token);
  };
  const end = async (id: string) => {
    await lucia.invalidateSession(id);
    lastUses.forget(id);
  };
  /** Under a new token, with what has changed. It keeps its age; one that has been ended meanwhile stays ended. */
  const goOn = async ({ id, person }: SignedInSession, changed: Partial<Attributes>) => {
    const stored = await store.sessions.get(id);
    if (!stored) return noCookie;
    const goesOn = await start(person.id, { ...attributesOf(stored), lastUsedAt: instantOf(clock()), ...changed });
    await end(id);
    return goesOn;
  };

  /**
   * Notes that a session is used now. To disk that goes once an hour at most, and when a second factor has lapsed because
   * nothing was done: that must not be forgotten at a restart.
   *
   * @returns whether what was shown before still says who is at the keyboard
   */
  const use = async (id: string, { lastUsedAt, strongAt }: Attributes, now: Date): Promise<boolean> => {
    const before = lastUses.get(id) ?? { at: Date.parse(lastUsedAt), rested: false };
    const rested = before.rested || hasRested(instantOf(new Date(before.at)), now);
    lastUses.set(id, { at: now.getTime(), rested });
    const isLapsing = rested && strongAt !== undefined;
    if (isLapsing || isLastUseOld(lastUsedAt, now)) {
      await unlessDiskRefuses(
        store.sessions.update(id, (session) => ({
          ...session,
          lastUsedAt: instantOf(now),
          strongAt: isLapsing ? undefined : session.strongAt,
        })),
      );
    }
    return !rested;
  };

  /** A session from a time when the clock was wrong is put right, or ended. */
  const asItCanBe = async (session: Session, now: Date): Promise<Session | undefined> => {
    const times = timesOf(session);
    const right = withoutFuture(times, now);
    if (!right) {
      await end(session.id);
      return undefined;
    }
    // Lucia counts by the machine's clock: no session that it has prolonged ends later than this.
    const latestEnd = new Date(Date.now() + sessionRules.idleDays * 24 * 60 * 60_000);
    const isTooLong = isInFuture(instantOf(session.expiresAt), latestEnd);
    if (right === times && !isTooLong) return session;
    const expiresAt = isTooLong ? latestEnd : session.expiresAt;
    const mended = { ...right, expiresAt: instantOf(expiresAt) };
    await unlessDiskRefuses(store.sessions.update(session.id, (stored) => ({ ...stored, ...mended })));
    return { ...session, ...right, expiresAt };
  };

  return {
    cookieName,
    open: async ({ id, credentialChanges }, { by, browser, strongAt }) => {
      const device = browser?.device ?? unknownDevice;
      const opened = await start(id, newAttributes(clock(), { openedBy: by, credentialChanges, device, strongAt }));
      if (browser?.token) await end(secrets.hashToken(browser.token));
      await store.sessions.keepNewest(id, sessionRules.most);
      return opened;
    },
    read: async (token) => {
      const { session: found, user } = await lucia.validateSession(secrets.hashToken(token));
      if (!found) return undefined;
      const now = clock();
      const session = await asItCanBe(found, now);
      if (!session) return undefined;
      if (
        sessionEnd(session.createdAt, user.person) <= instantOf(now) ||
        restsOnOlderCredentials(session, user.person)
      ) {
        await end(session.id);
        return undefined;
      }
      const isAwake = await use(session.id, session, now);
      const { id, strongAt, openedBy, provenAt } = session;
      return {
        id,
        person: await actingPerson(store, user.person, dateOf(now)),
        strongAt: isAwake ? strongAt : undefined,
        openedBy,
        provenAt,
        ...(session.fresh && { renewed: sessionCookie(token) }),
      };
    },
    strengthen: (session, strongAt) => goOn(session, { strongAt }),
    prove: (session, by, provenAt) => goOn(session, { openedBy: by, provenAt }),
    close: async (token) => {
      if (token) await end(secrets.hashToken(token));
      return noCookie;
    },
    closeAllOf: (person) => lucia.invalidateUserSessions(person),
    listOf: async (person) => {
      const now = instantOf(clock());
      const sessions = (await store.sessions.findByPerson(person.id))
        .filter((session) => withoutFuture(session, clock()) !== undefined)
        .filter(({ expiresAt, createdAt }) => expiresAt > now && sessionEnd(createdAt, person) > now)
        .filter((session) => !restsOnOlderCredentials(session, person))
        .map(({ id, device, openedBy, createdAt, lastUsedAt }) => {
          const use = lastUses.get(id);
          return { id, device, openedBy, createdAt, lastUsedAt: use ? instantOf(new Date(use.at)) : lastUsedAt };
        });
      return sessions.toSorted((one, other) => (one.lastUsedAt > other.lastUsedAt ? -1 : 1));
    },
    closeOne: async (person, id) => {
      const session = await store.sessions.get(id);
      if (session?.personId !== person) return false;
      await end(id);
      return true;
    },
    closeOthers: async ({ id, person }) => {
      // This one first, or a request that comes in between would find it resting on what is older.
      const { credentialChanges } = signedOut(person);
      await store.sessions.update(id, (session) => ({ ...session, credentialChanges }));
      await store.people.update(person.id, (newest) => ({ save: signedOut(newest), result: undefined }));
      const others = (await store.sessions.findByPerson(person.id)).filter((session) => session.id !== id);
      for (const other of others) await end(other.id);
      return others.length;
    },
  };
}

/** A full disk is no reason to show nobody a page: memory knows when the session was used. */
async function unlessDiskRefuses(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof NotSavedError)) throw error;
  }
}

function timesOf({ createdAt, lastUsedAt, provenAt, strongAt }: Attributes) {
  return { createdAt, lastUsedAt, provenAt, strongAt };
}

function newAttributes(now: Date, given: Pick<Attributes, 'openedBy'> & Partial<Attributes>): Attributes {
  const at = instantOf(now);
  return { createdAt: at, provenAt: at, lastUsedAt: at, device: unknownDevice, ...given };
}

function attributesOf({ id, personId, expiresAt, ...attributes }: StoredSession): Attributes {
  return attributes;
}

function adapterOf({ sessions, people }: Store): Adapter {
  return {
    getSessionAndUser: async (id) => {
      const session = await sessions.get(id);
      const person = session && (await people.get(session.personId));
      return session && person ? [databaseSession(session), { id: person.id, attributes: { person } }] : [null, null];
    },
    getUserSessions: async (person) => (await sessions.findByPerson(person)).map(databaseSession),
    setSession: ({ id, userId, expiresAt, attributes }) =>
      sessions.put({ ...attributes, id, personId: userId, expiresAt: expiresAt.toISOString() }),
    updateSessionExpiration: (id, expiresAt) =>
      sessions.update(id, (session) => ({ ...session, expiresAt: expiresAt.toISOString() })),
    deleteSession: (id) => sessions.delete(id),
    deleteUserSessions: async (person) => {
      for (const session of await sessions.findByPerson(person)) await sessions.delete(session.id);
    },
    deleteExpiredSessions: async () => void (await sessions.deleteExpired(new Date().toISOString())),
  };
}

function databaseSession(session: StoredSession): DatabaseSession {
  const { id, personId, expiresAt } = session;
  return { id, userId: personId, expiresAt: new Date(expiresAt), attributes: attributesOf(session) };
}
