import type { AuditLog } from '#ports/audit-log.ts';

/**
 * The audit log, each entry of which is printed as well once it is on the disk: for another machine to keep, where this one's account
 * cannot write (ASVS 16.4.3). A line names nobody, as in the log itself.
 */
export function printedAuditLog(log: AuditLog, print: (line: string) => void): AuditLog {
  return {
    isNew: log.isNew,
    faults: log.faults,
    append: async (entry) => {
      await log.append(entry);
      print(JSON.stringify({ log: 'audit', ...entry }));
    },
    about: (...asked) => log.about(...asked),
    since: (from) => log.since(from),
    close: () => log.close(),
  };
}
