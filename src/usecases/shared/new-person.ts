import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId, Pseudonym, RandomBytes } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Person } from '#domain/people/person.ts';
import type { Engagement } from '#domain/people/staffing.ts';

type Given = Pick<Person, 'name' | 'nameGivenBy'> & Partial<Omit<Person, 'staffing' | 'createdAt'>>;

/** The document of someone who has just come, with one engagement, from today where nothing else is said. */
export function newPerson(
  given: Given,
  engagement: Omit<Engagement, 'from'> & Partial<Pick<Engagement, 'from'>>,
  now: Date,
  random: RandomBytes,
): Person {
  const at = instantOf(now);
  return {
    id: randomCode(16, random) as PersonId,
    pseudonym: randomCode(20, random) as Pseudonym,
    grants: [],
    language: 'sv',
    decisions: [],
    reminders: [],
    lessonsDone: {},
    attempts: [],
    certificates: [],
    ...given,
    staffing: [{ recordedAt: at, engagements: [{ from: dateOf(now), ...engagement }], leaves: [] }],
    createdAt: at,
  };
}
