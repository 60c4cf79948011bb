import { z } from 'zod';
import { addDays, parseCalendarDate } from '#domain/kernel/calendar.ts';
import { type Category, categories } from '#domain/kernel/category.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { type RowChoice, type RowState, rowStates, sortKeys } from '#domain/unit/unit-view.ts';
import { type FieldErrors, type FormResult, fieldValue } from '#forms/fields.ts';

/** Fields of the address of a unit's page. */
export const unitFields = {
  /** The button of the form above the table. */
  show: 'visa',
  date: 'datum',
  state: 'lage',
  search: 'sok',
  sort: 'sortera',
  descending: 'omvand',
} as const;

/** All states that want something done, as one choice in the list of states. */
export const openStates: readonly RowState[] = ['overdue', 'not-started', 'under-way', 'expiring'];

export interface UnitQuery {
  /** None: the first day somebody works on (src/domain/kernel/asked-day.ts). */
  readonly date: CalendarDate | undefined;
  /** What was typed is no date that can be shown. */
  readonly isDateWrong: boolean;
  /** As in the list of states. */
  readonly state: RowState | 'open' | 'not-invited' | '';
  readonly choice: RowChoice;
}

/** How far before and after today a day can be asked about. */
const daysAround = { before: 3 * 365, after: 2 * 365 };

/** The same page, asked about another day; what came of an action is not said again. */
export function onDay(params: URLSearchParams, date: CalendarDate): string {
  const others = withoutNotice(params);
  others.set(unitFields.date, date);
  return others.toString();
}

/** The form above the table as an address. @param hiddenSearch what was searched for, as an address may hold it */
export function unitParams(form: FormData, hiddenSearch: string): URLSearchParams {
  const params = new URLSearchParams();
  for (const field of [unitFields.date, unitFields.state, unitFields.sort, unitFields.descending]) {
    const value = fieldValue(form, field);
    if (value) params.set(field, value.slice(0, 40));
  }
  if (hiddenSearch) params.set(unitFields.search, hiddenSearch);
  return params;
}

/**
 * What of a unit's people is asked for in the address. What cannot be read is taken as not said, a date excepted.
 *
 * @param search what the address says in a hidden form: names stand in no address
 */
export function readUnitQuery(params: URLSearchParams, search: string, today: CalendarDate): UnitQuery {
  const text = params.get(unitFields.date)?.trim() ?? '';
  const date = parseCalendarDate(text);
  const isNear =
    date !== undefined && date >= addDays(today, -daysAround.before) && date <= addDays(today, daysAround.after);
  const state = z
    .enum([...rowStates, 'open', 'not-invited'])
    .or(z.literal(''))
    .catch('')
    .parse(params.get(unitFields.state));
  return {
    date: isNear ? date : undefined,
    isDateWrong: text !== '' && !isNear,
    state,
    choice: {
      states: state === 'open' ? openStates : state === '' || state === 'not-invited' ? [] : [state],
      uninvited: state === 'not-invited',
      search,
      sort: z.enum(sortKeys).catch('state').parse(params.get(unitFields.sort)),
      descending: params.get(unitFields.descending) === '1',
    },
  };
}

