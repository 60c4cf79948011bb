import { type Candidate, losesAdministration } from '#domain/access/administration.ts';
import { isForEverything } from '#domain/access/grant.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { Change } from '#ports/store.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'store' | 'clock'>;

export type LastAdministrator = { readonly ok: false; readonly reason: 'last-administrator' };

/** What a change of one person is judged by. @returns whether it would leave nobody who administers everything */
export type AdministrationGuard = (id: PersonId, after: Person | undefined) => boolean;

/**
 * Does something by which an administrator of everything may be lost: a role, work, leave, an address, a whole record. One at a time,
 * so that of two administrators who remove each other at once, one stays.
 */
export function guardingAdministration<R>(
  { store, clock }: Needs,
  step: (losesIt: AdministrationGuard) => Promise<R>,
): Promise<R> {
  return inTurn(async () => {
    const basis = await grantBasis(store, dateOf(clock()));
    const before: readonly Candidate[] = await store.people.staffWithGrants();
    return step((id, after) => {
      const others = before.filter((one) => one.id !== id);
      return losesAdministration(before, after ? [...others, staffRecordOf(after)] : others, basis);
    });
  });
}

/** `PersonStore.update`, for what may take the last administrator's way in or role away: then nothing is saved. */
export async function updateKeepingAdministrator<R>(
  needs: Needs,
  id: PersonId,
  change: (person: Person) => Change<Person, R>,
): Promise<R | LastAdministrator> {
  const { people } = needs.store;
  if (!(await people.get(id))?.grants.some(isForEverything)) return people.update(id, change);
  return guardingAdministration(needs, (losesIt) =>
    people.update<R | LastAdministrator>(id, (person) => {
      const changed = change(person);
      return changed.save && losesIt(id, changed.save)
        ? { result: { ok: false, reason: 'last-administrator' } }
        : changed;
    }),
  );
}

let last: Promise<unknown> = Promise.resolve();

function inTurn<R>(step: () => Promise<R>): Promise<R> {
  const turn = last.then(step, step);
  last = turn.catch(() => undefined);
  return turn;
}
