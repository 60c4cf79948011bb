import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import {
  hashOfSource,
  loadTranslationHashes,
  outdatedTranslations,
  translationsFile,
  translationsIn,
} from '#content/translations.ts';

/**
 * `npm run content:translated -- <file …>`: says that these translations follow the Swedish text as it is now. Without
 * files it lists those that do not; `--all` takes all of them.
 */
const dir = resolve('content');
const named = process.argv.slice(2).map((file) => file.replace(/^content\//, ''));
const all = translationsIn(dir).filter(({ exists, source }) => exists && existsSync(resolve(dir, source)));
const outdated = outdatedTranslations(dir);

if (named.length === 0) {
  for (const { file, source } of outdated) console.log(`content/${file} följer inte content/${source}`);
  console.log(`${outdated.length} av ${all.length} översättningar är äldre än den svenska texten.`);
  if (outdated.length > 0) console.log('Läs om dem. Sedan: npm run content:translated -- <fil …>, eller --all.');
} else {
  const unknown = named.filter((file) => file !== '--all' && !all.some((translation) => translation.file === file));
  if (unknown.length > 0) {
    for (const file of unknown)
      console.error(
        `content/${file} är ingen översättning. Ange till exempel content/courses/sekretess/lessons/i-vardagen/en.mdx.`,
      );
    process.exit(1);
  }
  const taken = all.filter(({ file }) => named.includes('--all') || named.includes(file));
  const hashes = {
    ...loadTranslationHashes(dir),
    ...Object.fromEntries(taken.map(({ file, source }) => [file, hashOfSource(dir, source)])),
  };
  const known = Object.entries(hashes).filter(([file]) => all.some((translation) => translation.file === file));
  const head = '# Which Swedish text each translation was made from. Written by npm run content:translated.\n';
  writeFileSync(
    resolve(dir, translationsFile),
    head + stringify(Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)))),
  );
  console.log(`${taken.length} översättningar följer nu den svenska texten.`);
}
