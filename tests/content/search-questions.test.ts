import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadCourse } from '#content/load-course.ts';
import { languages } from '#domain/language.ts';
import { lookUp } from '#usecases/look-up.ts';

/** What people ask, and the lessons of which one must come first: tests/content/search-questions.yaml. */
const table = z
  .strictObject({
    sv: z.record(z.string(), z.array(z.string()).min(1).max(2)),
    'sv-simple': z.record(z.string(), z.array(z.string()).min(1).max(2)),
    en: z.record(z.string(), z.array(z.string()).min(1).max(2)),
  })
  .parse(parse(readFileSync('tests/content/search-questions.yaml', 'utf8')));

const course = loadCourse();

test('the table has twenty questions in Swedish and ten in each of the others, on lessons that exist', () => {
  expect(Object.keys(table.sv).length).toBeGreaterThanOrEqual(20);
  for (const language of ['sv-simple', 'en'] as const)
    expect(Object.keys(table[language]).length).toBeGreaterThanOrEqual(10);
  const named = Object.values(table).flatMap((questions) => Object.values(questions).flat());
  expect(named.filter((slug) => !course.lessons.includes(slug))).toEqual([]);
});

describe.each(languages)('in %s', (language) => {
  test.each(Object.entries(table[language]))('“%s” finds first %j', (question, lessons) => {
    const { hits } = lookUp(course, question, language);
    const first = hits[0]?.href.replace(/#.*$/, '').split('/').at(-1);
    expect({ first, others: hits.slice(1, 4).map(({ href }) => href) }).toEqual({
      first: expect.toSatisfy((slug: string) => lessons.includes(slug)),
      others: expect.anything(),
    });
  });
});
