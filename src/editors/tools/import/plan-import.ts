import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type GuidelineFile, guidelineFile, readGuidelineDocuments, sourceIds } from '#content/guidelines.ts';
import { type ContentMistake, readYaml } from '#content/read-yaml.ts';
import { parseCalendarDate } from '#domain/kernel/calendar.ts';
import type { CommandMistake, Options } from '#editors/tools/options.ts';
import type { ImportedSection } from './document.ts';
import { lessonDrafts } from './lesson-drafts.ts';
import { type ExistingGuideline, type MergedEdition, mergeEdition } from './merge-edition.ts';
import { readGuideline } from './read-guideline.ts';

export interface ImportPlan {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly ImportedSection[];
  readonly merged: MergedEdition;
  readonly isNew: boolean;
  /** Texts by their paths below the content folder; the guideline's file stands last. */
  readonly files: ReadonlyMap<string, string>;
}

export type PlannedImport =
  | { readonly ok: true; readonly plan: ImportPlan }
  | { readonly ok: false; readonly mistakes: readonly (CommandMistake | ContentMistake)[] };

interface Request {
  readonly options: Options;
  /** What the file holds; undefined if there is none. */
  readonly bytes: Buffer | undefined;
  /** The content folder. It is read only. */
  readonly dir: string;
  readonly today: string;
}

/** What an import is to write, or everything that is wrong with the file and the command. @throws ContentError */
export async function planImport({ options, bytes, dir, today }: Request): Promise<PlannedImport> {
  const [file = '', ...more] = options.words;
  const mistakes: (CommandMistake | ContentMistake)[] = [...options.mistakes, ...wrongValues(options.values)];
  if (file === '')
    mistakes.push({ field: 'fil', problem: 'saknas', remedy: 'skriv sökvägen till en .docx eller .txt' });
  else if (!bytes) mistakes.push({ field: file, problem: 'finns inte', remedy: 'rätta sökvägen' });
  if (more.length > 0)
    mistakes.push({ field: more.join(' '), problem: 'ord för mycket', remedy: 'ange en fil i taget' });
  const read = bytes ? await readGuideline(file, bytes) : undefined;
  if (read && !read.ok) mistakes.push(...read.mistakes);
  if (mistakes.length > 0 || !read?.ok) return { ok: false, mistakes };

  const imported = importedSources(dir);
  const title = options.values['title'] ?? read.title;
  const id =
    options.values['id'] ?? imported.find((source) => isEditionOf(source, title, read.sections))?.id ?? nextId(dir);
  const existing = existingGuideline(dir, id);
  const merged = mergeEdition(existing, {
    id,
    // An editor may have given it a better title.
    title: options.values['title'] ?? existing?.file.title ?? title,
    date: options.values['edition'] ?? read.date,
    today,
    sections: read.sections,
  });
  return { ok: true, plan: planOf({ id, title, sections: read.sections, merged, existing, dir }) };
}

function planOf({
  existing,
  dir,
  ...plan
}: Omit<ImportPlan, 'files' | 'isNew'> & { existing: ExistingGuideline | undefined; dir: string }): ImportPlan {
  const files = new Map<string, string>();
  const added = plan.merged.added.flatMap((id) => {
    const number = id.replace(/^S\d+-/, '').replace(/-ny\d*$/, '');
    const section = plan.sections.find((candidate) => candidate.number === number);
    return section ? [{ ...section, id }] : [];
  });
  for (const draft of lessonDrafts(plan.id, added)) {
    if (!existsSync(resolve(dir, draft.file))) files.set(draft.file, draft.text);
  }
  if (plan.merged.yaml !== existing?.yaml) files.set(guidelinePath(plan.id), plan.merged.yaml);
  return { ...plan, isNew: existing === undefined, files };
}

function wrongValues({ id, edition }: Options['values']): CommandMistake[] {
  const mistakes: CommandMistake[] = [];
  if (id !== undefined && !/^S[1-9]\d*$/.test(id)) {
    mistakes.push({
      field: '--id',
      problem: `${id} kan inte vara ett id`,
      remedy: 'skriv S och ett nummer, till exempel S6',
    });
  }
  if (edition !== undefined && !parseCalendarDate(edition)) {
    mistakes.push({ field: '--edition', problem: `${edition} är inget datum`, remedy: 'skriv det som 2026-01-31' });
  }
  return mistakes;
}

function guidelinePath(id: string): string {
  return `guidelines/${id}.yaml`;
}

/** Guidelines that an earlier import wrote: the five sources have their own titles and are found by their ids alone. */
function importedSources(dir: string): readonly GuidelineFile[] {
  if (!existsSync(resolve(dir, guidelinePath(sourceIds[0])))) return [];
  return readGuidelineDocuments(dir).sources.filter(({ sections }) => sections.some(({ imported }) => imported));
}

/** The same title, or half of the headings: a new edition may be called something else, and so may the file. */
function isEditionOf(source: GuidelineFile, title: string, sections: readonly ImportedSection[]): boolean {
  const headings = new Set(source.sections.flatMap(({ imported }) => imported?.heading.toLowerCase() ?? []));
  const shared = sections.filter(({ heading }) => headings.has(heading.toLowerCase())).length;
  return source.title === title || shared * 2 >= Math.max(sections.length, headings.size);
}

function nextId(dir: string): string {
  let number = sourceIds.length + 1;
  while (existsSync(resolve(dir, guidelinePath(`S${number}`)))) number++;
  return `S${number}`;
}

function existingGuideline(dir: string, id: string): ExistingGuideline | undefined {
  const path = guidelinePath(id);
  if (!existsSync(resolve(dir, path))) return undefined;
  return { yaml: readFileSync(resolve(dir, path), 'utf8'), file: readYaml(path, guidelineFile, dir) };
}
