import type { Category } from '#domain/kernel/category.ts';
import { type FileRow, withoutNeutralising } from '#domain/kernel/cells.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { Steps } from '#domain/kernel/steps.ts';
import { readPersonName } from '#domain/people/name.ts';
import { personalNumberMark } from '#domain/people/personal-number.ts';
import { categoryOfWord } from './category-words.ts';
import type { ColumnMapping, ImportField } from './columns.ts';
import { isMonthFirst, isReadEitherWay, parseImportDate } from './import-date.ts';

export const rowErrors = [
  'no-number',
  'number-shape',
  'number-scientific',
  'number-zeros',
  'personal-number',
  'no-name',
  'name-shape',
  'name-letters',
  'name-invisible',
  'name-broken',
  'name-marks',
  'name-mixed',
  'name-number',
  'name-differs',
  'email-shape',
  'email-differs',
  'email-twice',
  'email-taken',
  'email-of-role',
  'email-out-of-reach',
  'email-unusable',
  'number-unusable',
  'category-unknown',
  'no-category',
  'no-unit',
  'unit-unknown',
  'unit-ambiguous',
  'not-a-date',
  'date-order',
  'date-either-way',
  'leave-without-start',
  'too-many-cells',
  'same-person',
  'too-many-rows',
] as const;
export type RowError = (typeof rowErrors)[number];

/** A row that cannot be imported: on which line, in which column, and why. `value`: what stands there. */
export interface BrokenRow {
  readonly line: number;
  readonly field?: ImportField | undefined;
  readonly reason: RowError;
  readonly value: string;
}

/** One row, understood. What the file has no column for, or leaves empty, is undefined. */
export interface StaffRow {
  readonly line: number;
  readonly employmentNumber: string;
  readonly name: string;
  readonly email?: string | undefined;
  readonly category?: Category | undefined;
  readonly unitCode: string;
  readonly unitName: string;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly leave?: { readonly from: CalendarDate; readonly to?: CalendarDate | undefined } | undefined;
}

/** What could be made out of a broken row, so that nobody is taken for missing because of it. */
export interface Trace {
  readonly employmentNumber: string;
  readonly name: string;
  readonly email: string;
}

export interface ReadRows {
  readonly rows: readonly StaffRow[];
  readonly broken: readonly BrokenRow[];
  readonly traces: readonly Trace[];
}

const longestValue = 60;

/** @param otherCategory what a word that is no category will do for; undefined: such a row is broken */
export function* readRows(
  rows: readonly FileRow[],
  mapping: ColumnMapping,
  columns: number,
  otherCategory: Category | undefined,
): Steps<ReadRows> {
  const monthFirst = yield* hasMonthFirst(rows, mapping);
  const read: { readonly rows: StaffRow[]; readonly broken: BrokenRow[]; readonly traces: Trace[] } = {
    ...{ rows: [], broken: [], traces: [] },
  };
  for (const file of rows) {
    const { row, broken, trace } = readRow(file, mapping, columns, { otherCategory, monthFirst });
    if (row) read.rows.push(row);
    else read.traces.push(trace);
    read.broken.push(...broken);
    yield;
  }
  return read;
}

const dateFields = ['from', 'to', 'leaveFrom', 'leaveTo'] as const;

/** Whether some date can only be read with the month first: then none that can be read either way is trusted. */
function* hasMonthFirst(rows: readonly FileRow[], mapping: ColumnMapping): Steps<boolean> {
  for (const row of rows) {
    if (dateFields.some((field) => isMonthFirst(cellOf(row, mapping, field)))) return true;
    yield;
  }
  return false;
}

function cellOf({ cells }: FileRow, mapping: ColumnMapping, field: ImportField): string {
  const place = mapping[field];
  const cell = place === undefined ? '' : (cells[place] ?? '');
  return withoutNeutralising(cell).normalize('NFC').replace(/\s+/g, ' ').trim();
}

