import { z } from 'zod';
import { addDays, parseCalendarDate } from '#domain/kernel/calendar.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { type FormResult, fieldValue } from '#forms/fields.ts';

/** How far ahead an invitation can be put. */
const daysAhead = 366;

export interface InviteForm {
  /** Absent: today. */
  readonly day: CalendarDate | undefined;
  /** As many mails as were shown. */
  readonly mails: number;
}

/** Now or on which day, and how many mails it was said to make. */
export function readInviteForm(form: FormData, today: CalendarDate): FormResult<InviteForm> {
  const mails = readMails(form);
  if (fieldValue(form, 'when') !== 'day') return { ok: true, value: { day: undefined, mails } };
  const day = readDay(form, 'day', today);
  return day ? { ok: true, value: { day, mails } } : { ok: false, errors: { day: 'invite.day.error' } };
}

export interface PlannedForm {
  /** The day that the invitations were put on. */
  readonly day: CalendarDate;
  /** As many as were shown. */
  readonly mails: number;
  readonly to: CalendarDate | 'cancelled';
}

/** The field for another day, of the invitations of one day. */
export function otherDayField(day: CalendarDate): `to-${string}` {
  return `to-${day}`;
}

/** Another day for the invitations of one day, or none. */
export function readPlannedForm(form: FormData, today: CalendarDate): FormResult<PlannedForm> {
  const mails = readMails(form);
  const day = parseCalendarDate(fieldValue(form, 'planned')) ?? today;
  if (fieldValue(form, 'action') === 'cancel') return { ok: true, value: { day, mails, to: 'cancelled' } };
  const field = otherDayField(day);
  const to = readDay(form, field, today);
  return to ? { ok: true, value: { day, mails, to } } : { ok: false, errors: { [field]: 'invite.day.error' } };
}

function readMails(form: FormData): number {
  return z.coerce.number().int().min(0).catch(0).parse(fieldValue(form, 'mails'));
}

/** Undefined for what is no day within a year from today. */
function readDay(form: FormData, field: string, today: CalendarDate): CalendarDate | undefined {
  const day = parseCalendarDate(fieldValue(form, field).trim());
  return day !== undefined && day >= today && day <= addDays(today, daysAhead) ? day : undefined;
}

/** What came of it, as the address says. */
export function plannedDone(to: PlannedForm['to'], changed: number): Readonly<Record<string, string>> {
  return to === 'cancelled' ? { installda: String(changed) } : { flyttade: String(changed), till: to };
}

/** Undefined where the address says nothing of it. */
export function readPlannedDone(
  params: URLSearchParams,
): { readonly count: number; readonly to: PlannedForm['to'] } | undefined {
  const cancelled = readCount(params.get('installda'));
  if (cancelled !== undefined) return { count: cancelled, to: 'cancelled' };
  const count = readCount(params.get('flyttade'));
  const to = parseCalendarDate(params.get('till') ?? '');
  return count !== undefined && to !== undefined ? { count, to } : undefined;
}

function readCount(text: string | null): number | undefined {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
