import { dateOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, NodeId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Organisation } from '#domain/people/organisation.ts';
import type { Person, Role } from '#domain/people/person.ts';
import type { Staffing } from '#domain/people/staffing.ts';
import { actingPerson } from '#ports/acting-person.ts';
import { type AuditAction, type AuditEntry, type AuditReason, isAboutCredentials } from '#ports/audit-log.ts';
import type { Services } from '#src/services.ts';

/** Whom an entry of the log names, as far as others may know. */
export type Onlooker =
  | { readonly kind: 'system' }
  /** The person to whom it is shown. */
  | { readonly kind: 'self' }
  /** The document is purged: nobody can tell any more who it was. */
  | { readonly kind: 'former' }
  /** Without a name for who has a protected identity. */
  | { readonly kind: 'known'; readonly name: string | undefined; readonly roles: readonly Role[] };

/** One look at a person, or something done with the person's record, as it is shown to that person. */
export interface AccessEvent {
  readonly at: Instant;
  readonly by: Onlooker;
  readonly action: AuditAction;
  /** Name of the unit or other place. */
  readonly place?: string | undefined;
  readonly why?: AuditReason | undefined;
}

/**
 * Who has looked at a person and what they did, newest first: for that person, and nobody else. A list that somebody opens
 * many times in a day is told once. Of what one did oneself only changes of credentials are told: it may have been somebody else
 * with one's password.
 *
 * @param newest at most so many entries of the log are read
 */
export async function whoLooked(
  { store, audit, clock }: Pick<Services, 'store' | 'audit' | 'clock'>,
  person: Pick<Person, 'pseudonym' | 'staffing'>,
  newest?: number,
): Promise<readonly AccessEvent[]> {
  const organisation = await store.organisation.get();
  const entries = await audit.about(person.pseudonym, listsWith(person.staffing, organisation), newest);
  const isTold = ({ actor, action }: AuditEntry) => actor !== person.pseudonym || isAboutCredentials(action);
  const told = onceADay(entries.filter(isTold));
  const onlookers = await onlookersOf(store, told, dateOf(clock()));
  return told.map(({ at, actor, action, place, why }) => ({
    at,
    by: actor === person.pseudonym ? { kind: 'self' } : (onlookers.get(actor) ?? { kind: 'former' }),
    action,
    place: place && nameOfPlace(organisation, place),
    why,
  }));
}

/** The lists on which somebody has been: of the units they worked in, and of what those belong to, as it was known then. */
function listsWith(
  staffing: readonly Staffing[],
  organisation: Organisation,
): readonly { place: NodeId; from: CalendarDate; to: CalendarDate | undefined }[] {
  return staffing.flatMap(({ recordedAt, engagements }, number) => {
    const known = dateOf(new Date(recordedAt));
    const next = staffing[number + 1];
    const replaced = next && dateOf(new Date(next.recordedAt));
    return engagements.flatMap(({ unit, from, to }) => {
      const begins = from > known ? from : known;
      const ends = [to, replaced].filter((day) => day !== undefined).sort()[0];
      if (!unit || (ends !== undefined && ends < begins)) return [];
      return placesAbove(organisation, unit).map((place) => ({ place, from: begins, to: ends }));
    });
  });
}

function placesAbove({ nodes }: Organisation, unit: NodeId): readonly NodeId[] {
  const path = [unit];
  for (let place = parentOf(nodes, unit); place && !path.includes(place); place = parentOf(nodes, place)) {
    path.push(place);
  }
  return path;
}

function parentOf(nodes: Organisation['nodes'], id: NodeId): NodeId | undefined {
  return nodes.find((node) => node.id === id)?.versions.at(-1)?.parent;
}

function onceADay(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ at, actor, action, place }) => {
    if (action !== 'open-list' && action !== 'export-list' && action !== 'review-log') return true;
    const list = [dateOf(new Date(at)), actor, action, place].join(' ');
    const isNew = !seen.has(list);
    seen.add(list);
    return isNew;
  });
}

async function onlookersOf(
  store: Services['store'],
  entries: readonly AuditEntry[],
  today: CalendarDate,
): Promise<ReadonlyMap<AuditEntry['actor'], Onlooker>> {
  const actors = [...new Set(entries.map(({ actor }) => actor))];
  return new Map(
    await Promise.all(
      actors.map(
        async (actor) => [actor, actor === 'system' ? system : await onlooker({ store }, actor, today)] as const,
      ),
    ),
  );
}

const system: Onlooker = { kind: 'system' };

/** Whom a pseudonym stands for, as far as others may know, with the roles they have today. */
export async function onlooker(
  { store }: Pick<Services, 'store'>,
  pseudonym: Pseudonym,
  today: CalendarDate,
): Promise<Onlooker> {
  const person = await store.people.findByPseudonym(pseudonym);
  if (!person) return { kind: 'former' };
  const { grants } = await actingPerson(store, person, today);
  const roles = [...new Set(grants.map(({ role }) => role))];
  return { kind: 'known', name: person.protectedIdentity ? undefined : person.name, roles };
}

/** Also of a place that is gone: it was there when it happened. */
export function nameOfPlace({ nodes }: Organisation, id: NodeId): string | undefined {
  return nodes.find((node) => node.id === id)?.versions.at(-1)?.name;
}
