import { mkdirSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { ContentError } from '#content/read-yaml.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import { mistakeLines, readOptions } from '#editors/tools/options.ts';
import { writeFiles } from '#editors/tools/write-whole.ts';

/** `npm run content:coverage [-- page.html]`: the guidelines against the course. See docs/how-to/read-coverage.md. */
const { words, values, mistakes } = readOptions(process.argv.slice(2), ['content']);
const dir = resolve(values['content'] ?? 'content');
const page = resolve(words[0] ?? 'coverage/riktlinjer.html');
const surplus = words
  .slice(1)
  .map((word) => ({ field: word, problem: 'ord för mycket', remedy: 'ange bara var sidan ska skrivas' }));

try {
  if (mistakes.length + surplus.length > 0) fail(mistakeLines([...mistakes, ...surplus]));
  else await write();
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  fail(mistakeLines(error.mistakes));
}

async function write(): Promise<void> {
  // Loaded here, not above: the municipality's file is read as its module loads, and may be what is broken.
  const { readGuidelineDocuments } = await import('#content/guidelines.ts');
  const { readContent } = await import('#editors/check/read-content.ts');
  const { coverageReport } = await import('#editors/tools/coverage-rows.ts');
  const { coveragePage } = await import('#editors/tools/coverage-page.ts');
  const { coverageLines } = await import('#editors/tools/coverage-lines.ts');
  const read = readContent(dir);
  if (!read.ok) return fail(mistakeLines(read.mistakes));
  const report = coverageReport(read.content, readGuidelineDocuments(dir));
  mkdirSync(dirname(page), { recursive: true });
  writeFiles(dirname(page), new Map([[basename(page), coveragePage(report, dateOf(new Date()))]]));
  console.log([...coverageLines(report), `Skrivet: ${relative(process.cwd(), page)}`].join('\n'));
  if (report.totals.gaps > 0) process.exitCode = 1;
}

function fail(lines: string): void {
  console.log(lines);
  process.exitCode = 1;
}
