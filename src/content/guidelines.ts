import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { ClaimId } from '#domain/course/scenario.ts';
import { parseCalendarDate } from '#domain/kernel/calendar.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { ContentError, collectingMistakes, contentDir, readYaml } from './read-yaml.ts';

/** The sources that the course was written from. A municipality's own guideline is imported beside them: S6 and on. */
export const sourceIds = ['S1', 'S2', 'S3', 'S4', 'S5'] as const;

export type ClaimStatus = 'holds' | 'nuanced' | 'outdated' | 'wrong' | 'local' | 'outside';

export interface Claim {
  readonly id: ClaimId;
  /** `S1` … `S5`, or `L` for what no source says and a legal note adds. */
  readonly source: string;
  readonly sourceTitle: string;
  readonly heading: string;
  readonly status: ClaimStatus;
  readonly statutes: readonly string[];
  readonly notes: readonly string[];
}

export interface Guidelines {
  readonly claims: ReadonlyMap<ClaimId, Claim>;
  readonly editions: Readonly<Record<string, CalendarDate>>;
}

export const calendarDate = z.string().transform((text, context) => {
  const date = parseCalendarDate(text);
  if (!date) context.addIssue({ code: 'custom', message: 'inget datum på formen 2026-02-12' });
  return date as CalendarDate;
});

const section = z.strictObject({
  id: z.string(),
  heading: z.string(),
  /** Written by content:import: where the section stood in the document, and what its text was. Editors leave it alone. */
  imported: z.strictObject({ number: z.string(), heading: z.string(), hash: z.string() }).optional(),
  /** The document's own wording, to write claims from. Never shown. */
  text: z.string().optional(),
  /** Its wording in the edition before, until an editor has looked at what changed. */
  earlier: z.string().optional(),
  /** The last import found the section new or changed. An editor takes it away when the claims agree again. */
  changed: z.literal(true).optional(),
  /** The last import did not find the section. */
  gone: z.literal(true).optional(),
  claims: z.array(
    z.strictObject({
      id: z.string(),
      says: z.string(),
      status: z.enum(['holds', 'nuanced', 'outdated', 'wrong', 'local', 'outside']),
      statutes: z.array(z.string()).default([]),
      notes: z.array(z.string()).default([]),
    }),
  ),
});

export const guidelineFile = z.strictObject({
  id: z.string().regex(/^S[1-9]\d*$/, 'inget id på formen S6'),
  title: z.string(),
  edition: calendarDate,
  sections: z.array(section),
});

/** A source document as its file has it. */
export type GuidelineFile = z.output<typeof guidelineFile>;
export type GuidelineSection = GuidelineFile['sections'][number];

const notesFile = z.strictObject({
  id: z.literal('L'),
  title: z.string(),
  edition: calendarDate,
  claims: z.array(
    z.strictObject({
      id: z.string(),
      heading: z.string(),
      /** The wording that the course teaches. A note without it is left out of the course. */
      taught: z.string().optional(),
      /** To editors and jurists: what to leave out, what is the course's own rule. Never shown. */
      remark: z.string().optional(),
      statutes: z.array(z.string()).default([]),
    }),
  ),
});

/** The legal notes as their file has them. */
export type NotesFile = z.output<typeof notesFile>;

/** Every document in the folder guidelines, with the words of its claims: for editors' tools. */
export interface GuidelineDocuments {
  /** S1–S5, then those imported, in the order of their numbers. */
  readonly sources: readonly GuidelineFile[];
  readonly notes: NotesFile;
}

/** Reads every source document and the legal notes. @throws ContentError with the mistakes of all files */
export function readGuidelineDocuments(dir = contentDir): GuidelineDocuments {
  const { mistakes, reading } = collectingMistakes();
  const sources = sourcesIn(dir).flatMap((id) => reading(() => readSource(id, dir)) ?? []);
  const notes = reading(() => readYaml('guidelines/notes.yaml', notesFile, dir));
  if (!notes || mistakes.length > 0) throw new ContentError(mistakes);
  return { sources, notes };
}

/** The five sources, whether their files are there or not, and every file named as one. */
function sourcesIn(dir: string): string[] {
  const folder = resolve(dir, 'guidelines');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const found = files.flatMap((name) => /^(S[1-9]\d*)\.yaml$/.exec(name)?.[1] ?? []);
  return [...new Set([...sourceIds, ...found])].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

function readSource(id: string, dir: string): GuidelineFile {
  const file = `guidelines/${id}.yaml`;
  const source = readYaml(file, guidelineFile, dir);
  if (source.id === id) return source;
  throw new ContentError([{ file, field: 'id', problem: `är ${source.id}`, remedy: `skriv ${id}, som filen heter` }]);
}

/** Reads every source document's sections and claims, and the legal notes. @throws ContentError */
export function loadGuidelines(dir = contentDir): Guidelines {
  const claims = new Map<ClaimId, Claim>();
  const add = (file: string, claim: Claim) => {
    if (claims.has(claim.id)) {
      throw new ContentError([
        { file, field: claim.id, problem: 'id:t finns två gånger', remedy: 'ge ett av dem ett nytt id' },
      ]);
    }
    claims.set(claim.id, claim);
  };
  const { sources, notes } = readGuidelineDocuments(dir);
  const editions: Record<string, CalendarDate> = {};
  for (const source of sources) {
    editions[source.id] = source.edition;
    for (const { heading, claims: ofSection } of source.sections) {
      for (const { says: _sourceWording, ...claim } of ofSection) {
        add(`guidelines/${source.id}.yaml`, { ...claim, source: source.id, sourceTitle: source.title, heading });
      }
    }
  }
  editions['L'] = notes.edition;
  for (const note of notes.claims) {
    add('guidelines/notes.yaml', {
      id: note.id,
      source: 'L',
      sourceTitle: notes.title,
      heading: note.heading,
      status: note.taught === undefined ? 'outside' : 'holds',
      statutes: note.statutes,
      notes: [],
    });
  }
  return { claims, editions };
}
