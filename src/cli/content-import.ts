import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { ContentError } from '#content/read-yaml.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import { importReport } from '#editors/tools/import/import-report.ts';
import { planImport } from '#editors/tools/import/plan-import.ts';
import { mistakeLines, readOptions } from '#editors/tools/options.ts';
import { writeFiles } from '#editors/tools/write-whole.ts';

/** `npm run content:import -- <file> [--id S6] [--title "…"] [--edition 2026-01-31] [--dry-run]`. See docs/how-to/import-guideline.md. */
const options = readOptions(process.argv.slice(2), ['id', 'title', 'edition', 'content'], ['dry-run']);
const dir = resolve(options.values['content'] ?? 'content');
const [file] = options.words;
const bytes = file !== undefined && existsSync(file) ? readFileSync(file) : undefined;

try {
  const planned = await planImport({ options, bytes, dir, today: dateOf(new Date()) });
  if (planned.ok) {
    if (!options.flags.has('dry-run')) writeFiles(dir, planned.plan.files);
    console.log(importReport(planned.plan, relative(process.cwd(), dir), options.flags.has('dry-run')));
  } else fail(mistakeLines(planned.mistakes));
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  fail(mistakeLines(error.mistakes));
}

function fail(lines: string): void {
  console.log(`${lines}\nIngenting har skrivits.`);
  process.exitCode = 1;
}
