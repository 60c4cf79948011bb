import { existsSync, readdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { lessonsFolder } from '#content/files.ts';
import { mistakeLines, readOptions } from '#editors/tools/options.ts';
import { newOptions, planNew } from '#editors/tools/plan-new.ts';
import { writeFolder } from '#editors/tools/write-whole.ts';

/** `npm run content:new -- scenario <name> --lesson <lesson>` or `-- lesson <name>`. See docs/how-to/add-content.md. */
const options = readOptions(process.argv.slice(2), newOptions);
const dir = resolve(options.values['content'] ?? 'content');
const foldersIn = (folder: string) => (existsSync(resolve(dir, folder)) ? readdirSync(resolve(dir, folder)) : []);
const planned = planNew(options, {
  lessons: foldersIn(lessonsFolder),
  scenarios: foldersIn('courses/sekretess/scenarios'),
});

if (planned.ok) {
  const { folder, files } = planned.plan;
  writeFolder(dir, folder, files);
  console.log([...files.keys()].map((name) => `${relative(process.cwd(), dir)}/${folder}/${name}`).join('\n'));
  console.log('Fyll i fälten. npm run content:check säger vad som är kvar.');
} else {
  console.log(mistakeLines(planned.mistakes));
  process.exitCode = 1;
}
