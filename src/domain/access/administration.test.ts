import { describe, expect, test } from 'vitest';
import { treeOf } from '#domain/people/organisation.ts';
import type { Grant } from '#domain/people/person.ts';
import type { Engagement, Leave } from '#domain/people/staffing.ts';
import { day, samplePerson } from '../../../tests/contract/sample-documents.ts';
import { smallOrganisation } from '../../../tests/support/small-organisation.ts';
import { administeredThrough, type Candidate, losesAdministration } from './administration.ts';

const basis = { tree: treeOf(smallOrganisation), date: day('2026-06-10'), appointerOf: () => undefined };

function candidate(
  id: string,
  {
    to,
    leaves = [],
    canSignIn = true,
    ...grant
  }: Partial<Grant> & { leaves?: readonly Leave[]; canSignIn?: boolean } = {},
  work: Partial<Engagement> = {},
): Candidate {
  const grants: readonly Grant[] = [{ role: 'administrator', place: 'everything', to, ...grant }];
  const engagement: Engagement = { category: 'new-employee', from: day('2026-01-01'), ...work };
  const recordedAt = '2026-01-01T08:00:00.000Z';
  const staffing = [{ recordedAt, engagements: [engagement], leaves }];
  return { ...samplePerson(id, { grants, staffing, createdAt: recordedAt }), canSignIn };
}

describe('managers S9: the last administrator of everything', () => {
  const ada = candidate('ada');
  test.for<[string, readonly Candidate[]]>([
    ['no longer there', []],
    ['without the role', [{ ...ada, grants: [] }]],
    ['with a last day for the role', [candidate('ada', { to: day('2026-12-31') })]],
    ['with a first day that has not come', [candidate('ada', { from: day('2026-07-01') })]],
    ['with a last day of work', [candidate('ada', {}, { to: day('2026-12-31') })]],
    ['with work that has ended', [candidate('ada', {}, { to: day('2026-06-09') })]],
    ['on leave', [candidate('ada', { leaves: [{ from: day('2026-06-01') }] })]],
    ['going on leave', [candidate('ada', { leaves: [{ from: day('2026-08-01'), to: day('2026-08-02') }] })]],
    ['who cannot sign in', [candidate('ada', { canSignIn: false })]],
    ['beside one whose role is only for the committee', [candidate('ada', { place: 'care' as Grant['place'] })]],
  ])('is lost when she is %s', ([, after]) => {
    expect(losesAdministration([ada], after, basis)).toBe(true);
    expect(losesAdministration([ada, candidate('bo')], [...after, candidate('bo')], basis)).toBe(false);
  });

  test('may get a later last day, and may not get an earlier one', () => {
    const [december, june] = [candidate('ada', { to: day('2026-12-31') }), candidate('ada', { to: day('2026-06-30') })];
    expect(losesAdministration([june], [december], basis)).toBe(false);
    expect(losesAdministration([december], [june], basis)).toBe(true);
    expect(administeredThrough([june, december], basis)).toBe('2026-12-31');
  });

  test('is kept before anybody has signed in', () => {
    expect(losesAdministration([candidate('ada', { canSignIn: false })], [], basis)).toBe(true);
  });

  test('cannot be lost twice', () => {
    expect(losesAdministration([], [], basis)).toBe(false);
    expect(administeredThrough([], basis)).toBe('nobody');
  });
});
