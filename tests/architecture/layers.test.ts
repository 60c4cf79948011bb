import { describe, expect, test } from 'vitest';
import { papers } from './papers.ts';
import { type Import, imports } from './source-files.ts';

/** Not drawn: everybody may use them, and they use nobody but one another. */
const foundations = ['domain', 'i18n', 'paths.ts'];

const picture = /```mermaid\n([\s\S]*?)```/.exec(papers.find(({ path }) => path === 'docs/design.md')?.text ?? '')?.[1];

/** `domain`, `usecases` …; a file that lies in src itself is drawn by its name. */
function layerOf(path: string): string {
  const [, first = ''] = path.split('/');
  return first;
}

interface Picture {
  /** The box that a layer stands in. */
  readonly boxes: ReadonlyMap<string, string>;
  readonly arrows: ReadonlySet<string>;
}

/** Reads `a["pages, components"] --> b["usecases"]`, a line for each arrow; the text in a box names its layers. */
function readPicture(mermaid: string): Picture {
  const named = [...mermaid.matchAll(/(\w+)\["([^"]+)"\]/g)];
  const boxes = new Map(
    named.flatMap(([, box = '', layers = '']) => layers.split(', ').map((layer) => [layer, box] as const)),
  );
  const arrows = [...mermaid.matchAll(/^\s*(\w+)(?:\["[^"]+"\])? --(?: [^-]+ --)?> (\w+)/gm)];
  return { boxes, arrows: new Set(arrows.map(([, from, to]) => `${from} --> ${to}`)) };
}

/** What the picture leaves out, and what it draws and is not so. */
function differences(mermaid: string, all: readonly Import[]): string[] {
  const { boxes, arrows } = readPicture(mermaid);
  const missing = new Set<string>();
  const used = new Set<string>();
  for (const { from, target, typeOnly } of all) {
    const [source, goal] = [layerOf(from.path), layerOf(target)];
    if (!target.startsWith('src/') || typeOnly || source === goal || foundations.includes(goal)) continue;
    const [start, end] = [boxes.get(source), boxes.get(goal)];
    const arrow = `${start} --> ${end}`;
    if (start === end && start) continue;
    used.add(arrow);
    if (!start || !end || !arrows.has(arrow)) {
      missing.add(`${from.path} imports ${target}: do without, or draw ${source} --> ${goal} in docs/design.md`);
    }
  }
  const gone = [...arrows].filter((arrow) => !used.has(arrow)).map((arrow) => `nothing does ${arrow} any more`);
  return [...missing, ...gone];
}

describe('the picture of the layers in docs/design.md', () => {
  test('is what the imports say', () => {
    expect(picture).toBeDefined();
    expect(readPicture(picture ?? '').arrows.size).toBeGreaterThan(10);
    expect(differences(picture ?? '', imports)).toEqual([]);
  });

  test('has no circle', () => {
    const { arrows } = readPicture(picture ?? '');
    let left = [...arrows].map((arrow) => arrow.split(' --> '));
    for (let before = -1; before !== left.length; ) {
      before = left.length;
      const leading = new Set(left.map(([from]) => from));
      left = left.filter(([, to]) => leading.has(to ?? ''));
    }
    expect(left).toEqual([]);
  });

  test('differs when an arrow is missing, or is drawn and not there', () => {
    const file = { path: 'src/pages/x.ts', text: '', script: '', template: '' };
    const one = { from: file, specifier: '', target: 'src/usecases/y.ts', typeOnly: false };
    const boxes = 'web["pages"] --> verbs["usecases"]';
    expect(differences(boxes, [one])).toEqual([]);
    expect(differences('verbs["usecases"] --> web["pages"]', [one])).toEqual([
      expect.stringContaining('draw pages --> usecases'),
      'nothing does verbs --> web any more',
    ]);
    expect(differences(boxes, [{ ...one, target: 'src/new/y.ts' }])[0]).toContain('draw pages --> new');
    expect(differences(boxes, [one, { ...one, typeOnly: true, target: 'src/new/y.ts' }])).toEqual([]);
  });
});
