import type { Instant, Pseudonym } from '#domain/kernel/ids.ts';

export const securityEventKinds = [
  'sign-in',
  'sign-in-failed',
  'sign-out',
  'limit-reached',
  'refused-route', // by who is signed in and lacks the role
  'refused-origin', // a form from another site's page
  'refused-request', // what no page of ours sends
  'told-of-failures', // a mail about many failed sign-ins has gone to the person
] as const;
export type SecurityEventKind = (typeof securityEventKinds)[number];

/** One line of the security log (decision 0028). It names nobody outside: people by pseudonym, places by marks. */
export interface SecurityEvent {
  readonly at: Instant;
  readonly event: SecurityEventKind;
  readonly person?: Pseudonym | undefined;
  /** The way in, the limit's name, or the pattern of the route. */
  readonly what?: string | undefined;
  readonly device?: string | undefined;
  readonly network?: string | undefined;
  /** So many more of the same within the quarter of an hour: absent for the first, which is written when it happens. */
  readonly more?: number | undefined;
}

/** `inside`: done by somebody who is signed in, or has just become so. Strangers can make any number of the others. */
export type EventSide = 'inside' | 'outside';

/** Different events that are told apart in a quarter of an hour; what comes beyond is counted together, by kind. */
export const mostEvents: Readonly<Record<EventSide, number>> = { inside: 2000, outside: 40 };

const quarter = 15 * 60_000;

export interface EventQuarter {
  /** @returns what is to be written now */
  note(event: SecurityEvent, side: EventSide): readonly SecurityEvent[];
  /** Ends the quarter if it is over. @returns how many more there were of each */
  end(now: Date, isLast?: boolean): readonly SecurityEvent[];
}

/**
 * Bounds what is written however many events there are: the first of its kind at once, the others of the same quarter of an hour
 * as one number. Same means kind, person, what and network; a stranger changes the device's name at will.
 */
export function createEventQuarter(): EventQuarter {
  let began = -1;
  let seen = new Map<string, { readonly first: SecurityEvent; more: number }>();
  let counts: Record<EventSide, number> = { inside: 0, outside: 0 };
  const end = (now: Date, isLast = false) => {
    const current = Math.floor(now.getTime() / quarter);
    if (current === began && !isLast) return [];
    const told = [...seen.values()].filter(({ more }) => more > 0);
    began = current;
    seen = new Map();
    counts = { inside: 0, outside: 0 };
    return told.map(({ first, more }) => ({ ...first, at: now.toISOString(), more }));
  };
  return {
    end,
    note: (event, side) => {
      const before = end(new Date(event.at));
      const { event: kind, person, what, network } = event;
      const same = seen.get(JSON.stringify([kind, person, what, network]));
      if (same) {
        same.more += 1;
        return before;
      }
      if (counts[side] < mostEvents[side]) {
        counts[side] += 1;
        seen.set(JSON.stringify([kind, person, what, network]), { first: event, more: 0 });
        return [...before, event];
      }
      // Beyond the bound: neither whose nor where from, only that there were more.
      const rest = seen.get(kind);
      if (rest) rest.more += 1;
      else seen.set(kind, { first: { at: event.at, event: kind }, more: 1 });
      return before;
    },
  };
}
