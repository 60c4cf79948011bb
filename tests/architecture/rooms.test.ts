import { describe, expect, test } from 'vitest';
import { papers } from './papers.ts';
import { arrowsBetweenRooms, drawRooms, roomedLayers, roomOf, rooms, strayImports } from './rooms.ts';
import { type Import, imports, sources } from './source-files.ts';

const design = papers.find(({ path }) => path === 'docs/design.md')?.text ?? '';

describe.each(roomedLayers)('the rooms of src/%s', (layer) => {
  const table: Readonly<Record<string, readonly string[]>> = rooms[layer];

  test('hold every file, and stand in the table', () => {
    const found = new Set(sources.map(({ path }) => roomOf(path, layer)).filter((room) => room !== undefined));
    expect([...found].sort()).toEqual(Object.keys(table).sort());
  });

  test('point to rooms that stand before them in the table: no circle, no way back up', () => {
    const order = Object.keys(table);
    const back = order.flatMap((room, floor) =>
      (table[room] ?? []).filter((other) => !order.slice(0, floor).includes(other)).map((other) => [room, other]),
    );
    expect(back).toEqual([]);
  });

  test('use no other room than the table says', () => {
    expect(strayImports(layer, imports)).toEqual([]);
  });

  test('use every room that the table says', () => {
    const said = Object.entries(table).flatMap(([room, others]) => others.map((other) => `${room} --> ${other}`));
    expect([...arrowsBetweenRooms(layer, imports)].sort()).toEqual(said.sort());
  });

  test('are drawn in docs/design.md as they are (npm run rooms)', () => {
    expect(design).toContain(drawRooms(layer, imports));
  });
});

test('an arrow that the table has not is found', () => {
  const file = { path: 'src/domain/kernel/ids.ts', text: '', script: '', template: '' };
  const one: Import = {
    from: file,
    specifier: '#domain/people/x.ts',
    target: 'src/domain/people/x.ts',
    typeOnly: true,
  };
  expect(strayImports('domain', [one])).toHaveLength(1);
  expect(strayImports('domain', [{ ...one, target: 'src/domain/kernel/x.ts' }])).toEqual([]);
});
