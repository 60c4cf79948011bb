import { expect, test } from 'vitest';
import type { ReadStaffListResult } from '#ports/staff-lists.ts';
import { createListReader } from './list-reader.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const reasonOf = (read: ReadStaffListResult) => (read.ok ? 'none' : read.reason);
const ordinary = () => bytes('Anstnr;Namn;Enhet\n1;Åsa Öberg;Norr\n');

test('a list is read in a thread that is gone afterwards, and the caller’s bytes are as they were', async () => {
  const file = ordinary();
  expect(await createListReader()(file)).toEqual({
    ok: true,
    list: {
      ...{ encoding: 'utf-8', separator: ';', columns: ['Anstnr', 'Namn', 'Enhet'], left: [] },
      rows: [{ line: 2, cells: ['1', 'Åsa Öberg', 'Norr'] }],
    },
  });
  expect(file).toEqual(ordinary());
  expect(process.getActiveResourcesInfo()).not.toContain('Worker');
});

test('security F6: what takes longer than a list may is ended, and the next list is read', async () => {
  const impatient = createListReader({ milliseconds: 1 });
  expect(await impatient(ordinary())).toEqual({ ok: false, reason: 'import-too-heavy' });
  expect(process.getActiveResourcesInfo()).not.toContain('Worker');
  expect((await createListReader()(ordinary())).ok).toBe(true);
});

test('security F6: what wants more memory than a list may is ended, and ends nobody else', async () => {
  const rows = Array.from({ length: 19_000 }, (_, row) => `${row};${'x;'.repeat(15)}Åsa ${row}`);
  const list = bytes(`Anstnr;Namn\n${rows.join('\n')}`);
  const small = createListReader({ milliseconds: 60_000, memory: { maxOldGenerationSizeMb: 8 } });
  expect(reasonOf(await small(list))).toBe('import-too-heavy');
  expect(reasonOf(await createListReader()(list))).toBe('none');
});

test('security F6: lists are read one at a time, a few may wait, and more are told to come back', async () => {
  const read = createListReader();
  const all = await Promise.all(Array.from({ length: 8 }, () => read(ordinary())));
  expect(all.filter(({ ok }) => ok)).toHaveLength(5);
  expect(all.filter((one) => !one.ok && one.reason === 'import-busy')).toHaveLength(3);
  expect((await read(ordinary())).ok).toBe(true);
});
