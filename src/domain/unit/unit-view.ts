import { type AsOf, type Assignment, assignmentsOn, workAloneBlock } from '#domain/assignment/assignment.ts';
import { isOpen } from '#domain/assignment/current-task.ts';
import { nextStep, type OutsideStep, outsideOf, type StepContext } from '#domain/assignment/next-step.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, Instant, NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { isActive, isOnLeave, staffingAt } from '#domain/people/staffing.ts';

/** What a person's course is like to a manager. What needs doing first comes first. */
export const rowStates = [
  'overdue',
  'not-started',
  'under-way',
  'expiring',
  'done',
  'exempt',
  'on-leave',
  'no-course',
] as const;
export type RowState = (typeof rowStates)[number];

/** How far somebody has come, without answers, scores or the number of attempts. */
export type Progress =
  | { readonly step: 'nothing' }
  | { readonly step: 'reading'; readonly done: number; readonly total: number }
  | { readonly step: 'read' }
  | { readonly step: 'exam-begun' }
  | { readonly step: 'passed' };

/** Whose name the reader may not be shown: with protected identity, or no longer at work in what the reader is set over. */
export type Nameless = 'protected' | 'former';

export interface Named {
  readonly id: PersonId;
  readonly name: string | undefined;
  readonly nameless?: Nameless | undefined;
}

/** One course of one person, as it stands on the day. */
export interface UnitRow extends Named {
  /** What the person works as in the unit. */
  readonly category: Category;
  /** First day in the unit, where that is yet to come. */
  readonly begins?: CalendarDate | undefined;
  readonly hasEmail: boolean;
  /** The mail server has said that there is no such address. */
  readonly isMailRefused: boolean;
  readonly track?: Category | undefined;
  /** Given by a manager, beyond what the rules ask for. */
  readonly isExtra: boolean;
  readonly progress: Progress;
  readonly due?: CalendarDate | undefined;
  readonly passedOn?: CalendarDate | undefined;
  readonly validUntil?: CalendarDate | undefined;
  readonly exemptUntil?: CalendarDate | undefined;
  readonly state: RowState;
  readonly isOnLeave: boolean;
  /** Who cannot sign in to take it, and why; absent for who can, for what is done, and for a past day. */
  readonly outside?: OutsideStep | undefined;
}

/** Who may not work alone, and why. */
export interface BlockedFromSoloWork extends Named {
  readonly why: 'before-alone' | 'overdue';
  readonly track: Category;
  readonly due: CalendarDate;
  readonly progress: Progress;
}

/** What a unit is looked at by. */
export interface ViewContext extends StepContext {
  readonly tree: Tree;
}

interface Reader {
  /** The day is past: who could sign in then is not known. */
  readonly isPast?: boolean | undefined;
  readonly mayName: (record: StaffRecord) => boolean;
}

/** Everybody who works in the unit on the day, or is going to: one row for each course that concerns the unit. */
export function unitRows(
  records: readonly StaffRecord[],
  unit: NodeId,
  look: ViewContext & Reader,
): readonly UnitRow[] {
  return records.flatMap((record): UnitRow[] => {
    const place = placementOf(record, unit, look);
    if (!place) return [];
    const base = {
      ...nameOf(record, look),
      category: place.category,
      begins: place.begins,
      hasEmail: record.email !== undefined,
      isMailRefused: record.mailRefusedAt !== undefined,
      isOnLeave: place.isOnLeave,
    };
    if (place.assignments.length === 0) {
      const state = place.isOnLeave ? 'on-leave' : 'no-course';
      return [{ ...base, isExtra: false, progress: { step: 'nothing' }, state }];
    }
    const outside = look.isPast ? undefined : outsideOf(nextStep({ record }, look));
    return place.assignments.map((assignment) => ({
      ...base,
      outside: isOpen(assignment) ? outside : undefined,
      track: assignment.track,
      isExtra: !assignment.mandatory,
      progress: progressOf(record, assignment, look),
      due: assignment.isDueOpen ? undefined : assignment.due,
      passedOn: assignment.certificate?.issuedOn,
      validUntil: assignment.certificate?.validUntil,
      exemptUntil: assignment.exemption?.until,
      state: stateOf(assignment, place.isOnLeave),
    }));
  });
}

