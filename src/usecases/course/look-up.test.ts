import { describe, expect, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import { searchIndexOf } from '#content/search-index.ts';
import { languages } from '#domain/kernel/language.ts';
import { longestQuery, lookUp } from './look-up.ts';

const course = loadCourse();
const text = (hit: { readonly snippet: readonly { readonly text: string }[] }) =>
  hit.snippet.map((part) => part.text).join('');

describe('what is found', () => {
  test('leads there: a lesson’s section, a practice item, a word', () => {
    const { hits } = lookUp(course, 'sekretess journal samtycke', 'sv');
    expect(hits.length).toBeGreaterThan(3);
    expect(hits.length).toBeLessThanOrEqual(12);
    for (const { kind, href } of hits) {
      const shape = {
        lesson: /^\/kurser\/sekretess\/[a-z-]+(#\S+)?$/,
        advice: /^\/kurser\/sekretess\/[a-z-]+#\S+$/,
        practice: /^\/ova\/[a-z0-9-]+$/,
        term: /^\/sla-upp#[a-z-]+$/,
      };
      expect(href).toMatch(shape[kind]);
    }
    expect(new Set(hits.map(({ href }) => href)).size).toBe(hits.length);
  });

  test.for([
    ['sv', 'sekretess'],
    ['sv-simple', 'jurnal'],
    ['en', 'log check'],
  ] as const)('in %s is of that language', ([language, query]) => {
    const { hits } = lookUp(course, query, language);
    expect(hits[0]?.kind).toBe('lesson');
    const prefix = { sv: '/kurser', 'sv-simple': '/latt/kurser', en: '/en/kurser' }[language];
    expect(hits[0]?.href.startsWith(prefix)).toBe(true);
    expect(hits.some(({ snippet }) => snippet.some(({ isMarked }) => isMarked))).toBe(true);
  });

  test.for(languages)('in %s is never an exam item, nor what a practice item answers', (language) => {
    const { places } = searchIndexOf(course, language);
    const items = places.flatMap((place) => (place.kind === 'practice' ? [place.id] : []));
    const practice = [...course.scenarios.values()].filter(({ use }) => use === 'practice').map(({ id }) => id);
    expect(items.sort()).toEqual(practice.sort());
    const shown = places.map((place) => place.text).join('\n');
    for (const [id, texts] of course.texts) {
      const prose = texts[language] ?? texts.sv;
      const isExam = course.scenarios.get(id)?.use === 'exam';
      const hidden = Object.values(prose?.options ?? {}).map(({ feedback }) => feedback);
      for (const one of [...hidden, ...(isExam && prose ? [prose.situation.trim()] : [])])
        expect(shown).not.toContain(one);
    }
  });
});

describe('an odd question', () => {
  test.for(['', ' ', '\n\t', '\u0000\u0007', '\u200b', '…'])('%j finds nothing and breaks nothing', (asked) => {
    expect(lookUp(course, asked, 'sv').hits).toEqual([]);
  });

  test('is searched without its control characters', () => {
    expect(lookUp(course, '\u0000se\u0007 kretess\r\n  x\u202e', 'sv').query).toBe('se kretess x');
  });

  test('that is too long is cut, and says so', () => {
    const found = lookUp(course, `sekretess ${'å'.repeat(5000)}`, 'sv');
    expect([...found.query]).toHaveLength(longestQuery);
    expect(found.isCut).toBe(true);
    expect(found.hits[0]?.kind).toBe('lesson');
    expect(lookUp(course, 'x'.repeat(longestQuery), 'sv').isCut).toBe(false);
    expect(lookUp(course, '💩'.repeat(longestQuery + 1), 'sv').query).toBe('💩'.repeat(longestQuery));
  });

  test.for(['__proto__', 'constructor', 'toString hasOwnProperty', '<script>alert(1)</script>', '%00', "' OR 1=1"])(
    '%s is only words',
    (asked) => {
      const { query, hits } = lookUp(course, asked, 'sv');
      expect(query).toBe(asked);
      for (const hit of hits) expect(text(hit)).not.toContain('alert');
    },
  );

  test('takes no time', () => {
    const asked = [
      'får jag berätta för dottern',
      'x'.repeat(200),
      'sekretes jurnal fotgrafera '.repeat(8),
      'aåäö '.repeat(50),
    ];
    for (const one of asked) lookUp(course, one, 'sv');
    const began = performance.now();
    for (let round = 0; round < 10; round++) for (const one of asked) lookUp(course, one, 'sv');
    // A few milliseconds on a quiet machine; the tests run beside each other.
    expect((performance.now() - began) / (10 * asked.length)).toBeLessThan(50);
  });
});
