import type { FileRow } from '#domain/kernel/cells.ts';
import type { CalendarDate, Instant, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Staffing } from '#domain/people/staffing.ts';
import type { ColumnMapping } from './columns.ts';
import type { TextEncoding } from './decode-text.ts';
import type { ChangeKind, ImportChoices } from './plan-import.ts';
import type { Separator } from './separator.ts';

export type ImportId = string & { readonly brand: 'ImportId' };

interface ImportBase {
  readonly id: ImportId;
  /** The administrator whose import it is; nobody else sees it. */
  readonly by: Pseudonym;
  readonly createdAt: Instant;
}

/** A file that has been read and not stored yet: a dry run. Kept for a day at most, since it is full of people. */
export interface OpenImport extends ImportBase {
  readonly state: 'open';
  readonly encoding: TextEncoding;
  readonly separator: Separator;
  readonly columns: readonly string[];
  /** Columns of personal numbers: emptied, and shown as left out. */
  readonly left: readonly number[];
  /** The rows below the headings, without personal numbers. */
  readonly rows: readonly FileRow[];
  readonly mapping: ColumnMapping;
  readonly choices: ImportChoices;
}

/** What one person becomes: all that is needed to do it, or to find that it is done already. */
export interface ImportEntry {
  readonly person: PersonId;
  /** Drawn when it was decided, for somebody who is new. */
  readonly pseudonym?: Pseudonym | undefined;
  /** The staffing record that it was decided on; somebody whose work has been changed since is passed over. */
  readonly basedOn?: Instant | undefined;
  readonly name: string;
  readonly email?: string | undefined;
  readonly employmentNumber: string;
  readonly engagements: Staffing['engagements'];
  readonly leaves: Staffing['leaves'];
  readonly inviteOn?: CalendarDate | undefined;
  /** Somebody who is known gets another address: their sessions end. */
  readonly otherEmail?: true | undefined;
}

/** Decided on: from here on the import is done in whole, after a stop too (the server finishes it before it serves). */
export interface DecidedImport extends ImportBase {
  readonly state: 'decided';
  readonly decidedAt: Instant;
  readonly counts: ImportCounts;
  readonly entries: readonly ImportEntry[];
}

export interface DoneImport extends ImportBase {
  readonly state: 'done';
  readonly counts: ImportCounts;
  /** People whom something else was done with at the same moment, and who therefore are as they were. */
  readonly passedOver: number;
}

export type ImportCounts = Readonly<Record<ChangeKind | 'broken', number>>;

export type StaffImport = OpenImport | DecidedImport | DoneImport;

/** A dry run is of use for a day. One that has been decided on is never too old. */
export const importLifeHours = 24;

/** How the columns of files with the same headings were read the last time. No headings are stored, only their hash. */
export interface ImportLayout {
  /** SHA-256 of `headingsKey`. */
  readonly headings: string;
  readonly mapping: ColumnMapping;
  readonly otherCategory?: ImportChoices['otherCategory'];
  readonly usedAt: Instant;
}

export interface ImportLayouts {
  readonly id: 'import-layouts';
  /** Newest last. */
  readonly layouts: readonly ImportLayout[];
}

export const noLayouts: ImportLayouts = { id: 'import-layouts', layouts: [] };

const keptLayouts = 50;

export function rememberedLayouts(before: ImportLayouts, layout: ImportLayout): ImportLayouts {
  const others = before.layouts.filter(({ headings }) => headings !== layout.headings);
  return { ...before, layouts: [...others, layout].slice(-keptLayouts) };
}
