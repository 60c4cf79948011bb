import { expect, test } from 'vitest';
import { createLaterQueue } from './later-queue.ts';

test('what is to be done later is done one after another, and a failure stops nothing', async () => {
  const done: string[] = [];
  const reported: unknown[] = [];
  const later = createLaterQueue(10, (error) => reported.push(error));
  const job = (name: string) => async () => {
    done.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    done.push(`${name} ends`);
  };
  later.add(job('a'));
  later.add(async () => {
    throw new Error('no');
  });
  later.add(job('b'));
  expect(done).toEqual([]);
  await expect.poll(() => done).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(reported).toEqual([new Error('no')]);
});

test('security F3: so many wait and no more', async () => {
  const later = createLaterQueue(5, () => undefined);
  let done = 0;
  const job = async () => {
    done += 1;
  };
  const taken = Array.from({ length: 2_000 }, () => later.add(job));
  expect(taken.filter(Boolean)).toHaveLength(5);
  await expect.poll(() => done).toBe(5);
  expect(later.add(job)).toBe(true);
});