/** The answer to “who may not work alone?”, and how many are at work in the unit that day. */
export function whoMayNotWorkAlone(
  records: readonly StaffRecord[],
  unit: NodeId,
  look: ViewContext & Reader,
): { readonly barred: readonly BlockedFromSoloWork[]; readonly atWork: number } {
  const atWork = records.filter((record) => isAtWork(record, unit, look.asOf));
  const barred = atWork.flatMap((record): BlockedFromSoloWork[] => {
    const found = workAloneBlock(record, unit, look.policy, look.asOf);
    if (!found) return [];
    const { track, due } = found.assignment;
    const progress = progressOf(record, found.assignment, look);
    return [{ ...nameOf(record, look), why: found.why, track, due, progress }];
  });
  return { barred: barred.toSorted(byName), atWork: atWork.length };
}

/**
 * The first day about which anything is known of the unit: of what was before there are no records, which is not to say that
 * nobody worked. Undefined while nobody has been placed there.
 */
export function knownSince(records: readonly StaffRecord[], unit: NodeId): CalendarDate | undefined {
  let first: Instant | undefined;
  for (const { staffing } of records) {
    const here = staffing.find(({ engagements }) => engagements.some((one) => one.unit === unit));
    if (here && (first === undefined || here.recordedAt < first)) first = here.recordedAt;
  }
  return first === undefined ? undefined : dateOf(new Date(first));
}

/** Whether somebody is at work in the unit on the day: has begun, has not ended and is not on leave. */
export function isAtWork(record: StaffRecord, unit: NodeId, { date, known }: AsOf): boolean {
  const staffing = staffingAt(record, known);
  if (!staffing || isOnLeave(staffing, date)) return false;
  return staffing.engagements.some((one) => one.unit === unit && isActive(one, date));
}

interface Placement {
  readonly category: Category;
  readonly begins?: CalendarDate | undefined;
  readonly isOnLeave: boolean;
  readonly assignments: readonly Assignment[];
}

/** What somebody is and has to take in one unit on the day; undefined for who does not work there then or later. */
export function placementOf(
  record: StaffRecord,
  unit: NodeId,
  { tree, policy, asOf }: Pick<ViewContext, 'tree' | 'policy' | 'asOf'>,
): Placement | undefined {
  const staffing = staffingAt(record, asOf.known);
  const current = staffing?.engagements.filter(({ to }) => to === undefined || to >= asOf.date) ?? [];
  const here = current.filter((one) => one.unit === unit);
  const [first] = here;
  if (!staffing || !first) return undefined;
  const active = here.find((one) => isActive(one, asOf.date));
  const next = here.reduce((one, other) => (other.from < one.from ? other : one), first);
  const units = current.flatMap((one) => one.unit ?? []);
  return {
    category: (active ?? next).category,
    begins: active ? undefined : next.from,
    isOnLeave: isOnLeave(staffing, asOf.date),
    assignments: assignmentsOn(record, policy, asOf).filter((one) => concerns(one, unit, units, tree)),
  };
}

/**
 * Whether a course is the unit's business: asked for by the work there, or given there. What was given in a unit that the
 * person has left goes along to the next one of the same committee, and to no other's (yttre sekretess, OSL 8:1).
 */
function concerns(assignment: Assignment, unit: NodeId, current: readonly NodeId[], tree: Tree): boolean {
  if (assignment.units.includes(unit)) return true;
  if (assignment.mandatory || assignment.units.some((one) => current.includes(one))) return false;
  const committee = tree.pathOf(unit).at(-1);
  const from = assignment.units.length > 0 ? assignment.units : current;
  return committee !== undefined && from.every((one) => tree.pathOf(one).at(-1) === committee);
}

/** Who is on leave has nothing to do until the leave is over; what is done stays done. */
export function stateOf({ state }: Assignment, isAway: boolean): RowState {
  const isUnfinished = state === 'overdue' || state === 'under-way' || state === 'not-started';
  return isAway && isUnfinished ? 'on-leave' : state;
}

/** Whether there is a last day still to be kept: for what is done or need not be done there is none. */
export function hasLastDay({ state }: Pick<UnitRow, 'state'>): boolean {
  return state !== 'done' && state !== 'exempt';
}

/** Of several courses, the one that needs doing first. */
export function worstOf(states: readonly RowState[]): RowState {
  return rowStates.find((state) => states.includes(state)) ?? 'no-course';
}

