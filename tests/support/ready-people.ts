import { createHash, randomBytes } from 'node:crypto';
import type { Course } from '#domain/course/course.ts';
import { categories } from '#domain/kernel/category.ts';
import type { CalendarDate, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { StoredSession } from '#ports/store.ts';
import { introduceLongAgo } from './introduction.ts';
import { openPreparedStore } from './prepared-store.ts';

/** Somebody who has read every lesson and is signed in. */
export interface ReadyPerson {
  readonly id: PersonId;
  readonly name: string;
  /** The `Cookie` header of a browser that is signed in. */
  readonly cookie: string;
}

/** Puts people who are ready for their exam into a data folder that no server is using. */
export async function addReadyPeople(dataDir: string, course: Course, count: number): Promise<readonly ReadyPerson[]> {
  const store = await openPreparedStore(dataDir, { administrator: true });
  await introduceLongAgo(store);
  const people = await Promise.all(
    Array.from({ length: count }, async (_, number): Promise<ReadyPerson> => {
      const person = readyPerson(course, number);
      const { session, cookie } = sessionOf(person.id);
      await store.people.create(person);
      await store.sessions.put(session);
      return { id: person.id, name: person.name, cookie };
    }),
  );
  await store.close();
  return people;
}

/**
 * A session such as signing in makes (src/auth/sessions.ts): the cookie holds a token, the store knows its SHA-256.
 *
 * @param strong a second factor has just been shown in it
 */
export function sessionOf(
  person: PersonId,
  { strong = false }: { readonly strong?: boolean } = {},
): { readonly session: StoredSession; readonly cookie: string } {
  const token = randomBytes(32).toString('base64url');
  const id = createHash('sha256').update(token).digest('hex');
  const now = new Date().toISOString();
  return {
    session: {
      id,
      personId: person,
      expiresAt: daysFromNow(14).toISOString(),
      createdAt: now,
      provenAt: now,
      lastUsedAt: now,
      openedBy: 'password',
      device: { browser: 'chrome', system: 'android' },
      strongAt: strong ? now : undefined,
    },
    cookie: `session=${token}`,
  };
}

function readyPerson(course: Course, number: number): Person {
  const category = categories[number % categories.length] ?? 'new-employee';
  const at = daysFromNow(-1).toISOString();
  const lessonsDone = course.tracks[category].required.map((slug) => [slug, { at, courseVersion: course.version }]);
  return {
    id: `ready-${String(number).padStart(5, '0')}` as PersonId,
    name: `Åsa Öberg ${number}`,
    nameGivenBy: 'employer',
    pseudonym: `alias-${number}` as Pseudonym,
    grants: [],
    language: 'sv',
    staffing: [
      {
        recordedAt: at,
        engagements: [{ category, from: dayOf(daysFromNow(-1)), to: dayOf(daysFromNow(60)) }],
        leaves: [],
      },
    ],
    decisions: [],
    reminders: [],
    lessonsDone: Object.fromEntries(lessonsDone),
    attempts: [],
    certificates: [],
    createdAt: at,
  };
}

function dayOf(date: Date): CalendarDate {
  return date.toISOString().slice(0, 10) as CalendarDate;
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000);
}
