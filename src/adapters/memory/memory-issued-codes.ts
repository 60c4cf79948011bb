import type { CalendarDate, CertificateCode } from '#domain/kernel/ids.ts';
import type { IssuedCodes } from '#ports/issued-codes.ts';

/** Without a disk, for tests. */
export function createMemoryIssuedCodes(isComplete = true): IssuedCodes {
  const until = new Map<CertificateCode, CalendarDate>();
  return {
    isComplete,
    validUntil: (code) => until.get(code),
    add: async (certificates) => {
      for (const { code, validUntil } of certificates) until.set(code, validUntil);
    },
    countLost: () => 0,
    close: async () => undefined,
  };
}
