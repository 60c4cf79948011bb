import { dateOf } from './calendar.ts';
import type { Category } from './category.ts';
import type { CertificateHolder } from './certificate.ts';
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
