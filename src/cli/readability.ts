import { resolve } from 'node:path';
import { plainnessOf, plainTexts } from '#editors/check/plain-swedish.ts';
import { readContent } from '#editors/check/read-content.ts';
import { notPlain } from '#editors/check/readability.ts';

/** `npm run content:readability [-- name …]`: how easy each text in plain Swedish is; a name picks lessons and scenarios. */
const names = process.argv.slice(2);
const read = readContent(resolve('content'));
if (!read.ok) {
  for (const { file, field, problem, remedy } of read.mistakes)
    console.log(`${file}: ${field}: ${problem} – ${remedy}`);
  process.exit(1);
}
const { content } = read;
const scenarios = [...content.course.scenarios.keys()].filter((id) => content.course.texts.get(id)?.['sv-simple']);
const texts = [...plainTexts(content), ...(names.length > 0 ? scenarios.map((id) => plainnessOf(content, id)) : [])];
for (const { file, field, ...measured } of texts) {
  if (names.length > 0 && !names.some((name) => file.includes(`/${name}/`))) continue;
  const { lix, sentence, short, words } = measured;
  const figures = `LIX ${lix.toFixed(1)}  ${sentence.toFixed(1)} ord/mening  ${Math.round(short * 100)} % korta  ${words} ord`;
  console.log(`${figures}  ${file} ${field}${notPlain(measured).length > 0 ? '  ← inte lätt' : ''}`);
}
