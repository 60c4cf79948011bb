import { categories } from '#domain/kernel/category.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import type { StaffingChange, StaffingRefusal } from '#domain/people/staffing-change.ts';
import { fieldValue, readDate } from '#forms/fields.ts';

/** Where in the form each part of a change was typed, for saying what is wrong at the right field. */
interface ChangeFields {
  readonly first: string;
  readonly last?: string | undefined;
  readonly unit?: string | undefined;
}

export type ReadChange =
  | { readonly ok: true; readonly change: StaffingChange; readonly fields: ChangeFields }
  /** Names of fields whose date is none. */
  | { readonly ok: false; readonly wrong: readonly string[] };

/**
 * A change of somebody's work, as a person's page sends it. Work and leave that are recorded have a form each, whose fields end
 * with its place on the page.
 */
export function readStaffingChange(form: FormData): ReadChange {
  const place = fieldValue(form, 'place').replace(/\D/g, '');
  const at = (name: string) => `${name}-${place}`;
  const engagement = fieldValue(form, 'engagement');
  const unitIn = (field: string) => (fieldValue(form, field) as NodeId) || undefined;
  switch (fieldValue(form, 'action')) {
    case 'dates':
      return reading(form, { first: at('from'), last: at('to') }, (from, to) => ({
        kind: 'dates',
        engagement,
        from,
        to,
      }));
    case 'move': {
      const unit = unitIn(at('unit'));
      if (unit === undefined) return { ok: false, wrong: [at('unit')] };
      return reading(form, { first: at('day'), unit: at('unit') }, (from) => ({
        kind: 'move',
        engagement,
        unit,
        from,
      }));
    }
    case 'leave':
      return reading(form, { first: 'leaveFrom', last: 'leaveTo' }, (from, to) => ({
        kind: 'leave',
        leave: { from, to },
      }));
    case 'leave-ends': {
      const from = fieldValue(form, 'leave') as CalendarDate;
      return reading(form, { first: at('leaveEnds') }, (to) => ({ kind: 'leave-ends', from, to }));
    }
    default: {
      const category = categories.find((one) => one === fieldValue(form, 'category')) ?? 'new-employee';
      return reading(form, { first: 'from', last: 'to', unit: 'unit' }, (from, to) => ({
        kind: 'add',
        engagement: { unit: unitIn('unit'), category, from, to },
      }));
    }
  }
}

/** The field to mend for what was refused. */
export function fieldOfRefusal(reason: StaffingRefusal | 'place-unknown', fields: ChangeFields): string {
  if (reason === 'dates-reversed' || reason === 'last-day-needed') return fields.last ?? fields.first;
  if (reason === 'place-unknown' || reason === 'same-unit') return fields.unit ?? fields.first;
  return fields.first;
}

/** The first day has to be there; the last one need not. */
function reading(
  form: FormData,
  fields: ChangeFields,
  change: (first: CalendarDate, last: CalendarDate | undefined) => StaffingChange,
): ReadChange {
  const first = readDate(form, fields.first);
  const last = fields.last === undefined ? undefined : readDate(form, fields.last);
  const wrong = [
    ...(first === undefined || first === 'wrong' ? [fields.first] : []),
    ...(last === 'wrong' && fields.last ? [fields.last] : []),
  ];
  if (first === undefined || first === 'wrong' || last === 'wrong') return { ok: false, wrong };
  return { ok: true, change: change(first, last), fields };
}
