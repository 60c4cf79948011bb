import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { placesWhere } from '#domain/access/places-where.ts';
import { type SecurityEvent, type SecurityEventKind, securityEventKinds } from '#domain/account/security-event.ts';
import { addDays, dateOf, endOfDay, instantOf } from '#domain/kernel/calendar.ts';
import type { Instant, Pseudonym } from '#domain/kernel/ids.ts';
import { treeOf } from '#domain/people/organisation.ts';
import { type AccessAction, type AuditEntry, isAboutAccess } from '#ports/audit-log.ts';
import type { Services } from '#src/services.ts';
import type { reviewSpans } from './review-log.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'securityLog'>;

/** Whom a line speaks of, as far as the reviewer may know. `nobody`: no account that is there, or a job of the server's own. */
export type NamedPerson =
  | { readonly kind: 'nobody' | 'former' | 'protected' }
  | { readonly kind: 'known'; readonly name: string };

interface Origin {
  readonly at: Instant;
  readonly device?: string | undefined;
  readonly network?: string | undefined;
}

export interface SecurityReview {
  /** How many there were of each kind; at least so many, where there were very many. */
  readonly counts: readonly { readonly event: SecurityEventKind; readonly count: number }[];
  /** Failures, limits and refusals, newest first. Who has just signed in is counted, and no more. */
  readonly events: readonly (Origin &
    Pick<SecurityEvent, 'event' | 'what' | 'more'> & { readonly person: NamedPerson })[];
  /** Changes of how people sign in and of what they may do, newest first. */
  readonly changes: readonly (Origin & {
    readonly action: AccessAction;
    readonly by: NamedPerson;
    readonly about: NamedPerson;
  })[];
  /** Lines of the log that somebody has changed, put in or taken out. */
  readonly changedLines: number;
}

const shown = 50;
/** Lines that are counted at most: some megabytes. */
const counted = 20_000;

/**
 * What happened at the doors, for who reviews the whole log. Whoever is named by it has that in the log, and sees it.
 *
 * @returns undefined for who reviews a part of it only: a network or a stranger belongs to no unit
 */
export async function reviewSecurity(
  needs: Needs,
  reviewer: ActingPerson,
  days: (typeof reviewSpans)[number],
): Promise<SecurityReview | undefined> {
  const { store, audit, clock, securityLog } = needs;
  const now = clock();
  const tree = treeOf(await store.organisation.get());
  if (!placesWhere(reviewer, 'review:log', tree).everything) return undefined;
  const since = endOfDay(addDays(dateOf(now), -days));
  const { events, changedLines } = await securityLog.newest({ since, most: counted });
  const told = events.filter(({ event }) => event !== 'sign-in' && event !== 'sign-out').slice(0, shown);
  const changes = (await audit.since(since))
    .filter(({ action }) => isAboutAccess(action))
    .slice(-shown)
    .toReversed();
  const nameOf = await namesFor(needs, reviewer, told, changes);
  return {
    counts: countsOf(events),
    events: told.map(({ person, ...event }) => ({ ...event, person: nameOf(person) })),
    changes: changes.flatMap(({ at, action, actor, subject, device, network }) => {
      if (!isAboutAccess(action)) return [];
      return {
        at,
        action,
        device,
        network,
        by: nameOf(actor === 'system' ? undefined : actor),
        about: nameOf(subject),
      };
    }),
    changedLines,
  };

  async function namesFor(
    { store: { people } }: Needs,
    { pseudonym: own }: ActingPerson,
    ofDoors: readonly SecurityEvent[],
    ofLog: readonly AuditEntry[],
  ) {
    const all = [...ofDoors.map(({ person }) => person), ...ofLog.flatMap(({ actor, subject }) => [actor, subject])];
    const pseudonyms = [...new Set(all)].filter((one): one is Pseudonym => one !== undefined && one !== 'system');
    const names = new Map<Pseudonym, NamedPerson>();
    for (const pseudonym of pseudonyms) {
      const person = await people.findByPseudonym(pseudonym);
      const mayName = person && can(reviewer, 'name:person', personSubject(person, tree, now));
      names.set(
        pseudonym,
        !person ? { kind: 'former' } : mayName ? { kind: 'known', name: person.name } : { kind: 'protected' },
      );
    }
    const named = [...names].flatMap(([subject, { kind }]) => (kind === 'known' && subject !== own ? [subject] : []));
    const look = { at: instantOf(now), actor: own, action: 'review-log' } as const;
    await Promise.all(named.map((subject) => audit.append({ ...look, subject })));
    return (pseudonym: Pseudonym | undefined): NamedPerson =>
      (pseudonym && names.get(pseudonym)) ?? { kind: pseudonym ? 'former' : 'nobody' };
  }
}

function countsOf(events: readonly SecurityEvent[]): SecurityReview['counts'] {
  return securityEventKinds.flatMap((event) => {
    const count = events.filter((one) => one.event === event).reduce((sum, { more }) => sum + (more ?? 1), 0);
    return count > 0 ? [{ event, count }] : [];
  });
}

/** One's own sign-ins and the failed ones, newest first: for that person, and nobody else. */
export async function ownSignIns(
  { securityLog, clock }: Pick<Services, 'securityLog' | 'clock'>,
  { pseudonym }: { readonly pseudonym: Pseudonym },
): Promise<readonly SecurityEvent[]> {
  const since = endOfDay(addDays(dateOf(clock()), -90));
  const { events } = await securityLog.newest({ since, most: 200, of: pseudonym });
  return events.filter(({ event }) => event === 'sign-in' || event === 'sign-in-failed').slice(0, 20);
}
