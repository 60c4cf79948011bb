import { z } from 'zod';
import type { Course } from '#domain/course/course.ts';
import { isFinished } from '#domain/course/grading.ts';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import type { PaperSheet } from '#domain/groups/group.ts';
import { type ListedPerson, mostSheets, type SheetEntry } from '#domain/groups/paper-exam.ts';
import { dateOf, parseCalendarDate } from '#domain/kernel/calendar.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { answerFromForm, equalPlaces } from '#forms/exam/answer-form.ts';
import { type FormResult, fieldValue, readName } from '#forms/fields.ts';

/** In a question's field: nothing on the paper that can be read as an answer. */
export const noAnswer = '-';
/** In the list of people: somebody who is in no list. */
export const somebodyNew = 'ny';

export function readSheetCount(form: FormData): FormResult<number> {
  const count = z.string().trim().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(mostSheets));
  const parsed = count.safeParse(fieldValue(form, 'count'));
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, errors: { count: 'paper.count.error' } };
}

/** The id of a question's fields on the page, by its number on the sheet. */
export function questionField(place: number): string {
  return `fraga-${place + 1}`;
}

/**
 * Reads what was entered from a sheet. Each question wants an answer, or to be told that the paper has none: what was
 * passed over by mistake must not count as wrong.
 *
 * @param chosen whom the page listed
 */
export function readSheetEntry(
  form: FormData,
  sheet: PaperSheet,
  course: Course,
  chosen: { readonly people: readonly ListedPerson[]; readonly vouchers: readonly ListedPerson[] },
  now: Date,
): FormResult<SheetEntry> {
  const errors: Record<string, string> = {};
  const who = readWho(form, chosen.people);
  if (!who) errors['who'] = 'paper.who.error';
  else if (who.kind === 'unnamed') errors['name'] = who.error;
  const takenOn = readDay(form, dateOf(new Date(sheet.printedAt)), dateOf(now));
  if (!takenOn) errors['takenOn'] = 'paper.takenOn.error';
  const voucher = chosen.vouchers.find(({ id }) => id === fieldValue(form, 'voucher'));
  if (!voucher) errors['voucher'] = 'paper.voucher.error';
  if (!form.has('vouched')) errors['vouched'] = 'paper.vouched.error';
  const answers: Record<string, Answer> = {};
  sheet.items.forEach((item, place) => {
    const scenario = course.scenarios.get(item.scenario);
    if (!scenario) return;
    const read = readAnswer(form, scenario);
    if (read === 'missing' || read === 'unclear') errors[questionField(place)] = `paper.answer.${read}`;
    else if (read !== 'none') answers[scenario.id] = read;
  });
  if (!who || who.kind === 'unnamed' || !takenOn || !voucher || Object.keys(errors).length > 0)
    return { ok: false, errors };
  return { ok: true, value: { who, takenOn, vouchedBy: voucher.pseudonym, answers } };
}

function readWho(
  form: FormData,
  people: readonly ListedPerson[],
): SheetEntry['who'] | { kind: 'unnamed'; error: string } | undefined {
  const who = fieldValue(form, 'who');
  if (who !== somebodyNew) {
    const known = people.find(({ id }) => id === who);
    return known && { kind: 'known', id: known.id };
  }
  if (fieldValue(form, 'name').trim() === '') return { kind: 'unnamed', error: 'paper.who.error' };
  const name = readName(form);
  return name.ok ? { kind: 'new', name: name.value.name } : { kind: 'unnamed', error: name.errors['name'] ?? '' };
}

function readDay(form: FormData, first: CalendarDate, last: CalendarDate): CalendarDate | undefined {
  const date = parseCalendarDate(fieldValue(form, 'takenOn').trim());
  return date && date >= first && date <= last ? date : undefined;
}

function readAnswer(form: FormData, scenario: Scenario): Answer | 'none' | 'missing' | 'unclear' {
  const saysNone = form.getAll(`q.${scenario.id}`).includes(noAnswer);
  const given = scenario.kind === 'order' ? placesIn(form, scenario).length > 0 : hasOptions(form, scenario);
  if (saysNone) return given ? 'unclear' : 'none';
  if (!given) return 'missing';
  if (equalPlaces(scenario, form)) return 'unclear';
  const answer = answerFromForm(scenario, form);
  return answer && isFinished(scenario, answer) ? answer : 'unclear';
}

function hasOptions(form: FormData, scenario: Scenario): boolean {
  return form.getAll(`q.${scenario.id}`).some((value) => value !== noAnswer);
}

function placesIn(form: FormData, scenario: Scenario & { kind: 'order' }): string[] {
  return scenario.steps.map(({ id }) => fieldValue(form, `q.${scenario.id}.${id}`)).filter((place) => place !== '');
}
