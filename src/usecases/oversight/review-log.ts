import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import { type ActingPerson, awakeGrants, type GrantBasis } from '#domain/access/grant-days.ts';
import { placesWhere, type Reach } from '#domain/access/places-where.ts';
import { addDays, dateOf, endOfDay, instantOf } from '#domain/kernel/calendar.ts';
import type { NodeId, Pseudonym } from '#domain/kernel/ids.ts';
import { type Finding, type ReviewedLook, relationOf, unusualLooks } from '#domain/oversight/audit-review.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Role } from '#domain/people/person.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { AuditEntry, AuditFault } from '#ports/audit-log.ts';
import type { PersonStore } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { nameOfPlace } from './who-looked.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'reviewRules'>;

/** How many days back a review may go. */
export const reviewSpans = [30, 90] as const;

/** Who did what is reviewed, as far as the reviewer may know. */
export type ReviewedActor =
  | { readonly kind: 'former' }
  /** Works elsewhere and has no role in the reviewer's places. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'protected'; readonly roles: readonly Role[] }
  | { readonly kind: 'known'; readonly name: string; readonly roles: readonly Role[] };

export interface LogReview {
  readonly faults: readonly AuditFault[];
  readonly findings: readonly (Omit<Finding, 'actor' | 'places'> & {
    readonly actor: ReviewedActor;
    /** Names of units and other places. */
    readonly places: readonly string[];
  })[];
}

/** Unusual look-ups in the reviewer's places. That the log was reviewed is in the log before anything is shown. */
export async function reviewLog(
  needs: Needs,
  reviewer: ActingPerson,
  days: (typeof reviewSpans)[number],
): Promise<LogReview> {
  const { store, audit, clock, reviewRules } = needs;
  const now = clock();
  const organisation = await store.organisation.get();
  const reach = placesWhere(reviewer, 'review:log', treeOf(organisation));
  await Promise.all(
    reviewedPlaces(reviewer, reach).map((place) =>
      audit.append({ at: instantOf(now), actor: reviewer.pseudonym, action: 'review-log', place }),
    ),
  );
  const entries = await audit.since(endOfDay(addDays(dateOf(now), -days)));
  const basis = await grantBasis(store, dateOf(now));
  const people = await recordsOf(store.people, entries);
  const looks = entries.flatMap((entry) => (isWithin(entry, people, reach) ? reviewed(entry, people, reach) : []));
  const findings = unusualLooks(looks, reviewRules).map(({ actor, places, ...rest }) => ({
    ...rest,
    actor: reviewedActor(people.get(actor), reviewer, reach, basis, now),
    places: places.map((place) => nameOfPlace(organisation, place)).filter((name) => name !== undefined),
  }));
  return { faults: audit.faults, findings };
}

/** The outermost of the places: an entry each, or one without a place for who reviews everything. */
function reviewedPlaces(reviewer: ActingPerson, reach: Reach): readonly (NodeId | undefined)[] {
  if (reach.everything) return [undefined];
  return [
    ...new Set(reviewer.grants.flatMap(({ place }) => (place !== 'everything' && reach.has(place) ? [place] : []))),
  ];
}

const page = 1000;

/** Of everybody whom the entries name, as far as they are still there. */
async function recordsOf(
  people: PersonStore,
  entries: readonly AuditEntry[],
): Promise<ReadonlyMap<Pseudonym | 'system', StaffRecord>> {
  const named = new Set(entries.flatMap(({ actor, subject }) => [actor, subject]));
  const found = new Map<Pseudonym, StaffRecord>();
  for (let records = await people.listStaff({ limit: page }); records.length > 0; ) {
    for (const record of records) if (named.has(record.pseudonym)) found.set(record.pseudonym, record);
    records = await people.listStaff({ limit: page, after: records.at(-1)?.id });
  }
  return found;
}

type Records = Awaited<ReturnType<typeof recordsOf>>;

/** About a place or a person of the reviewer's; where it names neither, done by one. */
function isWithin({ actor, subject, place }: AuditEntry, people: Records, reach: Reach): boolean {
  if (reach.everything) return true;
  const about = [...(place ? [place] : []), ...unitsEver(subject && people.get(subject))];
  const whose = subject || place ? about : placesOfActor(people.get(actor));
  return whose.some((id) => reach.has(id));
}

function unitsEver(record: StaffRecord | undefined): readonly NodeId[] {
  return record?.staffing.flatMap(({ engagements }) => engagements.flatMap(({ unit }) => unit ?? [])) ?? [];
}

function placesOfActor(record: StaffRecord | undefined): readonly NodeId[] {
  if (!record) return [];
  const units = currentStaffing(record).engagements.flatMap(({ unit }) => unit ?? []);
  return [...units, ...record.grants.flatMap(({ place }) => (place === 'everything' ? [] : [place]))];
}

const kinds = { 'open-person': 'person', 'open-list': 'list', 'export-list': 'list', refused: 'refused' } as const;
const isLook = (action: AuditEntry['action']): action is keyof typeof kinds => action in kinds;

function reviewed(
  { at, actor, action, subject, place }: AuditEntry,
  people: Records,
  reach: Reach,
): readonly ReviewedLook[] {
  if (actor === 'system' || actor === subject || !isLook(action)) return [];
  const day = dateOf(new Date(at));
  const [by, about] = [people.get(actor), subject && people.get(subject)];
  const units = about ? currentStaffing(about).engagements.flatMap(({ unit }) => unit ?? []) : [];
  return [
    {
      at,
      day,
      actor,
      kind: kinds[action],
      subject,
      places: units.length > 0 ? units : place ? [place] : [],
      relation: by && about && relationOf(by, about, day, reach.tree),
    },
  ];
}

function reviewedActor(
  record: StaffRecord | undefined,
  reviewer: ActingPerson,
  reach: Reach,
  basis: GrantBasis,
  now: Date,
): ReviewedActor {
  if (!record) return { kind: 'former' };
  const mayName = can(reviewer, 'name:person', personSubject(record, reach.tree, now));
  const isHere = mayName || placesOfActor(record).some((place) => reach.has(place));
  if (!isHere) return { kind: 'outside' };
  const roles = [...new Set(awakeGrants(record, basis).map(({ role }) => role))];
  if (record.protectedIdentity && !mayName) return { kind: 'protected', roles };
  return { kind: 'known', name: record.name, roles };
}
