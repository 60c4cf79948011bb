import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Language } from '#domain/kernel/language.ts';
import { ContentError, type ContentMistake, contentDir } from './read-yaml.ts';

/** Ways of asking: a folder for each language, plain Swedish shares the Swedish. Text, since thousands of lines of YAML take long to read. */
export const askedFolder = 'asked';

export interface WayOfAsking {
  /** The answer (content/answers.yaml) that it asks for. */
  readonly id: string;
  readonly text: string;
  /** Below the content folder, with the line. */
  readonly file: string;
  readonly line: number;
}

const heading = /^\[([a-z0-9-]+)\]$/;
/** As people write, without capitals and marks. */
const written = /^[\p{Ll}\p{N}]+(?: [\p{Ll}\p{N}]+)*$/u;

/** @throws ContentError */
export function loadWaysOfAsking(language: Language, dir = contentDir): readonly WayOfAsking[] {
  const folder = `${askedFolder}/${language === 'en' ? 'en' : 'sv'}`;
  if (!existsSync(resolve(dir, folder))) return [];
  const files = readdirSync(resolve(dir, folder))
    .filter((name) => name.endsWith('.txt'))
    .sort();
  const read = files.map((name) => readWays(`${folder}/${name}`, readFileSync(resolve(dir, folder, name), 'utf8')));
  const mistakes = read.flatMap((one) => one.mistakes);
  if (mistakes.length > 0) throw new ContentError(mistakes);
  return read.flatMap(({ ways }) => ways);
}

/** An answer’s id in brackets, then a line for each way of asking for it. Empty lines and what begins with # are for the editor. */
function readWays(file: string, text: string): { ways: WayOfAsking[]; mistakes: ContentMistake[] } {
  const ways: WayOfAsking[] = [];
  const mistakes: ContentMistake[] = [];
  let id: string | undefined;
  for (const [place, row] of text.split('\n').entries()) {
    const line = place + 1;
    const words = row.trim();
    if (words === '' || words.startsWith('#')) continue;
    const found = heading.exec(words)?.[1];
    const mistake = (problem: string, remedy: string) => mistakes.push({ file, field: `rad ${line}`, problem, remedy });
    if (found) id = found;
    else if (id === undefined)
      mistake('frågan står inte under något råd', 'skriv rådets namn inom [ ] på en rad ovanför');
    else if (!written.test(words))
      mistake(`”${words}” har versaler eller skiljetecken`, 'skriv små bokstäver, siffror och blanksteg');
    else ways.push({ id, text: words, file, line });
  }
  return { ways, mistakes };
}
