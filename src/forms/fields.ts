import { z } from 'zod';
import { addDays, dateOf, parseCalendarDate } from '#domain/kernel/calendar.ts';
import { categories } from '#domain/kernel/category.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import { isLanguage, type Language } from '#domain/kernel/language.ts';
import { type NameRefusal, type ReadName, readPersonName, readPlaceName } from '#domain/people/name.ts';
import { needsLastDay } from '#domain/people/staffing-change.ts';
import { type Introduction, introductionDays } from '#domain/settings/introduction.ts';

/** A form that was filled in wrong: which fields, and the key of the text that says how to mend each. */
export type FieldErrors = Readonly<Record<string, string>>;

/** Whether it was read or not, what was typed is shown again. */
export type FormResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: FieldErrors };

export function fieldValue(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** What a person or a place may be called, by the one rule there is; the reason of a refusal is the issue's message. */
const personName = nameBy(readPersonName);
const placeName = nameBy(readPlaceName);
const email = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email().max(254));

const errorKeys = {
  name: 'field.name.error',
  email: 'field.email.error',
  category: 'field.category.error',
  unit: 'field.unit.error',
  from: 'field.from.error',
  employmentNumber: 'field.employmentNumber.error',
  placeName: 'field.placeName.error',
  placeCode: 'field.placeCode.error',
  to: 'field.to.error',
  lastDay: 'field.lastDay.error',
  size: 'field.size.error',
  group: 'field.group.error',
  on: 'field.on.error',
  days: 'field.days.error',
} as const;

/** What is wrong with a name, where more can be said than how long it may be. */
const nameErrors: Readonly<Record<Exclude<NameRefusal, 'name-shape'>, string>> = {
  'name-letters': 'refusal.name-letters',
  'name-invisible': 'refusal.name-invisible',
  'name-broken': 'refusal.name-broken',
  'name-marks': 'refusal.name-marks',
  'name-mixed': 'refusal.name-mixed',
  'name-number': 'refusal.name-number',
};

export function readName(form: FormData): FormResult<{ name: string }> {
  return read(z.object({ name: personName }), { name: fieldValue(form, 'name') });
}

export function readNameAndEmail(form: FormData): FormResult<{ name: string; email: string }> {
  return read(z.object({ name: personName, email }), {
    name: fieldValue(form, 'name'),
    email: fieldValue(form, 'email'),
  });
}

/** @param units the ids of the units that may be chosen; none at all may be chosen where `mayBeNowhere` */
export function readInvitee(
  form: FormData,
  now: Date,
  { units, mayBeNowhere }: { readonly units: readonly NodeId[]; readonly mayBeNowhere: boolean },
) {
  const today = dateOf(now);
  const schema = z
    .object({
      name: personName,
      email,
      category: z.enum(categories),
      unit: unitAmong(units).refine((unit) => mayBeNowhere || unit !== undefined),
      // Nobody is invited to work that begins years from now, or that is long since over.
      from: anyDate.refine((date) => !date || (date > addDays(today, -366 * 60) && date < addDays(today, 366 * 2))),
      to: optionalDate(today),
    })
    .refine(({ category, to }) => !needsLastDay(category) || to !== undefined, { path: ['to'] })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { path: ['to'] });
  return read(schema, {
    name: fieldValue(form, 'name'),
    email: fieldValue(form, 'email'),
    category: fieldValue(form, 'category'),
    unit: fieldValue(form, 'unit'),
    from: fieldValue(form, 'from'),
    to: fieldValue(form, 'to'),
  });
}

/** A name, and an address and an employment number if there are any. */
export function readContact(form: FormData) {
  const optional = <S extends z.ZodType>(schema: S) =>
    z
      .literal('')
      .transform(() => undefined)
      .or(schema);
  const number = z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}-]{1,40}$/u)
    // A date of birth and four digits: a personal number or a coordination number, which are never stored.
    .refine((text) => !/^(\d{2})?\d{2}(0[1-9]|1[0-2])([06][1-9]|[1278]\d|[39][01])[-+]?\d{4}$/.test(text));
  return read(z.object({ name: personName, email: optional(email), employmentNumber: optional(number) }), {
    name: fieldValue(form, 'name'),
    email: fieldValue(form, 'email'),
    employmentNumber: fieldValue(form, 'employmentNumber'),
  });
}

