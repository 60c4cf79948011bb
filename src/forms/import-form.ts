import { dateOf, parseCalendarDate } from '#domain/calendar.ts';
import type { CalendarDate } from '#domain/ids.ts';
import { categories } from '#domain/person.ts';
import { type ColumnMapping, type ImportField, importFields, missingFields } from '#domain/staff-import/columns.ts';
import type { ImportChoices } from '#domain/staff-import/plan-import.ts';
import { type FormResult, typed } from './fields.ts';

/** The file that was chosen; undefined where none was, or where what was sent is no form. */
export async function readUpload(
  request: Request,
): Promise<{ readonly form: FormData; readonly bytes: Uint8Array } | undefined> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  const file = form.get('file');
  return { form, bytes: file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array() };
}

/** Whether the file is full, when those who are new are invited, and what a word that is no category will do for. */
export function readImportChoices(form: FormData, now: Date): FormResult<ImportChoices> {
  const invite = typed(form, 'inviteOn').trim();
  const inviteOn: CalendarDate | undefined = invite === '' ? undefined : parseCalendarDate(invite);
  if (invite !== '' && (!inviteOn || inviteOn < dateOf(now))) {
    return { ok: false, errors: { inviteOn: 'import.inviteOn.error' } };
  }
  const otherCategory = categories.find((category) => category === typed(form, 'otherCategory'));
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
    const field = importFields.find((one) => one === typed(form, columnField(column)));
    if (!field) continue;
    if (mapping[field] !== undefined) errors[columnField(column)] = 'import.twice';
    mapping[field] ??= column;
  }
  for (const field of missingFields(mapping)) errors[`missing-${field}`] = `import.missing.${field}`;
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value: mapping };
}
