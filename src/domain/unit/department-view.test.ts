import { describe, expect, test } from 'vitest';
import type { NodeId } from '#domain/kernel/ids.ts';
import { type NodeKind, type Organisation, type Tree, treeOf } from '#domain/people/organisation.ts';
import {
  mergeSmall,
  monthEnds,
  type PlaceFigures,
  placeFigures,
  smallestGroup,
  type Tally,
} from './department-view.ts';
import { noCounts, rowStates } from './unit-view.ts';

const at = '2025-01-01T00:00:00.000Z';
const id = (name: string) => name as NodeId;

/** `C` with the departments `D0`, `D1` …, each with units of these sizes. */
function municipality(departments: readonly (readonly number[])[]): { tree: Tree; tallies: Map<NodeId, Tally> } {
  const node = (name: string, kind: NodeKind, parent?: string) => ({
    id: id(name),
    kind,
    versions: [{ recordedAt: at, name, parent: parent === undefined ? undefined : id(parent) }],
  });
  const nodes = [node('C', 'committee')];
  const tallies = new Map<NodeId, Tally>();
  for (const [d, units] of departments.entries()) {
    nodes.push(node(`D${d}`, 'department', 'C'));
    for (const [u, people] of units.entries()) {
      nodes.push(node(`D${d}U${u}`, 'unit', `D${d}`));
      tallies.set(id(`D${d}U${u}`), tallyOf(people));
    }
  }
  const organisation: Organisation = { id: 'organisation', nodes };
  return { tree: treeOf(organisation), tallies };
}

function tallyOf(people: number): Tally {
  return { people, counts: { ...noCounts(), done: people }, barred: 0, dueWeeks: [people] };
}

function figures({ tree, tallies }: ReturnType<typeof municipality>, place: string, root = 'C') {
  const found = tree.get(id(place));
  if (!found) throw new Error(place);
  const own = tree.unitsUnder(found.id).flatMap((unit) => {
    const tally = tallies.get(unit.id);
    return tally ? [[unit.id, tally] as const] : [];
  });
  const headcounts = new Map([...tallies].map(([unit, { people }]) => [unit, people]));
  return placeFigures(tree, found, id(root), new Map(own), headcounts);
}

function sizes(found: PlaceFigures | undefined): Record<string, number> {
  return Object.fromEntries(
    found?.groups.map((group) => [group.kind === 'part' ? group.place.id : 'rest', group.tally.people]) ?? [],
  );
}

describe('parts that are too small', () => {
  test.for([
    { parts: [12, 3, 2], shown: [12], merged: [3, 2] },
    { parts: [12, 3, 7], shown: [12], merged: [3, 7] },
    { parts: [12, 0, 7], shown: [12, 7], merged: [] },
    { parts: [4, 4, 20], shown: [20], merged: [4, 4] },
    { parts: [1, 6, 5], shown: [6], merged: [1, 5] },
    { parts: [3, 20], shown: [], merged: [3, 20] },
    { parts: [3], shown: [], merged: [3] },
    { parts: [5, 5], shown: [5, 5], merged: [] },
    { parts: [], shown: [], merged: [] },
  ])('$parts: $merged are merged', ({ parts, shown, merged }) => {
    expect(mergeSmall(parts, (size) => size)).toEqual({ shown, merged });
  });
});

describe('the figures of a place', () => {
  test('add up to the whole, whatever has been merged', () => {
    const found = figures(municipality([[12, 3, 7], [9]]), 'D0');
    expect(sizes(found)).toEqual({ D0U0: 12, rest: 10 });
    expect(found?.whole.people).toBe(22);
  });

  test('are not shown where fewer than five work', () => {
    expect(figures(municipality([[4], [9]]), 'D0')).toBeUndefined();
    expect(figures(municipality([[], [9]]), 'D0')).toBeUndefined();
  });

  test('of a department that has been merged above are not shown, or the small one beside it would be what is left', () => {
    const world = municipality([[3], [8], [20]]);
    expect(sizes(figures(world, 'C'))).toEqual({ D2: 20, rest: 11 });
    expect(figures(world, 'D1')).toBeUndefined();
    expect(figures(world, 'D2')?.whole.people).toBe(20);
  });

  test('are shown to the head of just that department, who sees no other figures', () => {
    const world = municipality([[3], [8], [20]]);
    expect(figures(world, 'D1', 'D1')?.whole.people).toBe(8);
    expect(figures(world, 'D2', 'D1')).toBeUndefined();
  });
});

/** Every number that one reader can open, as the set of units that it counts. */
function published(world: ReturnType<typeof municipality>): readonly ReadonlySet<NodeId>[] {
  const { tree } = world;
  return tree.places
    .filter(({ kind }) => kind !== 'unit')
    .flatMap((place) => {
      const found = figures(world, place.id);
      if (!found) return [];
      const under = (one: NodeId) => tree.unitsUnder(one).map((unit) => unit.id);
      const groups = found.groups.map((group) =>
        group.kind === 'part' ? under(group.place.id) : group.places.flatMap((one) => under(one.id)),
      );
      return [under(place.id), ...groups].map((units) => new Set(units));
    });
}

test('subtracting any shown numbers from each other, again and again, leaves nobody in a group of one to four', () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    let state = seed * 2_654_435_761;
    const random = (most: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * (most + 1));
    };
    const departments = Array.from({ length: 1 + random(3) }, () => Array.from({ length: random(4) }, () => random(9)));
    const world = municipality(departments);
    const sizeOf = (units: ReadonlySet<NodeId>) =>
      [...units].reduce((sum, unit) => sum + (world.tallies.get(unit)?.people ?? 0), 0);
    const known = new Map(published(world).map((set) => [[...set].sort().join(), set] as const));
    // What can be worked out: the difference of two known groups, where one holds the other.
    for (let grown = true; grown; ) {
      grown = false;
      const sets = [...known.values()];
      for (const one of sets) {
        for (const other of sets) {
          if (other.size >= one.size || ![...other].every((unit) => one.has(unit))) continue;
          const left = new Set([...one].filter((unit) => !other.has(unit)));
          const key = [...left].sort().join();
          if (!known.has(key)) grown = true;
          known.set(key, left);
        }
      }
      if (known.size > 300) break;
    }
    const small = [...known.values()].filter((set) => sizeOf(set) > 0 && sizeOf(set) < smallestGroup);
    expect({ departments, small: small.map((set) => [...set]) }).toEqual({ departments, small: [] });
  }
});

test('the last days of twelve months end with the day itself', () => {
  const days = monthEnds('2026-03-15' as never);
  expect(days).toHaveLength(12);
  expect(days.slice(-3)).toEqual(['2026-01-31', '2026-02-28', '2026-03-15']);
});

test('every state has a place in the counts', () => {
  expect(Object.keys(noCounts()).sort()).toEqual([...rowStates].sort());
});
