import { translate } from '#i18n/translate.ts';
import type { AuditFault } from '#ports/audit-log.ts';

const t = translate('sv');

export function faultLine({ reason, file, line }: AuditFault): string {
  return t(line === undefined ? 'audit.faultIn' : 'audit.faultAt', {
    file,
    line: line ?? '',
    fault: t(`audit.fault.${reason}`),
  });
}

/** What the console says when the server starts with a log that is not whole; nothing where it is. */
export function faultLines(faults: readonly AuditFault[]): readonly string[] {
  if (faults.length === 0) return [];
  return [t('audit.broken'), ...faults.map(faultLine), t('audit.brokenNext')];
}
