import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia';
import type { Instant, PersonId } from '#domain/ids.ts';
import type { Person } from '#domain/person.ts';
import type { Secrets } from '#ports/secrets.ts';
import type { Sessions } from '#ports/sessions.ts';
import type { Store, StoredSession } from '#ports/store.ts';

/**
 * The only file that knows Lucia (decision 0002). Lucia 3 keeps expiry and renewal; the cookie is ours: it holds a random
 * token, and Lucia's session id is the token's SHA-256, so the store never holds what opens a session.
 */
declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Pick<StoredSession, 'strongAt'>, { person: Person }>;
    UserId: PersonId;
    DatabaseUserAttributes: { person: Person };
    DatabaseSessionAttributes: Pick<StoredSession, 'strongAt'>;
  }
}

const daysValid = 14;

export function createSessions(store: Store, secrets: Secrets, publicUrl: URL): Sessions {
  const secure = publicUrl.protocol === 'https:';
  // __Host- ties the cookie to this host and to HTTPS; browsers refuse it over plain HTTP.
  const cookieName = secure ? '__Host-session' : 'session';
  const lucia = new Lucia(adapterOf(store), {
    sessionExpiresIn: new TimeSpan(daysValid, 'd'),
    getUserAttributes: ({ person }) => ({ person }),
    getSessionAttributes: ({ strongAt }) => ({ strongAt }),
  });
  const cookie = (value: string, maxAge: number) =>
    `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
  const sessionCookie = (token: string) => cookie(token, daysValid * 24 * 60 * 60);

  const open = async (person: PersonId, strongAt?: Instant) => {
    const token = secrets.newToken();
    await lucia.createSession(person, { strongAt }, { sessionId: secrets.hashToken(token) });
    return sessionCookie(token);
  };

  return {
    cookieName,
    open,
    read: async (token) => {
      const { session, user } = await lucia.validateSession(secrets.hashToken(token));
      if (!session) return undefined;
      const { id, strongAt } = session;
      return { id, strongAt, person: user.person, ...(session.fresh && { renewed: sessionCookie(token) }) };
    },
    strengthen: async ({ id, person }, strongAt) => {
      const cookie = await open(person.id, strongAt);
      await lucia.invalidateSession(id);
      return cookie;
    },
    close: async (token) => {
      if (token) await lucia.invalidateSession(secrets.hashToken(token));
      return cookie('', 0);
    },
    closeAllOf: (person) => lucia.invalidateUserSessions(person),
  };
}

function adapterOf({ sessions, people }: Store): Adapter {
  return {
    getSessionAndUser: async (id) => {
      const session = await sessions.get(id);
      const person = session && (await people.get(session.personId));
      return session && person ? [databaseSession(session), { id: person.id, attributes: { person } }] : [null, null];
    },
    getUserSessions: async (person) => (await sessions.findByPerson(person)).map(databaseSession),
    setSession: ({ id, userId, expiresAt, attributes: { strongAt } }) =>
      sessions.put({ id, personId: userId, expiresAt: expiresAt.toISOString(), strongAt }),
    updateSessionExpiration: async (id, expiresAt) => {
      const session = await sessions.get(id);
      if (session) await sessions.put({ ...session, expiresAt: expiresAt.toISOString() });
    },
    deleteSession: (id) => sessions.delete(id),
    deleteUserSessions: async (person) => {
      for (const session of await sessions.findByPerson(person)) await sessions.delete(session.id);
    },
    deleteExpiredSessions: async () => void (await sessions.deleteExpired(new Date().toISOString())),
  };
}

function databaseSession(session: StoredSession): DatabaseSession {
  const { id, personId, expiresAt, strongAt } = session;
  return { id, userId: personId, expiresAt: new Date(expiresAt), attributes: { strongAt } };
}
