import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import { isForEverything } from './grant.ts';
import { type GrantBasis, grantState, type Holder } from './grant-days.ts';

/** Somebody who may be an administrator of everything. */
export interface Candidate extends Holder {
  readonly id: PersonId;
  readonly canSignIn: boolean;
}

/**
 * Through which day somebody who can sign in is an administrator of everything without a break, as far as is known. Undefined: no
 * end is known. `nobody`: nobody is one on the day.
 */
export function administeredThrough(
  candidates: readonly Candidate[],
  basis: GrantBasis,
): CalendarDate | undefined | 'nobody' {
  const ends = candidates
    .filter(({ canSignIn }) => canSignIn)
    .flatMap((candidate) =>
      candidate.grants.filter(isForEverything).map((grant) => grantState(grant, candidate, basis)),
    )
    .flatMap((state) => (state.state === 'awake' ? [state.through] : []));
  if (ends.length === 0) return 'nobody';
  return ends.reduce((one, other) =>
    one === undefined || other === undefined ? undefined : one > other ? one : other,
  );
}

/**
 * Whether a change leaves the municipality without an administrator of everything, now or on an earlier day than was known: then
 * nobody could give the role again. The one rule for every road: roles, work, leave, imports, addresses, purges. What does not make
 * it worse is no loss. While nobody can sign in yet, whoever is to is kept.
 */
export function losesAdministration(
  before: readonly Candidate[],
  after: readonly Candidate[],
  basis: GrantBasis,
): boolean {
  if (administeredThrough(before, basis) !== 'nobody') return isShorter(before, after, basis);
  const asIfSignedIn = (all: readonly Candidate[]) => all.map((one) => ({ ...one, canSignIn: true }));
  return isShorter(asIfSignedIn(before), asIfSignedIn(after), basis);
}

function isShorter(before: readonly Candidate[], after: readonly Candidate[], basis: GrantBasis): boolean {
  return order(administeredThrough(after, basis)) < order(administeredThrough(before, basis));
}

function order(through: CalendarDate | undefined | 'nobody'): string {
  return through === 'nobody' ? '' : (through ?? '9999-12-31');
}
