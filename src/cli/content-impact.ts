import { relative, resolve } from 'node:path';
import { ContentError } from '#content/read-yaml.ts';
import { atRevision, folderInGit, GitStateError } from '#editors/tools/git-state.ts';
import { mistakeLines, readOptions } from '#editors/tools/options.ts';

/** `npm run content:impact -- --from <revision> [--to <revision>] [--json]`. See docs/how-to/guideline-changed.md. */
const { words, values, flags, mistakes } = readOptions(process.argv.slice(2), ['from', 'to', 'content'], ['json']);
const dir = resolve(values['content'] ?? 'content');
const { from, to } = values;

const wrong = [
  ...mistakes,
  ...words.map((word) => ({ field: word, problem: 'ord för mycket', remedy: 'skriv --from framför versionen' })),
  ...(from
    ? []
    : [{ field: '--from', problem: 'saknas', remedy: 'ange versionen före ändringen, till exempel HEAD~1' }]),
];

try {
  if (wrong.length > 0 || from === undefined) fail(mistakeLines(wrong));
  else await print(from);
} catch (error) {
  if (error instanceof GitStateError) fail(mistakeLines([error.mistake]));
  else if (error instanceof ContentError) fail(mistakeLines(error.mistakes));
  else throw error;
}

async function print(first: string): Promise<void> {
  // Loaded here, not above: the municipality's file is read as its module loads, and may be what is broken.
  const { readGuidelineDocuments } = await import('#content/guidelines.ts');
  const { readContent } = await import('#editors/check/read-content.ts');
  const { impactOf } = await import('#editors/tools/impact.ts');
  const { impactReport } = await import('#editors/tools/impact-report.ts');
  const at = <T>(option: string, revision: string, read: (state: string) => T): T =>
    atRevision({ revision, option, folder: folderInGit(dir), cwd: dir }, (state) =>
      named(`${option} ${revision}`, () => read(state)),
    );
  const readState = (state: string) => {
    const read = readContent(state);
    if (!read.ok) throw new ContentError(read.mistakes);
    return { after: readGuidelineDocuments(state), content: read.content };
  };
  const before = at('--from', first, readGuidelineDocuments);
  const { after, content } = to === undefined ? readState(dir) : at('--to', to, readState);
  const impact = impactOf(before, after, content);
  console.log(flags.has('json') ? JSON.stringify(impact, null, 2) : impactReport(impact, relative(process.cwd(), dir)));
}

/** What is broken at another time says so. */
function named<T>(state: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    throw new ContentError(error.mistakes.map((mistake) => ({ ...mistake, file: `${state}: ${mistake.file}` })));
  }
}

function fail(lines: string): void {
  console.log(lines);
  process.exitCode = 1;
}
