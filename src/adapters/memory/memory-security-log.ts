import type { SecurityEvent } from '#domain/account/security-event.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { SecurityLog } from '#ports/security-log.ts';

/** The security log without a disk, for tests. */
export function createMemorySecurityLog(): SecurityLog {
  let events: SecurityEvent[] = [];
  const dayOf = ({ at }: SecurityEvent) => dateOf(new Date(at));
  const before = (day: string) => new Set(events.map(dayOf).filter((one) => one < day)).size;
  return {
    append: (event) => void events.push(event),
    newest: async ({ since, most, of }) => ({
      events: events
        .filter(({ at, person }) => at >= since && (of === undefined || person === of))
        .toReversed()
        .slice(0, most),
      changedLines: 0,
    }),
    countBefore: async (day) => before(day),
    removeBefore: async (day) => {
      const count = before(day);
      events = events.filter((event) => dayOf(event) >= day);
      return count;
    },
    close: async () => undefined,
  };
}
