import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentTree } from './small-content.ts';

/** Runs an editor's command as npm would. */
export function runCommand(name: string, ...args: readonly string[]): { stdout: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [`src/cli/content-${name}.ts`, ...args], {
    encoding: 'utf8',
  });
  return { stdout: stdout + stderr, status };
}

/** Every file below a folder, with its text: to see that nothing was left behind. */
export function snapshot(dir: string): ReadonlyMap<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  return new Map(
    entries.map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(dir.length + 1), entry.isFile() ? readFileSync(path, 'utf8') : 'folder'];
    }),
  );
}

/** What the content must have besides what the small content was made with, as small as can be. */
export function withAllFiles(tree: ContentTree): void {
  const course = 'courses/sekretess/course.yaml';
  const blueprint = [{ themes: ['basics'], count: 1 }];
  const track = { required: ['tva'], blueprint, validity: { kind: 'months', months: 12 }, atMostMinutes: 12 };
  if (!tree.files.get(course)?.includes('unit-manager')) tree.set(course, ['tracks', 'unit-manager'], track);
  const words = { sv: 'Ja', 'sv-simple': 'Ja', en: 'Yes' };
  const inLanguages = <T>(text: T) => ({ sv: text, 'sv-simple': text, en: text });
  const path = {
    start: 'fara',
    nodes: {
      fara: {
        claims: ['S2-1-c1'],
        ...inLanguages({ question: 'Är det fara?', help: 'Just nu.' }),
        answers: ['ja', 'nej'].map((id) => ({ id, to: 'ring', ...words })),
      },
    },
    ends: {
      ring: {
        claims: ['S1-1-c1'],
        verdict: 'act',
        ...inLanguages({ title: 'Ring', text: 'Ring 112.', say: 'Hjälp!' }),
      },
    },
  };
  tree.files.set('decision-path.yaml', JSON.stringify(path));
  const answer = {
    lesson: 'tva',
    claims: ['S1-1-c1'],
    ...inLanguages('Ring din chef.'),
    asked: { sv: ['ringa'], en: ['ring'] },
  };
  tree.files.set('answers.yaml', JSON.stringify({ svara: answer }));
}
