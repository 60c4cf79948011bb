import { dateOf } from '#domain/calendar.ts';
import type { AuditEntry, AuditLog } from '#ports/audit-log.ts';

/** The audit log without a disk, for tests. */
export function createMemoryAuditLog(): AuditLog {
  const entries: AuditEntry[] = [];
  return {
    append: async (entry) => void entries.push(entry),
    about: async (subject, lists) =>
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
        .reverse(),
    since: async (from) => entries.filter(({ at }) => at >= from),
  };
}
