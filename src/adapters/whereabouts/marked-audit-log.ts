import { type AuditLog, isAboutAccess } from '#ports/audit-log.ts';
import type { Whereabouts } from '#ports/whereabouts.ts';

/** The audit log, with where each change of credentials and rights came from: whoever appends one need not think of it. */
export function markedAuditLog(log: AuditLog, whereabouts: Whereabouts): AuditLog {
  return {
    isNew: log.isNew,
    faults: log.faults,
    append: (entry) => {
      if (!isAboutAccess(entry.action)) return log.append(entry);
      return log.append({ ...entry, ...whereabouts.marks(entry.actor === 'system' ? undefined : entry.actor) });
    },
    about: (...asked) => log.about(...asked),
    since: (from) => log.since(from),
    close: () => log.close(),
  };
}
