import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GuidelineDocuments, readGuidelineDocuments } from '#content/guidelines.ts';
import { lessonMinutes } from '#content/reading-time.ts';
import { type Content, readContent } from '#editors/check/read-content.ts';
import { impactOf } from '#editors/tools/impact.ts';
import { impactReport } from '#editors/tools/impact-report.ts';
import { runCommand, withAllFiles } from './editor-commands.ts';
import { type ContentTree, writeTree } from './small-content.ts';

const lesson = 'courses/sekretess/lessons/tva/sv.mdx';
const item = 'courses/sekretess/scenarios/prov-3';
const exercise = 'courses/sekretess/exercises/stor-ovning';

/** S1-1-c1 is taught in the lesson tva, in two languages, and cited by one exam item of its own and one practice item. */
function withCitations(tree: ContentTree): void {
  withAllFiles(tree);
  tree.replace(lesson, 'Du säger', '<Rule claims="S1-1-c1">\nDu säger nej.\n</Rule>\n\nDu säger');
  tree.files.set(lesson.replace('sv.', 'en.'), tree.files.get(lesson) ?? '');
  tree.files.set(`${item}/en.yaml`, tree.files.get(`${item}/sv.yaml`) ?? '');
  tree.set(`${item}/scenario.yaml`, ['options', 1, 'claims'], ['S1-1-c1']);
  tree.set('courses/sekretess/scenarios/ovning-flera/scenario.yaml', ['options', 0, 'claims'], ['S1-1-c1', 'L06']);
  const parts = ['a', 'b', 'c'].map((id) => ({ id, right: ['ja'], claims: [id === 'b' ? 'S1-1-c1' : 'S2-1-c1'] }));
  const key = { version: 1, kind: 'papers', lesson: 'tva', choices: ['ja', 'nej'], parts };
  tree.files.set(`${exercise}/exercise.yaml`, JSON.stringify(key));
  const words = Object.fromEntries(parts.map(({ id }) => [id, { text: 'Ett papper.', feedback: 'Därför.' }]));
  const choices = { ja: 'Ja', nej: 'Nej' };
  const prose = { title: 'Papper', situation: 'Där.', task: 'Gör.', choices, parts: words, remember: 'Minns.' };
  tree.files.set(`${exercise}/sv.yaml`, JSON.stringify(prose));
  tree.set('courses/sekretess/course.yaml', ['tracks', 'student', 'required'], ['ett', 'tva']);
  tree.set('courses/sekretess/course.yaml', ['tracks', 'unit-manager', 'required'], ['tva']);
}

function read(plant: (tree: ContentTree) => void = () => undefined): {
  documents: GuidelineDocuments;
  content: Content;
} {
  const dir = writeTree((tree) => {
    withCitations(tree);
    plant(tree);
  });
  try {
    const found = readContent(dir);
    if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
    return { documents: readGuidelineDocuments(dir), content: found.content };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const { documents: before, content } = read();
const impactOfChange = (plant: (tree: ContentTree) => void) => impactOf(before, read(plant).documents, content);
const claim = ['sections', 0, 'claims', 0] as const;

describe('a planted change of one claim names exactly what rests on it', () => {
  const impact = impactOfChange((tree) => tree.set('guidelines/S1.yaml', [...claim, 'says'], 'Det här gäller inte.'));

  test('the claim, and what of it changed', () => {
    expect(impact.claims).toMatchObject([{ id: 'S1-1-c1', change: 'changed', parts: ['wording'] }]);
  });

  test('the lessons, in every language that they are written in', () => {
    expect(impact.lessons).toEqual([
      { slug: 'tva', claims: ['S1-1-c1'], files: [lesson, lesson.replace('sv.', 'en.')] },
    ]);
  });

  test('the items, whether the option that cites it is right or wrong', () => {
    const scenarios = impact.items.filter(({ use }) => use !== 'exercise');
    expect(scenarios.map(({ id, use, files }) => [id, use, files])).toEqual([
      ['ovning-flera', 'practice', ['courses/sekretess/scenarios/ovning-flera/sv.yaml']],
      ['prov-3', 'exam', [`${item}/sv.yaml`, `${item}/en.yaml`]],
    ]);
  });

  test('the exercises, the advice of the decision path and the answers of the look-up', () => {
    expect(impact.decisionPath).toEqual(['ring']);
    expect(impact.answers).toEqual(['svara']);
    expect(impact.items.filter(({ use }) => use === 'exercise')).toMatchObject([
      { id: 'stor-ovning', lesson: 'tva', claims: ['S1-1-c1'], files: [`${exercise}/sv.yaml`] },
    ]);
  });

  test('the tracks that require the lesson or may draw the item, with the minutes to read', () => {
    const minutes = lessonMinutes(content.lessons.find(({ file }) => file === lesson)?.body ?? '');
    const examOnly = { lessons: [], examItems: ['prov-3'], readingMinutes: 0 };
    expect(minutes).toBeGreaterThan(3);
    expect(Object.fromEntries(impact.tracks.map(({ category, ...track }) => [category, track]))).toEqual({
      'new-employee': examOnly,
      'temporary-staff': examOnly,
      'summer-worker': examOnly,
      student: { lessons: ['tva'], examItems: ['prov-3'], readingMinutes: minutes },
      'unit-manager': { lessons: ['tva'], examItems: [], readingMinutes: minutes },
    });
  });

  test('and says so in a table', () => {
    const lines = impactReport(impact, 'content').split('\n');
    expect(lines[0]).toBe('1 påstående · 1 lektion · 3 frågor · 5 spår');
    expect(lines).toContain('  S1-1-c1 · ändrat (lydelse) · Avsnitt');
    expect(lines).toContain('    före: Det här gäller.');
    expect(lines).toContain('    nu:   Det här gäller inte.');
    expect(lines).toContain('  prov-3 · prov på ett · S1-1-c1');
    expect(lines).toContain(`    content/${item}/en.yaml`);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}student +tva · 1 provfråga · 3\.\d min$/));
  });
});

