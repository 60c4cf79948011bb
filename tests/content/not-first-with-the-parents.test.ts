import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadCourse } from '#content/load-course.ts';
import { contentDir } from '#content/read-yaml.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import { lookUp } from '#usecases/course/look-up.ts';

/** Suspected violence, abuse or honour-related oppression is never first brought up with the parents, in any text. */
const course = loadCourse();

const sayNothing: Readonly<Record<Language, RegExp>> = {
  sv: /Säg inget till föräldrarna eller släkten/,
  'sv-simple': /Säg inget till föräldrarna eller släkten/,
  en: /Say nothing to the parents or the relatives/,
};

const lesson = (language: Language) =>
  readFileSync(join(contentDir, `courses/sekretess/lessons/barn-som-far-illa/${language}.mdx`), 'utf8');

describe.each(languages)('jurist A2: in %s', (language) => {
  test('the lesson says to say nothing to the parents before it gives any sentence to say', () => {
    const text = lesson(language);
    const warning = text.search(sayNothing[language]);
    expect(warning).toBeGreaterThan(0);
    expect(warning).toBeLessThan(text.indexOf('<Say>'));
  });

  test('what the lesson gives to say is said to social services', () => {
    const said = [...lesson(language).matchAll(/<Say>([\s\S]*?)<\/Say>/g)].map(([, text = '']) => text);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/orosanmälan/);
    expect(said[0]).toMatch(/familj/);
  });

  test('whoever would ask the parent first in a question is told that it can make the danger greater', () => {
    for (const [id, option] of [
      ['siri-pa-besok', 'c'],
      ['alma-om-natten', 'c'],
    ] as const) {
      const scenario = course.scenarios.get(id);
      if (scenario?.kind !== 'choose-one') throw new Error(`${id} is no question`);
      expect(scenario.options.find(({ id: one }) => one === option)?.right).toBe(false);
      const text = readFileSync(join(contentDir, `courses/sekretess/scenarios/${id}/${language}.yaml`), 'utf8');
      const [, feedback] = /\n {2}c:\n[\s\S]*?feedback: (.*)/.exec(text) ?? [];
      expect([id, feedback]).toEqual([id, expect.stringMatching(/fara|farlig|svårare|värre|danger|harder|worse/)]);
    }
  });

  test('“Får jag berätta?” says it where it says to report', () => {
    const { ends } = parse(readFileSync(join(contentDir, 'decision-path.yaml'), 'utf8'));
    expect(ends.anmal[language].text).toMatch(/inget till familjen först|nothing to the family first/);
  });
});

test.each([
  ['sv', 'ska jag prata med föräldrarna först'],
  ['sv', 'hedersförtryck'],
  ['sv', 'sexuella övergrepp på ett barn'],
  ['sv-simple', 'ska jag prata med föräldrarna först'],
  ['en', 'should i talk to the parents first'],
  ['en', 'forced marriage'],
] as const)('jurist A2: in the look-up, in %s, “%s” is answered by saying nothing to them', (language, question) => {
  const [hit] = lookUp(course, question, language).hits;
  expect(hit?.snippet.map(({ text }) => text).join('')).toMatch(sayNothing[language]);
});