function progressOf(record: StaffRecord, assignment: Assignment, { course, asOf }: ViewContext): Progress {
  if (assignment.certificate || assignment.state === 'done') return { step: 'passed' };
  // What was done for a certificate that has ended says nothing about the next one.
  const since = lastCertificateBefore(record, asOf);
  const begun = record.examBegun[assignment.track];
  if (begun !== undefined && begun <= asOf.known && (since === undefined || begun > since))
    return { step: 'exam-begun' };
  const lessons = course.tracks[assignment.track].required;
  let done = 0;
  for (const lesson of lessons) {
    const at = record.lessonsDone[lesson];
    if (at !== undefined && at <= asOf.known) done += 1;
  }
  if (done === 0) return { step: 'nothing' };
  return done < lessons.length ? { step: 'reading', done, total: lessons.length } : { step: 'read' };
}

function lastCertificateBefore({ certificates }: StaffRecord, { known }: AsOf): string | undefined {
  return certificates.findLast(({ issuedAt }) => issuedAt <= known)?.issuedAt;
}

function nameOf(record: StaffRecord, { mayName }: Reader): Named {
  if (mayName(record)) return { id: record.id, name: record.name };
  return { id: record.id, name: undefined, nameless: record.protectedIdentity ? 'protected' : 'former' };
}

export const sortKeys = ['name', 'track', 'state', 'due', 'passed', 'valid'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface RowChoice {
  /** None: all. */
  readonly states: readonly RowState[];
  /** Only those who have not been invited. */
  readonly uninvited?: boolean | undefined;
  /** Words, each of which must be in the name. */
  readonly search: string;
  readonly sort: SortKey;
  readonly descending: boolean;
}

/** The rows that are asked for, in the order that is asked for. Who has no name here is found by no search and stands last. */
export function chooseRows(rows: readonly UnitRow[], choice: RowChoice): readonly UnitRow[] {
  const words = choice.search.toLocaleLowerCase('sv').split(/\s+/).filter(Boolean);
  const found = rows.filter(
    ({ state, name, outside }) =>
      (!choice.uninvited || outside?.state === 'not-invited') &&
      (choice.states.length === 0 || choice.states.includes(state)) &&
      (words.length === 0 || words.every((word) => name?.toLocaleLowerCase('sv').includes(word) ?? false)),
  );
  const way = choice.descending ? -1 : 1;
  return found.toSorted((one, other) => way * compare[choice.sort](one, other) || byName(one, other));
}

const swedish = new Intl.Collator('sv', { numeric: true });

/** Those without a name stand last in order of their ids, which are random: nothing of the name shows in the place. */
function byName(one: Named, other: Named): number {
  if (one.name !== undefined && other.name !== undefined) return swedish.compare(one.name, other.name);
  if (one.name === undefined && other.name === undefined) return one.id < other.id ? -1 : 1;
  return one.name === undefined ? 1 : -1;
}

type Compare = (one: UnitRow, other: UnitRow) => number;
const byText = (key: (row: UnitRow) => string | undefined): Compare => {
  return (one, other) => {
    const [a, b] = [key(one) ?? '~', key(other) ?? '~'];
    return a < b ? -1 : a > b ? 1 : 0;
  };
};

const compare: Readonly<Record<SortKey, Compare>> = {
  // Turned round, those without a name would otherwise stand first.
  name: (one, other) => (one.name === undefined || other.name === undefined ? 0 : byName(one, other)),
  track: byText(({ track }) => track),
  state: (one, other) => rowStates.indexOf(one.state) - rowStates.indexOf(other.state),
  due: byText(({ due }) => due),
  passed: byText(({ passedOn }) => passedOn),
  valid: byText(({ validUntil }) => validUntil),
};

export type StateCounts = Readonly<Record<RowState, number>>;

export function noCounts(): Record<RowState, number> {
  return Object.fromEntries(rowStates.map((state) => [state, 0])) as Record<RowState, number>;
}

/** How many courses are in each state. */
export function countStates(rows: readonly Pick<UnitRow, 'state'>[]): StateCounts {
  const counts = noCounts();
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

/** Unfinished, with a last day: what figures over the coming weeks count. */
export function dueOf(
  assignment: Pick<Assignment, 'state' | 'due' | 'isDueOpen'>,
  isAway: boolean,
): CalendarDate | undefined {
  const open =
    assignment.state === 'not-started' || assignment.state === 'under-way' || assignment.state === 'expiring';
  return open && !isAway && !assignment.isDueOpen ? assignment.due : undefined;
}