describe('a change of a claim', () => {
  test.for([
    ['status', 'nuanced', ['status']],
    ['statutes', ['3 kap. 1 § OSL'], ['statutes']],
    ['notes', ['L06'], ['notes']],
  ] as const)('may be its %s', ([field, value, parts]) => {
    const { claims } = impactOfChange((tree) => tree.set('guidelines/S1.yaml', [...claim, field], value));
    expect(claims).toMatchObject([{ id: 'S1-1-c1', change: 'changed', parts }]);
  });

  test('is none where only the lines of the file are broken otherwise', () => {
    const { claims } = impactOfChange((tree) =>
      tree.set('guidelines/S1.yaml', [...claim, 'says'], 'Det här\n gäller.'),
    );
    expect(claims).toEqual([]);
    expect(impactReport(impactOf(before, before, content), 'content')).toBe('Inga påståenden har ändrats.');
  });

  test('may be that it is new, or gone', () => {
    const { claims, lessons } = impactOfChange((tree) => tree.set('guidelines/S1.yaml', [...claim, 'id'], 'S1-1-c9'));
    expect(claims.map(({ id, change }) => [id, change])).toEqual([
      ['S1-1-c1', 'gone'],
      ['S1-1-c9', 'new'],
    ]);
    expect(lessons.map(({ slug }) => slug)).toEqual(['tva']);
  });
});

test('a change of a legal note touches what cites it, and tells of the claims that name it', () => {
  const impact = impactOfChange((tree) =>
    tree.set('guidelines/notes.yaml', ['claims', 0, 'taught'], 'Så här är det nu.'),
  );
  expect(impact.claims).toMatchObject([{ id: 'L06', parts: ['wording'] }]);
  expect(impact.lessons.map(({ slug }) => slug)).toEqual(['ett']);
  expect(impact.alsoLookAt).toEqual(['S1-1-c2', 'S2-1-c2', 'S3-1-c2', 'S4-1-c2', 'S5-1-c2']);
});

// Starting Node takes its time where many tests run beside each other.
describe('npm run content:impact', { timeout: 30_000 }, () => {
  let repository = '';
  const dir = () => join(repository, 'innehåll');
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@kommun.example', ...args], { cwd: repository });
  const run = (...args: readonly string[]) => runCommand('impact', '--content', dir(), ...args);
  const put = (plant: (tree: ContentTree) => void) => {
    const tree = writeTree((planted) => {
      withCitations(planted);
      plant(planted);
    });
    rmSync(dir(), { recursive: true, force: true });
    mkdirSync(dir(), { recursive: true });
    cpSync(tree, dir(), { recursive: true });
    rmSync(tree, { recursive: true });
  };
  const commit = (name: string) => {
    git('add', '-A');
    git('commit', '-q', '-m', name);
    git('tag', name);
  };
  const changed = (tree: ContentTree) => tree.set('guidelines/S1.yaml', [...claim, 'says'], 'Det här gäller inte.');

  beforeAll(() => {
    repository = mkdtempSync(join(tmpdir(), 'impact-'));
    git('init', '-q');
    writeFileSync(join(repository, 'tom'), '');
    commit('tom');
    put((tree) => tree.files.set('guidelines/S2.yaml', 'id: S2\n'));
    commit('trasig');
    put(() => undefined);
    commit('ett');
    put(changed);
  });
  afterAll(() => rmSync(repository, { recursive: true }));

  test('compares a revision with the working tree', () => {
    const { stdout, status } = run('--from', 'ett');
    expect(stdout).toContain('1 påstående · 1 lektion · 3 frågor · 5 spår');
    expect(status).toBe(0);
  });

  test('gives JSON', () => {
    const { claims, lessons } = JSON.parse(run('--from', 'ett', '--json').stdout);
    expect([claims[0].id, lessons[0].slug]).toEqual(['S1-1-c1', 'tva']);
  });

  test('compares two revisions, whatever the working tree holds', () => {
    expect(run('--from', 'ett', '--to', 'ett').stdout).toContain('Inga påståenden har ändrats.');
  });

  test('names an unknown revision, one without content, and one that is broken', () => {
    for (const [args, words] of [
      [['--from', 'finns-inte'], '--from finns-inte · finns inte i git · ange en gren'],
      [['--from', 'ett', '--to', 'nej'], '--to nej · finns inte i git'],
      [['--from', '--version'], '--from · saknar värde'],
      [['--from', 'tom'], '--from tom · hade ingen mapp innehåll'],
      [['--from', 'trasig'], '--from trasig: guidelines/S2.yaml · title'],
      [[], '--from · saknas'],
    ] as const) {
      const { stdout, status } = run(...args);
      expect(stdout).toContain(words);
      expect(status).toBe(1);
    }
  });
});
