import type { Certificate } from '#domain/exam/certificate.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, Instant } from '#domain/kernel/ids.ts';
import type { Decision, Person } from '#domain/people/person.ts';
import type { Engagement } from '#domain/people/staffing.ts';
import { certificateCode, nodeId, pseudonymOf, sampleCertificate, samplePerson } from '../contract/sample-documents.ts';
import { introduceLongAgo } from './introduction.ts';
import { openPreparedStore } from './prepared-store.ts';
import { sessionOf } from './ready-people.ts';
import { twoCommittees } from './two-committees.ts';

/** So many days from today, in Stockholm. */
export function dayFromToday(days: number): CalendarDate {
  return addDays(dateOf(new Date()), days);
}

/** At eight in the morning, UTC, so many days from today. */
function instantFromToday(days: number): Instant {
  return `${dayFromToday(days)}T08:00:00.000Z`;
}

const work = (category: Category, from: number, fields: Partial<Engagement> = {}): Engagement => ({
  category,
  from: dayFromToday(from),
  ...fields,
});

const certificate = (seed: string, track: Category, from: number, until: number): Certificate =>
  sampleCertificate(seed, {
    track,
    name: seed,
    issuedAt: instantFromToday(from),
    issuedOn: dayFromToday(from),
    validUntil: dayFromToday(until),
  });

const decided = (track: Category) => ({ id: track, track, at: instantFromToday(-1), by: pseudonymOf('chef') });
const given = (track: Category, due: number, reason: string): Decision => ({
  ...decided(track),
  kind: 'assign',
  due: dayFromToday(due),
  reason,
});

/** What the manager wrote, with what must not become code. */
export const reasons = {
  given: 'Du ska handleda elever <b>i höst</b>',
  moved: 'Du har varit sjuk',
  exempt: 'Du har gått kursen hos din förra arbetsgivare',
} as const;

/** People in every situation that Min sida's list of tasks can show. */
const situations = {
  overdue: { engagements: [work('temporary-staff', -3)] },
  inTwoUnits: {
    engagements: [
      work('temporary-staff', 2, { unit: nodeId('north') }),
      work('temporary-staff', 5, { unit: nodeId('oak') }),
    ],
  },
  managerToo: { engagements: [work('new-employee', -1), work('unit-manager', -1)] },
  moved: {
    engagements: [work('new-employee', -20)],
    decisions: [
      { ...decided('new-employee'), kind: 'move-due', due: dayFromToday(9), reason: reasons.moved } satisfies Decision,
    ],
  },
  exempt: {
    engagements: [work('new-employee', -2)],
    decisions: [
      {
        ...decided('new-employee'),
        kind: 'exempt',
        until: dayFromToday(30),
        reason: reasons.exempt,
      } satisfies Decision,
    ],
  },
  extra: {
    engagements: [work('new-employee', -100)],
    decisions: [given('student', 20, reasons.given)],
    certificates: [certificate('extra', 'new-employee', -90, 275)],
  },
  renewing: {
    engagements: [work('new-employee', -400)],
    certificates: [certificate('renewing', 'new-employee', -335, 30)],
  },
  certified: {
    engagements: [work('new-employee', -100)],
    certificates: [certificate('certified', 'new-employee', -90, 275)],
  },
  shielded: {
    engagements: [work('new-employee', -100)],
    certificates: [certificate('shielded', 'new-employee', -90, 275)],
    protectedIdentity: true,
    identity: { by: pseudonymOf('chef'), at: instantFromToday(-80), onPaper: true },
  },
} as const satisfies Record<string, { readonly engagements: readonly Engagement[] } & Partial<Person>>;

export type Situation = keyof typeof situations;

/** The name of who is in a situation; on their certificate too. */
export const nameIn = (situation: Situation) => `Ö ${situation}`;

export const codeIn = (situation: Situation) => certificateCode(situation);

/** Puts them into a data folder that no server is using. @returns the `Cookie` header of each one's browser */
export async function addPeopleWithTasks(
  dataDir: string,
  lessons: readonly string[],
): Promise<Readonly<Record<Situation, string>>> {
  const store = await openPreparedStore(dataDir, { administrator: true });
  await introduceLongAgo(store);
  await store.organisation.update(() => ({ save: twoCommittees(), result: undefined }));
  const cookies: Partial<Record<Situation, string>> = {};
  for (const [situation, { engagements, ...fields }] of Object.entries(situations) as [
    Situation,
    (typeof situations)[Situation],
  ][]) {
    const at = instantFromToday(-400);
    const read = lessons.map((slug) => [slug, { at, courseVersion: '2026.1' }] as const);
    const person = samplePerson(situation, {
      name: nameIn(situation),
      staffing: [{ recordedAt: at, engagements, leaves: [] }],
      createdAt: at,
      lessonsDone: situation === 'renewing' ? Object.fromEntries(read) : {},
      ...fields,
      ...('certificates' in fields && {
        certificates: fields.certificates.map((one) => ({ ...one, name: nameIn(situation) })),
      }),
    });
    const { session, cookie } = sessionOf(person.id);
    await store.people.create(person);
    await store.sessions.put(session);
    cookies[situation] = cookie;
  }
  await store.close();
  return cookies as Record<Situation, string>;
}
