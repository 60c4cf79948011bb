import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readGuidelineDocuments } from '#content/guidelines.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { readContent } from '#editors/check/read-content.ts';
import { coveragePage } from '#editors/tools/coverage-page.ts';
import { coverageReport } from '#editors/tools/coverage-rows.ts';
import { runCommand, withAllFiles } from './editor-commands.ts';
import { type ContentTree, writeTree } from './small-content.ts';

/** The small content teaches and tests S2 and S4 whole, and nothing of the others. */
function report(plant: (tree: ContentTree) => void = () => undefined) {
  return inFolder(plant, (dir) => {
    const read = readContent(dir);
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    return coverageReport(read.content, readGuidelineDocuments(dir));
  });
}

function inFolder<T>(plant: (tree: ContentTree) => void, use: (dir: string) => T): T {
  const dir = writeTree((tree) => {
    withAllFiles(tree);
    plant(tree);
  });
  try {
    return use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const claimIn = (found: ReturnType<typeof report>, id: string) =>
  found.sources.flatMap(({ sections }) => sections.flatMap(({ claims }) => claims)).find((claim) => claim.id === id);
const page = (found: ReturnType<typeof report>) => coveragePage(found, '2026-03-01' as CalendarDate);

const leaveOut = (tree: ContentTree, claim: string, ...parts: readonly string[]) =>
  tree.set(
    'guidelines/left-out.yaml',
    [],
    parts.map((part) => ({ claim, part, reason: 'Gäller bara <chefer> & jurister.', note: 'L06' })),
  );

describe('a claim', () => {
  test('has the lessons that teach it and the items that test it, practice apart from exam', () => {
    const claim = claimIn(report(), 'S2-1-c1');
    expect(claim).toMatchObject({ status: 'holds', wording: 'Det här gäller.', lessons: ['ett'], gaps: [] });
    expect(claim?.practice).toContain('ovning-samtal');
    expect(claim?.exam).toContain('prov-0');
    expect(claim?.exam.filter((id) => !id.startsWith('prov'))).toEqual([]);
  });

  test('that is nowhere has a gap in both', () => {
    expect(claimIn(report(), 'S1-1-c1')?.gaps).toEqual(['taught', 'tested']);
  });

  test('that is left out in one part keeps its gap in the other', () => {
    const claim = claimIn(
      report((tree) => leaveOut(tree, 'S1-1-c1', 'taught')),
      'S1-1-c1',
    );
    expect([claim?.gaps, claim?.leftOut.length]).toEqual([['tested'], 1]);
  });

  test('outside the course needs a reason too', () => {
    expect(claimIn(report(), 'S5-1-c3')?.gaps).toEqual(['taught', 'tested']);
    expect(
      claimIn(
        report((tree) => leaveOut(tree, 'S5-1-c3', 'taught', 'tested')),
        'S5-1-c3',
      )?.gaps,
    ).toEqual([]);
  });
});

test('a legal note stands beside the sources; one that the course leaves out is its own reason', () => {
  const found = report();
  expect(claimIn(found, 'L06')).toMatchObject({ wording: 'Så här är det.', lessons: ['ett'], gaps: [] });
  expect(claimIn(found, 'L32')).toMatchObject({ wording: 'Utelämnas.', isOwnReason: true, gaps: [] });
});

test('the totals are those of the claims', () => {
  const { sources, totals } = report((tree) => leaveOut(tree, 'S1-1-c1', 'taught', 'tested'));
  expect(sources.map(({ id, totals: { claims, gaps } }) => [id, claims, gaps])).toEqual([
    ['S1', 2, 1],
    ['S2', 2, 0],
    ['S3', 2, 2],
    ['S4', 2, 0],
    ['S5', 3, 3],
    ['L', 2, 0],
  ]);
  expect(totals).toEqual({ claims: 13, taught: 5, tested: 5, leftOut: 2, gaps: 6 });
});

describe('the page', () => {
  const html = page(report((tree) => leaveOut(tree, 'S1-1-c1', 'taught', 'tested')));

  test('has every section and claim', () => {
    for (const words of ['S1 Källa S1', 'S1-1 Avsnitt', 'S5-1-c3', 'L32', 'Så här är det.', 'Övas', 'Provfrågor']) {
      expect(html).toContain(words);
    }
  });

  test('says gaps and reasons in words', () => {
    expect(html).toContain('6 av 13 påståenden har en lucka.');
    expect(html.match(/Lucka: lärs inte ut\./g)).toHaveLength(6);
    expect(html).toContain('Prövas inte: Gäller bara &#60;chefer&#62; &#38; jurister. (<a href="#L06">L06</a>)');
  });

  test('escapes what editors write, and holds no script', () => {
    const planted = page(
      report((tree) => tree.set('guidelines/S1.yaml', ['sections', 0, 'heading'], '<script>alert("x")</script>')),
    );
    expect(planted).not.toMatch(/<script|\son\w+=|style="/);
    expect(planted).toContain('&#60;script&#62;');
  });

  test('is one that a screen reader can walk: language, one h1, headings in order, tables with names and headers', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="sv">/);
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, place) => level - (levels[place - 1] ?? 0) <= 1)).toBe(true);
    expect(html.match(/<caption>/g)?.length).toBe(html.match(/<table>/g)?.length);
    expect(html).not.toMatch(/<tr[^>]*><td/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('says what an import left to do', () => {
    const imported = { number: '1', heading: 'Avsnitt', hash: 'x' };
    const sections = [
      { id: 'S6-1', heading: 'Nytt', imported, text: 'Text.', changed: true, claims: [] },
      { id: 'S6-2', heading: 'Borta', imported, text: 'Text.', gone: true, claims: [] },
    ];
    const file = JSON.stringify({ id: 'S6', title: 'Vår riktlinje', edition: '2026-03-01', sections });
    const text = page(report((tree) => tree.files.set('guidelines/S6.yaml', file)));
    expect(text).toMatch(/S6-1 Nytt<\/h3>\n<p class="mark">Ändrat .*\n<p class="mark">Texten är inläst/);
    expect(text).toMatch(/S6-2 Borta<\/h3>\n<p class="mark">Finns inte längre/);
  });
});

// Starting Node takes its time where many tests run beside each other.
describe('npm run content:coverage', { timeout: 30_000 }, () => {
  test('writes the page, says where, and fails while there are gaps', () => {
    inFolder(
      () => undefined,
      (dir) => {
        const file = join(dir, 'ny-mapp/sida.html');
        const { stdout, status } = runCommand('coverage', file, '--content', dir);
        expect(stdout).toContain('  S1-1-c1 lärs inte ut och prövas inte');
        expect(stdout).toMatch(
          /Tillsammans +13 påståenden: 5 lärs ut, 5 prövas, 1 utelämnas helt eller delvis, 7 med lucka/,
        );
        expect(stdout).toMatch(/Skrivet: .*ny-mapp\/sida\.html/);
        expect(readFileSync(file, 'utf8')).toContain('</html>');
        expect(status).toBe(1);
      },
    );
  });

  test('succeeds when nothing is left silently', () => {
    inFolder(
      (tree) => {
        const claims = ['S1-1-c1', 'S1-1-c2', 'S3-1-c1', 'S3-1-c2', 'S5-1-c1', 'S5-1-c2', 'S5-1-c3'];
        const entries = claims.flatMap((claim) =>
          ['taught', 'tested'].map((part) => ({ claim, part, reason: 'Hör inte till uppdraget.', note: 'L32' })),
        );
        tree.set('guidelines/left-out.yaml', [], entries);
      },
      (dir) => expect(runCommand('coverage', join(dir, 'x.html'), '--content', dir).status).toBe(0),
    );
  });

  test('names broken content and writes nothing', () => {
    inFolder(
      (tree) => tree.replace('guidelines/S1.yaml', 'holds', 'sant'),
      (dir) => {
        const { stdout, status } = runCommand('coverage', join(dir, 'x.html'), '--content', dir, '--djup');
        expect(stdout).toContain('--djup · är inget val');
        expect(runCommand('coverage', join(dir, 'x.html'), '--content', dir).stdout).toContain(
          'guidelines/S1.yaml · sections.0.claims.0.status',
        );
        expect(status).toBe(1);
        expect(existsSync(join(dir, 'x.html'))).toBe(false);
      },
    );
  });
});
