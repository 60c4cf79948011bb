import { createEventQuarter, type EventSide, type SecurityEvent } from '#domain/account/security-event.ts';
import { addDays, dateOf, endOfDay } from '#domain/kernel/calendar.ts';
import type { CalendarDate, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { SecurityLog } from '#ports/security-log.ts';
import type { PersonStore } from '#ports/store.ts';
import type { Watch, Watched } from '#ports/watch.ts';
import type { Whereabouts } from '#ports/whereabouts.ts';

export interface WatchNeeds {
  readonly log: SecurityLog;
  readonly whereabouts: Whereabouts;
  readonly people: Pick<PersonStore, 'get'>;
  readonly clock: () => Date;
  readonly reportError: (error: unknown) => void;
  /** Sends the mail about many failed sign-ins. */
  readonly tellOfFailures: (person: Person) => void;
}

/** From so many failed sign-ins on a day on, the person is told: as many as block the account for a while. */
export const failuresToTellOf = 10;

/** The doors' watch. What is written is bounded, whoever knocks and however often; nothing in it names who knocks. */
export function createWatch(needs: WatchNeeds): Watch & {
  /** Writes the numbers of a quarter of an hour that is over; the last time, of the one that is not. */
  readonly endQuarter: (isLast?: boolean) => void;
} {
  const { log, whereabouts, clock } = needs;
  const quarter = createEventQuarter();
  const failures = createFailureCounts(needs);
  const note = (
    side: EventSide,
    { person, ...event }: Omit<SecurityEvent, 'at' | 'person'> & { readonly person?: Pseudonym | undefined },
  ) => {
    const at = clock().toISOString();
    const noted = { at, ...event, ...(person && { person }), ...whereabouts.marks(person) };
    for (const line of quarter.note(noted, side)) log.append(line);
  };
  const ofPerson = (person: Watched | undefined) => ({ person: person?.pseudonym });
  return {
    signedIn: (person, way) => note('inside', { event: 'sign-in', what: way, ...ofPerson(person) }),
    signInFailed: (way, person) => {
      note('outside', { event: 'sign-in-failed', what: way, ...ofPerson(person) });
      if (person) failures.add(person);
    },
    signedOut: (person) => note('inside', { event: 'sign-out', ...ofPerson(person) }),
    limitReached: (limit, person) => note('outside', { event: 'limit-reached', what: limit, ...ofPerson(person) }),
    refusedRoute: (route, person) =>
      note(person ? 'inside' : 'outside', { event: 'refused-route', what: route, ...ofPerson(person) }),
    refusedOrigin: () => note('outside', { event: 'refused-origin' }),
    refusedRequest: (what) => note('outside', { event: 'refused-request', what }),
    endQuarter: (isLast = false) => {
      for (const line of quarter.end(clock(), isLast)) log.append(line);
    },
  };
}

/** Failed sign-ins of each account on a day; at ten, and each ten after that, it is asked whether the person has been told. */
function createFailureCounts(needs: WatchNeeds) {
  let ofDay: { readonly day: CalendarDate; readonly counts: Map<PersonId, number> } | undefined;
  let telling = Promise.resolve();
  const tellInTurn = (person: Watched, day: CalendarDate) => {
    telling = telling.then(() => tell(needs, person, day)).catch(needs.reportError);
  };
  return {
    add: (person: Watched) => {
      const day = dateOf(needs.clock());
      if (ofDay?.day !== day) ofDay = { day, counts: new Map() };
      const count = (ofDay.counts.get(person.id) ?? 0) + 1;
      ofDay.counts.set(person.id, count);
      // After the reply: whether there is somebody to tell must not show in its time.
      if (count % failuresToTellOf === 0) setImmediate(() => tellInTurn(person, day));
    },
  };
}

/** At most once a day, also where the server has been started anew. */
async function tell({ log, people, clock, tellOfFailures }: WatchNeeds, { id, pseudonym }: Watched, day: CalendarDate) {
  const since = endOfDay(addDays(day, -1));
  const { events } = await log.newest({ since, most: Number.POSITIVE_INFINITY, of: pseudonym });
  if (events.some(({ event }) => event === 'told-of-failures')) return;
  const person = await people.get(id);
  if (!person?.email) return;
  log.append({ at: clock().toISOString(), event: 'told-of-failures', person: pseudonym });
  tellOfFailures(person);
}