/** What a place is called, and its code in the payroll system if it has one. */
export function readPlace(form: FormData) {
  const code = z
    .string()
    .trim()
    .max(40)
    .regex(/^[\p{L}\p{N} ._/-]*$/u)
    .transform((text) => text || undefined);
  return read(z.object({ placeName, placeCode: code }), {
    placeName: fieldValue(form, 'placeName'),
    placeCode: fieldValue(form, 'placeCode'),
  });
}

/** A date as typed: `wrong` for what is none. */
export function readDate(form: FormData, field: string): CalendarDate | undefined | 'wrong' {
  const parsed = anyDate.safeParse(fieldValue(form, field));
  return parsed.success ? parsed.data : 'wrong';
}

export function readGroup(form: FormData, now: Date) {
  const schema = z.object({
    group: placeName,
    category: z.enum(categories),
    lastDay: optionalDate(dateOf(now))
      .refine((date) => date !== undefined)
      .transform((date) => date as CalendarDate),
    size: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(500)),
  });
  return read(schema, {
    group: fieldValue(form, 'group'),
    category: fieldValue(form, 'category'),
    lastDay: fieldValue(form, 'lastDay'),
    size: fieldValue(form, 'size'),
  });
}

/** From which day the requirement holds, and the days of those who already work. */
export function readIntroduction(form: FormData, now: Date): FormResult<Introduction> {
  const isNear = (date: CalendarDate | undefined): date is CalendarDate =>
    date !== undefined && date >= '2000-01-01' && date < addDays(dateOf(now), 366 * 2);
  const { least, most } = introductionDays;
  const schema = z.object({
    on: anyDate.refine(isNear).transform((date) => date as CalendarDate),
    days: z
      .string()
      .trim()
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .pipe(z.int().min(least).max(most)),
  });
  return read(schema, { on: fieldValue(form, 'on'), days: fieldValue(form, 'days') });
}

export function readLanguage(form: FormData): Language {
  const language = fieldValue(form, 'language');
  return isLanguage(language) ? language : 'sv';
}

function nameBy(reading: (typed: string) => ReadName) {
  return z.string().transform((typed, context): string => {
    const result = reading(typed);
    if (result.ok) return result.name;
    context.addIssue({ code: 'custom', message: result.reason });
    return z.NEVER;
  });
}

function unitAmong(units: readonly NodeId[]) {
  return z
    .string()
    .refine((id) => id === '' || units.some((unit) => unit === id))
    .transform((id) => units.find((unit) => unit === id));
}

/** Empty, or a date that exists. */
const anyDate = z
  .string()
  .trim()
  .transform((text, context): CalendarDate | undefined => {
    const date = parseCalendarDate(text);
    if (!date && text !== '') context.addIssue({ code: 'custom', message: 'date' });
    return date;
  });

/** Empty, or a date that exists and has not passed. */
function optionalDate(today: CalendarDate) {
  return z
    .string()
    .trim()
    .transform((text, context): CalendarDate | undefined => {
      if (text === '') return undefined;
      const date = parseCalendarDate(text);
      if (!date || date < today) context.addIssue({ code: 'custom', message: 'date' });
      return date;
    });
}

function read<S extends z.ZodType>(schema: S, fields: Record<string, string>): FormResult<z.output<S>> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors = parsed.error.issues.map((issue) => {
    const field = String(issue.path[0]) as keyof typeof errorKeys;
    const inName = nameErrors[issue.message as Exclude<NameRefusal, 'name-shape'>];
    return [field, inName ?? errorKeys[field]] as const;
  });
  return { ok: false, errors: Object.fromEntries(errors) };
}
