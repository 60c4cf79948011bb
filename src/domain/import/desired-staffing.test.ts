import { expect, test } from 'vitest';
import { addDays } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import type { Engagement, Leave } from '#domain/people/staffing.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import { type Desired, staffingAfter, staffingOfMissing } from './desired-staffing.ts';

const today = '2026-06-10' as CalendarDate;
const units = ['north', 'south', 'outside'] as NodeId[];
const isReached = (unit: NodeId | undefined) => unit !== undefined && unit !== 'outside';
const at = { today, isReached, otherCategory: 'new-employee' as Category };

/** Work and lists as they may be, the same for the same seed. */
function story(seed: number) {
  const random = seededRandom(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]) => list[upTo(list.length)] as T;
  const span = () => {
    const from = addDays(today, upTo(60) - 40);
    return { from, to: upTo(2) === 0 ? undefined : addDays(from, upTo(40)) };
  };
  const work = (where: readonly NodeId[]): Engagement => ({
    ...{ unit: pick(where), category: pick(['new-employee', 'temporary-staff'] as const), ...span() },
  });
  const several = <T>(least: number, make: () => T) => Array.from({ length: least + upTo(3) }, make);
  const leaves = (): Leave[] =>
    several(0, span).filter((one, place, all) => all.findIndex(({ from }) => from === one.from) === place);
  const desired: Desired = {
    engagements: several(1, () => {
      const { from, category, ...rest } = work(units.slice(0, 2));
      return {
        ...{ unit: rest.unit as NodeId, to: rest.to },
        ...{ from: upTo(5) === 0 ? undefined : from, category: upTo(5) === 0 ? undefined : category },
      };
    }),
    leaves: leaves(),
    tells: { to: upTo(4) > 0, leaves: upTo(4) > 0 },
  };
  return { before: { engagements: several(1, () => work(units)), leaves: leaves() }, desired };
}

const seeds = Array.from({ length: 500 }, (_, seed) => seed + 1);

test('the same list twice changes nothing, whatever was known and whatever it says', () => {
  for (const seed of seeds) {
    const { before, desired } = story(seed);
    // A list that repeats itself within one unit and category can mean several things.
    const keys = desired.engagements.map(({ unit }) => unit);
    if (new Set(keys).size < keys.length) continue;
    const once = staffingAfter(before, desired, at);
    expect({ seed, ...staffingAfter(once, desired, at) }).toEqual({ seed, ...once });
  }
});

test('work outside the administrator’s reach and work that had ended is never lost or changed', () => {
  for (const seed of seeds) {
    const { before, desired } = story(seed);
    const { engagements } = staffingAfter(before, desired, at);
    const outside = ({ unit }: Engagement) => !isReached(unit);
    expect({ seed, kept: engagements.filter(outside) }).toEqual({
      seed,
      kept: before.engagements.filter(outside).toSorted((one, other) => (one.from < other.from ? -1 : 1)),
    });
  }
});

test('who is missing works nowhere in reach from tomorrow on, and still where nobody reaches', () => {
  for (const seed of seeds) {
    const { before } = story(seed);
    const { engagements } = staffingOfMissing(before, at);
    const open = engagements.filter(({ to }) => to === undefined || to > today);
    expect({ seed, open: open.filter(({ unit }) => isReached(unit)) }).toEqual({ seed, open: [] });
    expect(engagements.length).toBeGreaterThan(0);
    expect(staffingOfMissing({ ...before, engagements }, at).engagements).toEqual(engagements);
  }
});

test('reliability F12: moved to and fro by lists on one day, somebody works where the last list says, and nowhere else', () => {
  const first = '2020-01-01' as CalendarDate;
  for (const from of [undefined, first, today]) {
    for (const tells of [true, false]) {
      let now: ReturnType<typeof staffingAfter> = { engagements: [work('E0', first)], leaves: [] };
      for (const unit of ['E1', 'E2', 'E0', 'E1', 'E2', 'E0']) {
        const row = { unit: unit as NodeId, category: undefined, from, to: undefined };
        const list = { engagements: [row], leaves: [], tells: { to: tells, leaves: false } };
        now = staffingAfter(now, list, { ...at, isReached: () => true });
        const open = now.engagements.filter(({ to }) => to === undefined || to >= today);
        expect({ from, tells, open: open.map(({ unit: where, to }) => [where, to]) }).toEqual({
          ...{ from, tells, open: [[unit, undefined]] },
        });
      }
    }
  }
});

test('an end that is known and has not passed stays where the list has no column for it', () => {
  for (const to of [today, addDays(today, 1)]) {
    const before = { engagements: [{ ...work('E0', addDays(today, -9)), to }], leaves: [] };
    const row = { unit: 'E0' as NodeId, category: undefined, from: addDays(today, -9), to: undefined };
    const list = { engagements: [row], leaves: [], tells: { to: false, leaves: false } };
    expect(staffingAfter(before, list, { ...at, isReached: () => true })).toEqual(before);
  }
});

function work(unit: string, from: CalendarDate): Engagement {
  return { unit: unit as NodeId, category: 'new-employee', from };
}
