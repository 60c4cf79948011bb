import { z } from 'zod';
import { dateOf, parseCalendarDate } from '#domain/calendar.ts';
import type { CalendarDate } from '#domain/ids.ts';
import { isLanguage, type Language } from '#domain/language.ts';
import { categories } from '#domain/person.ts';

/** A form that was filled in wrong: which fields, and the key of the text that says how to mend each. */
export type FieldErrors = Readonly<Record<string, string>>;

/** Whether it was read or not, what was typed is shown again. */
export type FormResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: FieldErrors };

export function typed(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Names in any script; no line breaks or control characters. */
const name = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(2)
      .max(100)
      .regex(/^[^\p{Cc}<>]*$/u),
  );
const email = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email().max(254));

const errorKeys = {
  name: 'field.name.error',
  email: 'field.email.error',
  category: 'field.category.error',
  to: 'field.to.error',
  lastDay: 'field.lastDay.error',
  size: 'field.size.error',
  group: 'field.group.error',
} as const;

export function readName(form: FormData): FormResult<{ name: string }> {
  return read(z.object({ name }), { name: typed(form, 'name') });
}

export function readNameAndEmail(form: FormData): FormResult<{ name: string; email: string }> {
  return read(z.object({ name, email }), { name: typed(form, 'name'), email: typed(form, 'email') });
}

export function readInvitee(form: FormData, now: Date) {
  const category = z.enum(categories);
  const schema = z.object({ name, email, category, to: optionalDate(dateOf(now)) }).refine(
    // Whoever is not an employee leaves some day, and the certificate with them (course.yaml, validity).
    (invitee) => invitee.category === 'new-employee' || invitee.to !== undefined,
    { path: ['to'] },
  );
  return read(schema, {
    name: typed(form, 'name'),
    email: typed(form, 'email'),
    category: typed(form, 'category'),
    to: typed(form, 'to'),
  });
}

export function readGroup(form: FormData, now: Date) {
  const schema = z.object({
    group: name,
    category: z.enum(categories),
    lastDay: optionalDate(dateOf(now))
      .refine((date) => date !== undefined)
      .transform((date) => date as CalendarDate),
    size: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(500)),
  });
  return read(schema, {
    group: typed(form, 'group'),
    category: typed(form, 'category'),
    lastDay: typed(form, 'lastDay'),
    size: typed(form, 'size'),
  });
}

export function readLanguage(form: FormData): Language {
  const language = typed(form, 'language');
  return isLanguage(language) ? language : 'sv';
}

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
    return [field, errorKeys[field]] as const;
  });
  return { ok: false, errors: Object.fromEntries(errors) };
}
