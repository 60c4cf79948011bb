import { z } from 'zod';
import { parseCalendarDate } from '#domain/calendar.ts';
import type { CalendarDate } from '#domain/ids.ts';
import type { ClaimId } from '#domain/scenario.ts';
import { ContentError, contentDir, readYaml } from './read-yaml.ts';

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

const guidelineFile = z.strictObject({
  id: z.enum(sourceIds),
  title: z.string(),
  edition: calendarDate,
  sections: z.array(
    z.strictObject({
      id: z.string(),
      heading: z.string(),
      claims: z.array(
        z.strictObject({
          id: z.string(),
          says: z.string(),
          status: z.enum(['holds', 'nuanced', 'outdated', 'wrong', 'local', 'outside']),
          statutes: z.array(z.string()).default([]),
          notes: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

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
  const editions: Record<string, CalendarDate> = {};
  for (const source of sourceIds) {
    const file = readYaml(`guidelines/${source}.yaml`, guidelineFile, dir);
    editions[source] = file.edition;
    for (const section of file.sections) {
      for (const { says: _sourceWording, ...claim } of section.claims) {
        add(`guidelines/${source}.yaml`, { ...claim, source, sourceTitle: file.title, heading: section.heading });
      }
    }
  }
  const notes = readYaml('guidelines/notes.yaml', notesFile, dir);
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
