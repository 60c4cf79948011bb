import { expect, test } from 'vitest';
import { areas } from './areas.ts';
import { seenIn } from './every-state.ts';
import { judgedIncomplete } from './judged-incomplete.ts';

/** Runs when every area has been looked at (project `crash`, the last): alone it has nothing to judge, and fails. */
const seen = Object.keys(areas).map((area) => ({ area, in: seenIn(area) }));
const titles = seen.flatMap((one) => one.in?.titles ?? []);
const used = new Set(seen.flatMap((one) => one.in?.used ?? []));

test('every area has been looked at in this run: vitest run --project site --project crash accessibility', () => {
  expect(seen.filter((one) => !one.in).map(({ area }) => area)).toEqual([]);
});

test('pages that are not the same have different titles', () => {
  const pages = new Map<string, Set<string>>();
  for (const { pattern, title, path } of titles) {
    // Of a route that is not built ahead, every address is the same page to the reader.
    const page = pattern.startsWith('/[...prefix]') ? path : pattern;
    pages.set(title, new Set([...(pages.get(title) ?? []), page]));
  }
  expect(
    [...pages].filter(([, sharing]) => sharing.size > 1).map(([title, sharing]) => ({ title, sharing: [...sharing] })),
  ).toEqual([]);
});

test('every judgement is still needed', () => {
  expect(judgedIncomplete.filter((_, index) => !used.has(index))).toEqual([]);
});
