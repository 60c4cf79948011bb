import { type ColumnMapping, type ImportField, importFields, missingFields } from '#domain/import/columns.ts';
import type { ImportChoices } from '#domain/import/plan-import.ts';
import { dateOf, parseCalendarDate } from '#domain/kernel/calendar.ts';
import { categories } from '#domain/kernel/category.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { type FormResult, fieldValue } from '#forms/fields.ts';

/** The form has a file and three choices; with room for what browsers add. */
const mostParts = 10;
/** In bytes: what stands above a part's contents, the name of the file included. */
const longestPartHead = 2_000;
/** In characters: a date, a word. */
const longestChoice = 100;

export type Upload =
  | { readonly ok: true; readonly form: FormData; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: UploadRefusal };

export type UploadRefusal = 'import-not-sent' | 'import-form' | 'import-workbook' | 'import-file-name';

/**
 * The file that was chosen, and what was chosen about it. The parts are counted before they are read: the form has a
 * handful, and eight megabytes of small ones would hold everybody up. Bytes are empty where no file was chosen.
 */
export async function readUpload(request: Request): Promise<Upload> {
  const body = new Uint8Array(await request.arrayBuffer());
  const type = request.headers.get('content-type') ?? '';
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  if (!boundary) return { ok: false, reason: 'import-not-sent' };
  if (!isSmallForm(body, `--${boundary[1] ?? boundary[2]}`)) return { ok: false, reason: 'import-form' };
  let form: FormData;
  try {
    form = await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, reason: 'import-not-sent' };
    throw error;
  }
  const files = [...form.values()].filter((value) => value instanceof File);
  const choices = [...form.values()].filter((value) => typeof value === 'string');
  if (files.length > 1 || choices.some((choice) => choice.length > longestChoice)) {
    return { ok: false, reason: 'import-form' };
  }
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return { ok: true, form, bytes: new Uint8Array() };
  const refused = refuseFileName(file.name);
  if (refused) return { ok: false, reason: refused };
  return { ok: true, form, bytes: new Uint8Array(await file.arrayBuffer()) };
}

function isSmallForm(body: Uint8Array, boundary: string): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let parts = 0;
  for (let at = bytes.indexOf(boundary); at >= 0; at = bytes.indexOf(boundary, at + boundary.length)) {
    parts += 1;
    const isEnd = bytes.subarray(at + boundary.length, at + boundary.length + 2).equals(Buffer.from('--'));
    const head = bytes.subarray(at, at + boundary.length + longestPartHead);
    if (parts > mostParts || (!isEnd && !head.includes('\r\n\r\n'))) return false;
  }
  return true;
}

/** What a file is called says nothing sure of what it is, but a list that is called something else is no list. */
function refuseFileName(name: string): UploadRefusal | undefined {
  const [, ending = ''] = /\.(\w+)$/.exec(name.trim().toLowerCase()) ?? [];
  if (['csv', 'txt', 'tsv'].includes(ending)) return undefined;
  return ['xlsx', 'xls', 'xlsm', 'xlsb', 'ods'].includes(ending) ? 'import-workbook' : 'import-file-name';
}

/** Whether the file is full, when those who are new are invited, and what a word that is no category will do for. */
export function readImportChoices(form: FormData, now: Date): FormResult<ImportChoices> {
  const invite = fieldValue(form, 'inviteOn').trim();
  const inviteOn: CalendarDate | undefined = invite === '' ? undefined : parseCalendarDate(invite);
  if (invite !== '' && (!inviteOn || inviteOn < dateOf(now))) {
    return { ok: false, errors: { inviteOn: 'import.inviteOn.error' } };
  }
  const otherCategory = categories.find((category) => category === fieldValue(form, 'otherCategory'));
  return { ok: true, value: { full: form.has('full'), inviteOn, otherCategory } };
}

/** The name of the choice of what a column holds. @param column from 0 */
export function columnField(column: number): string {
  return `column-${column}`;
}

/** What each column holds, as it was chosen: no thing twice, and nothing missing that a list must have. */
export function readColumns(form: FormData, columns: number): FormResult<ColumnMapping> {
  const mapping: Partial<Record<ImportField, number>> = {};
  const errors: Record<string, string> = {};
  for (let column = 0; column < columns; column += 1) {
    const field = importFields.find((one) => one === fieldValue(form, columnField(column)));
    if (!field) continue;
    if (mapping[field] !== undefined) errors[columnField(column)] = 'import.twice';
    mapping[field] ??= column;
  }
  for (const field of missingFields(mapping)) errors[`missing-${field}`] = `import.missing.${field}`;
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value: mapping };
}
