import type { Instant } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import { longTime, translate } from './translate.ts';

/** What tells somebody from others of the same name: when they came, how their code ends, their number in the payroll system. */
export interface Distinction {
  readonly createdAt: Instant;
  readonly codeEnding?: string | undefined;
  readonly employmentNumber?: string | undefined;
}

/** @example 'gick med 10 juni 2026 14:02, koden slutar på ”et”' */
export function distinction({ createdAt, codeEnding, employmentNumber }: Distinction, language: Language): string {
  const t = translate(language);
  if (employmentNumber !== undefined) return t('sameName.number', { number: employmentNumber });
  const joined = t('sameName.joined', { time: longTime(createdAt, language) });
  return codeEnding === undefined ? joined : `${joined}, ${t('sameName.code', { ending: codeEnding })}`;
}
