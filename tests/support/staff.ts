import { loadCourse } from '#content/load-course.ts';
import { addDays, addMinutes, dateOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import { clockSlackMinutes } from '#domain/kernel/clock.ts';
import type { CertificateCode, NodeId, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import type { NodeKind, Organisation, OrganisationNode } from '#domain/people/organisation.ts';
import type { Decision, Grant, Person } from '#domain/people/person.ts';
import type { Engagement, Leave } from '#domain/people/staffing.ts';
import type { Store } from '#ports/store.ts';
import { introduceLongAgo } from './introduction.ts';
import { openPreparedStore } from './prepared-store.ts';
import { sessionOf } from './ready-people.ts';

const course = loadCourse();

/** Two committees: one with two departments, of several units each, one with a single unit. */
export const places = {
  care: 'CARE' as NodeId,
  elderly: 'ELDERLY' as NodeId,
  disability: 'DISABILITY' as NodeId,
  north: 'NORTH' as NodeId,
  south: 'SOUTH' as NodeId,
  night: 'NIGHT' as NodeId,
  group: 'GROUP' as NodeId,
  empty: 'EMPTY' as NodeId,
  school: 'SCHOOL' as NodeId,
  canteen: 'CANTEEN' as NodeId,
} as const;

const tree: readonly (readonly [id: NodeId, kind: NodeKind, name: string, parent?: NodeId])[] = [
  [places.care, 'committee', 'Omsorgsnämnden'],
  [places.elderly, 'department', 'Äldreomsorg', places.care],
  [places.disability, 'department', 'LSS', places.care],
  [places.north, 'unit', 'Hemtjänst norr', places.elderly],
  [places.south, 'unit', 'Hemtjänst söder', places.elderly],
  [places.night, 'unit', 'Nattpatrullen', places.elderly],
  [places.empty, 'unit', 'Hemtjänst väster', places.elderly],
  [places.group, 'unit', 'Gruppbostaden Eken', places.disability],
  [places.school, 'committee', 'Utbildningsnämnden'],
  [places.canteen, 'unit', 'Skolköket', places.school],
];

export function sampleOrganisation(at: string): Organisation {
  const nodes = tree.map(
    ([id, kind, name, parent]): OrganisationNode => ({
      id,
      kind,
      code: id.toLowerCase(),
      versions: [{ recordedAt: at, name, parent }],
    }),
  );
  return { id: 'organisation', nodes };
}

export interface Sample {
  readonly id?: string;
  readonly name: string;
  readonly unit?: NodeId;
  readonly category?: Category;
  /** Days from today. */
  readonly from?: number;
  readonly to?: number;
  readonly more?: readonly Engagement[];
  readonly leaves?: readonly Leave[];
  /** Days from today on which a certificate was issued, and to which it holds. */
  readonly certificate?: readonly [issued: number, until: number];
  readonly lessons?: number;
  readonly attempts?: Person['attempts'];
  readonly decisions?: readonly Decision[];
  readonly grants?: readonly Grant[];
  /** Has chosen a password, which is nobody's. */
  readonly account?: true;
  readonly protectedIdentity?: true;
  readonly email?: false;
  readonly language?: Person['language'];
}

/** Somebody with a place in the organisation. Days count from `now`. */
export function staffPerson(sample: Sample, now: Date, number: number): Person {
  const today = dateOf(now);
  const day = (days: number) => addDays(today, days);
  const instant = (days: number) => `${day(days)}T10:00:00.000Z`;
  const { category = 'new-employee', from = -400, to, certificate, lessons = 0 } = sample;
  const id = (sample.id ?? `staff-${number}`) as PersonId;
  const engagement = { unit: sample.unit, category, from: day(from), to: to === undefined ? undefined : day(to) };
  const recordedAt = instant(Math.min(from, 0) - 1);
  const lessonsDone = course.tracks[category].required
    .slice(0, lessons)
    .map((lesson) => [lesson, { at: instant(-1), courseVersion: course.version }] as const);
  return {
    id,
    pseudonym: `alias-of-${id}` as Pseudonym,
    name: sample.name,
    nameGivenBy: 'employer',
    email: sample.email === false ? undefined : `${id}@lindala.example`,
    passwordHash: sample.account && '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    grants: sample.grants ?? [],
    language: sample.language ?? 'sv',
    protectedIdentity: sample.protectedIdentity,
    staffing: [{ recordedAt, engagements: [engagement, ...(sample.more ?? [])], leaves: sample.leaves ?? [] }],
    decisions: sample.decisions ?? [],
    reminders: [],
    lessonsDone: Object.fromEntries(lessonsDone),
    attempts: sample.attempts ?? [],
    certificates: certificate
      ? [
          {
            code: `CERT${String(number).padStart(16, '0')}` as CertificateCode,
            name: sample.name,
            nameGivenBy: 'employer',
            track: category,
            courseVersion: '1',
            guidelines: {},
            issuer: 'Lindala kommun',
            issuedAt: instant(certificate[0]),
            issuedOn: day(certificate[0]),
            validUntil: day(certificate[1]),
          },
        ]
      : [],
    createdAt: recordedAt,
  };
}

const decided = (days: number, now: Date, by: string) => ({
  at: `${addDays(dateOf(now), days)}T10:00:00.000Z`,
  by: `alias-of-${by}` as Pseudonym,
  unit: places.north,
});

/** Somebody in every state in the unit `north`, and enough people elsewhere for figures. */
export function sampleStaff(now: Date): readonly Person[] {
  const today = dateOf(now);
  const { north, south, night, group, canteen } = places;
  const exempt: Decision = {
    ...decided(-10, now, 'manager'),
    id: 'decision-exempt',
    kind: 'exempt',
    track: 'temporary-staff',
    until: addDays(today, 60),
    reason: 'Har gått samma kurs i grannkommunen.',
  };
  const extra: Decision = {
    ...decided(-3, now, 'manager'),
    id: 'decision-extra',
    kind: 'assign',
    track: 'unit-manager',
    due: addDays(today, 20),
    reason: 'Ska vikariera för mig i jul.',
  };
  const inNorth: readonly Sample[] = [
    {
      id: 'manager',
      name: 'Margareta Berg',
      category: 'unit-manager',
      certificate: [-200, 165],
      grants: [{ role: 'unit-manager', place: north }],
    },
    { id: 'overdue', name: 'Örjan Åkesson', from: -60, lessons: 2 },
    { id: 'not-started', name: 'Zeinab Ali', from: -3 },
    { id: 'under-way', name: 'Elin Ek', from: -5, lessons: 3 },
    { id: 'expiring', name: 'Bo Lind', certificate: [-340, 25] },
    { id: 'done', name: 'Anna Nilsson', certificate: [-40, 325], decisions: [extra], account: true },
    { id: 'exempt', name: 'Cissi Vik', category: 'temporary-staff', from: -20, to: 90, decisions: [exempt] },
    { id: 'on-leave', name: 'David Ledin', from: -100, leaves: [{ from: addDays(today, -30) }] },
    { id: 'begins', name: 'Fatima Ny', category: 'temporary-staff', from: 9, to: 40, email: false },
    { id: 'temporary', name: 'Gunnar Timme', category: 'temporary-staff', from: -2, to: 60, email: false },
    { id: 'hidden', name: 'Hemliga Hilda', from: -30, protectedIdentity: true },
    {
      id: 'two-units',
      name: 'Tove Två',
      category: 'temporary-staff',
      from: -15,
      to: 80,
      more: [{ unit: canteen, category: 'new-employee', from: addDays(today, -10) }],
    },
    { id: 'former', name: 'Fredrik Förr', from: -300, to: -20, certificate: [-250, 115] },
  ];
  const others: readonly Sample[] = [
    { id: 'head', name: 'Vera Verk', grants: [{ role: 'department-head', place: places.elderly }] },
    { id: 'admin', name: 'Ada Admin', grants: [{ role: 'administrator', place: 'everything' }] },
    {
      id: 'both',
      name: 'Bertil Båda',
      grants: [
        { role: 'unit-manager', place: south },
        { role: 'unit-manager', place: night },
      ],
    },
    {
      id: 'canteen-manager',
      name: 'Kerstin Kock',
      grants: [{ role: 'unit-manager', place: canteen }],
    },
    { id: 'empty-manager', name: 'Tom Tomas', grants: [{ role: 'unit-manager', place: places.empty }] },
    ...many(14, { name: 'Söder', unit: south }),
    ...many(3, { name: 'Natt', unit: night }),
    ...many(9, { name: 'Grupp', unit: group }),
  ];
  return [...inNorth.map((sample) => ({ unit: north, ...sample })), ...others].map((sample, number) =>
    staffPerson(sample, now, number),
  );
}

/** People of whom two thirds have a certificate. */
function many(count: number, { name, unit }: { readonly name: string; readonly unit: NodeId }): readonly Sample[] {
  return Array.from({ length: count }, (_, number) => ({
    name: `${name} ${number + 1}`,
    unit,
    from: -500,
    ...(number % 3 === 0 ? {} : { certificate: [-20 * number - 10, 345 - 20 * number] as const }),
  }));
}

/** Puts the sample into a data folder that no server is using. @returns cookies of signed-in browsers, by id */
export async function addSampleStaff(dataDir: string, now = new Date()): Promise<ReadonlyMap<string, string>> {
  const store = await openPreparedStore(dataDir);
  try {
    return await fillWithStaff(store, now);
  } finally {
    await store.close();
  }
}

export async function fillWithStaff(store: Store, now: Date): Promise<ReadonlyMap<string, string>> {
  const people = sampleStaff(now);
  const at = `${addDays(dateOf(now), -900)}T08:00:00.000Z`;
  await store.organisation.update(() => ({ save: sampleOrganisation(at), result: undefined }));
  await introduceLongAgo(store);
  const cookies = new Map<string, string>();
  for (const person of people) {
    await store.people.create(person);
    const { session, cookie } = sessionOf(person.id, { strong: true });
    // Just now, for as long as a round of tests takes: a clock that is further ahead is not believed.
    await store.sessions.put({ ...session, strongAt: addMinutes(session.createdAt, clockSlackMinutes) });
    cookies.set(person.id, cookie);
  }
  return cookies;
}
