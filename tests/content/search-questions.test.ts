import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadCourse } from '#content/load-course.ts';
import { languages } from '#domain/kernel/language.ts';
import { lookUp } from '#usecases/course/look-up.ts';

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

describe('questions by people who have not seen the index', () => {
  const sets = z
    .record(z.string(), z.array(z.strictObject({ q: z.string(), lessons: z.array(z.string()).min(1) })))
    .parse(parse(readFileSync('tests/content/search-unseen.yaml', 'utf8')));
  const questions = Object.values(sets).flat();
  const found = questions.map(({ q, lessons }) => {
    const slugs = lookUp(course, q, 'sv')
      .hits.filter(({ kind }) => kind === 'lesson' || kind === 'advice')
      .map(({ href }) => href.replace(/#.*$/, '').split('/').at(-1) ?? '');
    return { q, place: slugs.findIndex((slug) => lessons.includes(slug)) };
  });

  // What the search reaches today. Raise the figures when it gets better; a change that lowers them has made it worse.
  test.each([
    ['the first', 1, 178],
    ['among the first two', 2, 184],
  ] as const)('a right lesson is %s for at least as many as before', (_, most, before) => {
    const missed = found.filter(({ place }) => place === -1 || place >= most);
    expect(questions).toHaveLength(190);
    expect({ found: questions.length - missed.length, missed }).toMatchObject({
      found: expect.toSatisfy((count: number) => count >= before),
    });
  });
});
