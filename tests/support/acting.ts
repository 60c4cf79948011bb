import type { ActingPerson, AwakeGrant } from '#domain/access/grant-days.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { actingPerson } from '#ports/acting-person.ts';
import type { Services } from '#src/services.ts';

/** Somebody as a session would have them now. */
export function acting({ store, clock }: Pick<Services, 'store' | 'clock'>, person: Person): Promise<ActingPerson> {
  return actingPerson(store, person, dateOf(clock()));
}

/** For tests of rules that are told what is awake. */
export function awake(grants: readonly Grant[]): readonly AwakeGrant[] {
  return grants as readonly AwakeGrant[];
}
