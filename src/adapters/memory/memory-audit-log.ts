import { dateOf } from '#domain/kernel/calendar.ts';
import type { AuditEntry, AuditLog } from '#ports/audit-log.ts';
import { StoreClosedError } from '#ports/store.ts';

/** The audit log without a disk, for tests. */
export function createMemoryAuditLog(): AuditLog {
  const entries: AuditEntry[] = [];
  let isClosed = false;
  return {
    isNew: true,
    faults: [],
    append: async (entry) => {
      if (isClosed) throw new StoreClosedError('the audit log is closed');
      entries.push(structuredClone(entry));
    },
    about: async (subject, lists, newest = Number.POSITIVE_INFINITY) =>
      entries
        .filter(
          (entry) =>
            entry.subject === subject ||
            ((entry.action === 'open-list' || entry.action === 'export-list') &&
              lists.some(({ place, from, to }) => {
                const day = dateOf(new Date(entry.at));
                return entry.place === place && from <= day && (to === undefined || day <= to);
              })),
        )
        .reverse()
        .slice(0, newest),
    since: async (from) => entries.filter(({ at }) => at >= from),
    close: async () => {
      isClosed = true;
    },
  };
}