function readRow(
  file: FileRow,
  mapping: ColumnMapping,
  columns: number,
  how: { readonly otherCategory: Category | undefined; readonly monthFirst: boolean },
): { readonly row: StaffRow | undefined; readonly broken: readonly BrokenRow[]; readonly trace: Trace } {
  const { line } = file;
  const broken: BrokenRow[] = [];
  const cell = (field: ImportField) => cellOf(file, mapping, field);
  const note = (reason: RowError, field?: ImportField) => {
    const value = field && reason !== 'name-number' ? cell(field).slice(0, longestValue) : '';
    broken.push({ line, field, reason, value });
  };

  const employmentNumber = cell('employmentNumber');
  const written = nameOf(cell('name'), cell('firstName'), cell('lastName'));
  const readName = readPersonName(written);
  const name = readName.ok ? readName.name : written;
  const email = cell('email').toLowerCase();
  const trace = { employmentNumber, name, email };

  const fields = Object.keys(mapping) as ImportField[];
  const marked = fields.find((field) => cell(field).includes(personalNumberMark));
  if (marked) note('personal-number', marked);
  // More cells than headings: a separator stands unquoted in one of them, and what comes after it has slipped.
  if (file.cells.slice(columns).some((extra) => extra.trim() !== '')) note('too-many-cells');
  const numberError = marked === 'employmentNumber' ? undefined : refuseNumber(employmentNumber);
  if (numberError) note(numberError, 'employmentNumber');
  if (name === '') note('no-name', mapping.name === undefined ? 'lastName' : 'name');
  else if (!readName.ok) note(readName.reason, 'name');
  if (email !== '' && !isEmail(email)) note('email-shape', 'email');
  if (cell('unitCode') === '' && cell('unitName') === '') note('no-unit', 'unitCode');
  const category = categoryOfWord(cell('category'));
  if (!category && cell('category') !== '' && !how.otherCategory) note('category-unknown', 'category');

  const dateIn = (field: (typeof dateFields)[number]) =>
    readDate(cell(field), how.monthFirst, (why) => note(why, field));
  const [from, to, leaveFrom, leaveTo] = [dateIn('from'), dateIn('to'), dateIn('leaveFrom'), dateIn('leaveTo')];
  if (from && to && from > to) note('date-order', 'to');
  if (leaveFrom && leaveTo && leaveFrom > leaveTo) note('date-order', 'leaveTo');
  if (!leaveFrom && leaveTo) note('leave-without-start', 'leaveTo');
  if (broken.length > 0) return { row: undefined, broken, trace };
  const row = {
    ...{ line, employmentNumber, name, email: email || undefined, category, from, to },
    ...{ unitCode: cell('unitCode'), unitName: cell('unitName') },
    leave: leaveFrom && { from: leaveFrom, to: leaveTo },
  };
  return { row, broken, trace };
}

/** First name before last, also where one column has “Öberg, Åsa”. */
function nameOf(whole: string, first: string, last: string): string {
  if (whole === '') return `${first} ${last}`.trim();
  const parts = whole.split(',').map((part) => part.trim());
  return parts.length === 2 && parts.every((part) => part !== '') ? `${parts[1]} ${parts[0]}` : whole;
}

function refuseNumber(number: string): RowError | undefined {
  if (number === '') return 'no-number';
  // What Excel makes of a long number that it takes for a quantity: the last digits are lost.
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(number)) return 'number-scientific';
  return /^[\p{L}\p{N}][\p{L}\p{N}._/ -]{0,39}$/u.test(number) ? undefined : 'number-shape';
}

/** The shape that the sign-in form takes too. */
function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[a-z0-9_'+\-.]*[a-z0-9_+-]@([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/.test(text) &&
    !/\.\./.test(text)
  );
}

/** Payroll systems write the year 9999 for an end that is not known. */
function readDate(
  text: string,
  monthFirst: boolean,
  note: (why: 'not-a-date' | 'date-either-way') => void,
): CalendarDate | undefined {
  if (text === '') return undefined;
  const date = parseImportDate(text);
  if (!date) note('not-a-date');
  else if (monthFirst && isReadEitherWay(text)) note('date-either-way');
  return date && date >= '9999' ? undefined : date;
}
