import { z } from 'zod';
import { addDays, parseCalendarDate } from '#domain/calendar.ts';
import type { CalendarDate } from '#domain/ids.ts';
import { type FormResult, typed } from './fields.ts';

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
  const mails = z.coerce.number().int().min(0).catch(0).parse(typed(form, 'mails'));
  if (typed(form, 'when') !== 'day') return { ok: true, value: { day: undefined, mails } };
  const day = parseCalendarDate(typed(form, 'day').trim());
  const isNear = day !== undefined && day >= today && day <= addDays(today, daysAhead);
  return isNear ? { ok: true, value: { day, mails } } : { ok: false, errors: { day: 'invite.day.error' } };
}
