import type { CertificateHolder } from '#domain/exam/certificate.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { Person } from './person.ts';
import { currentStaffing, lastDayIn } from './staffing.ts';

/** Somebody as the holder of a certificate of a track that is issued now. */
export function certificateHolder(
  person: Pick<Person, 'name' | 'nameGivenBy' | 'staffing'>,
  track: Category,
  now: Date,
): CertificateHolder {
  const engagementEnds = lastDayIn(currentStaffing(person), track, dateOf(now));
  return { name: person.name, nameGivenBy: person.nameGivenBy, engagementEnds };
}