export const decisionKinds = ['move-due', 'assign', 'exempt'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** What a manager has filled in about one or several people's courses. */
export type DecisionForm =
  | { readonly kind: 'move-due'; readonly due: CalendarDate; readonly reason: string }
  | { readonly kind: 'assign'; readonly due: CalendarDate; readonly reason: string; readonly track: Category }
  | { readonly kind: 'exempt'; readonly until: CalendarDate | undefined; readonly reason: string };

/** The reason is shown to the person: a sentence, on one line or several. */
const reasonShape = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .pipe(
    z
      .string()
      .min(3)
      .max(500)
      .regex(/^[^\p{Cc}<>]*(\n[^\p{Cc}<>]*)*$/u),
  );

export function readReason(form: FormData, field: string): string | undefined {
  return reasonShape.safeParse(fieldValue(form, field)).data;
}

/** Fields are named by their kind, `assign-due`: several kinds stand in one form. */
export function readDecision(form: FormData, kind: DecisionKind, today: CalendarDate): FormResult<DecisionForm> {
  const errors: Record<string, string> = {};
  const reason = readReason(form, `${kind}-reason`);
  if (reason === undefined) errors[`${kind}-reason`] = 'unit.reason.error';
  const dayField = kind === 'exempt' ? 'exempt-until' : `${kind}-due`;
  const dayText = fieldValue(form, dayField).trim();
  const day = parseCalendarDate(dayText);
  const isDay = day !== undefined && day >= today && day <= addDays(today, daysAround.after);
  const mayBeEmpty = kind === 'exempt' && dayText === '';
  if (!isDay && !mayBeEmpty) errors[dayField] = 'unit.day.error';
  const track = categories.find((one) => one === fieldValue(form, 'assign-track'));
  if (kind === 'assign' && !track) errors['assign-track'] = 'field.category.error';
  if (Object.keys(errors).length > 0 || reason === undefined) return { ok: false, errors: errors as FieldErrors };
  if (kind === 'exempt') return { ok: true, value: { kind, until: mayBeEmpty ? undefined : day, reason } };
  if (day === undefined) return { ok: false, errors };
  if (kind === 'move-due') return { ok: true, value: { kind, due: day, reason } };
  return track ? { ok: true, value: { kind, due: day, reason, track } } : { ok: false, errors };
}

/** A line of the table that is ticked: a person, and the course it is about, if any. */
export interface Chosen {
  readonly person: string;
  readonly track: Category | undefined;
}

export const everyone = 'alla';

export function chosenValue(row: { readonly id: string; readonly track?: Category | undefined }): string {
  return `${row.id}.${row.track ?? ''}`;
}

export function readChosen(form: FormData): readonly Chosen[] {
  return form.getAll('chosen').flatMap((value): Chosen[] => {
    const [person = '', track] = typeof value === 'string' ? value.split('.') : [];
    return person ? [{ person, track: categories.find((one) => one === track) }] : [];
  });
}

/** What came of an action, as the address of the page that it leads to says it: kinds and numbers, nobody's name. */
export const noticeKinds = [...decisionKinds, 'withdraw', 'remind', 'invite'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const noticeReasons = [
  'not-found',
  'about-yourself',
  'has-course',
  'nothing-open',
  'not-decided',
  'no-email',
  'not-invited',
  'already-today',
  'nothing-to-do',
  'on-leave',
  'not-introduced',
  'mail-refused',
  'mail-paused',
] as const;
export type NoticeReason = (typeof noticeReasons)[number];

export interface Notice {
  readonly kind: NoticeKind;
  readonly done: number;
  readonly refused: number;
  readonly reasons: readonly NoticeReason[];
}

const noticeFields = { kind: 'klart', done: 'antal', refused: 'ej', reasons: 'skal' } as const;

/** @param query of the page that the action was sent from; its filter stays */
export function withNotice(query: URLSearchParams, notice: Notice): string {
  const params = withoutNotice(query);
  params.set(noticeFields.kind, notice.kind);
  params.set(noticeFields.done, String(notice.done));
  if (notice.refused > 0) {
    params.set(noticeFields.refused, String(notice.refused));
    params.set(noticeFields.reasons, notice.reasons.join('.'));
  }
  return params.toString();
}

export function readNotice(params: URLSearchParams): Notice | undefined {
  const kind = noticeKinds.find((one) => one === params.get(noticeFields.kind));
  const count = (field: string) =>
    z.coerce
      .number()
      .int()
      .min(0)
      .max(10_000)
      .catch(0)
      .parse(params.get(field) ?? '0');
  const reasons = (params.get(noticeFields.reasons) ?? '').split('.');
  return (
    kind && {
      kind,
      done: count(noticeFields.done),
      refused: count(noticeFields.refused),
      reasons: noticeReasons.filter((one) => reasons.includes(one)),
    }
  );
}

export function withoutNotice(query: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(query);
  for (const field of Object.values(noticeFields)) params.delete(field);
  return params;
}
