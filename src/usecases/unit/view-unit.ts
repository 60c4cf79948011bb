import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { AsOf } from '#domain/assignment/assignment.ts';
import { firstDay } from '#domain/kernel/asked-day.ts';
import { dateOf, endOfDay, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import { type Place, type Tree, treeOf } from '#domain/people/organisation.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import {
  type Completion,
  completionOver,
  monthEnds,
  type Tally,
  tallyUnits,
  weakLessons,
} from '#domain/unit/department-view.ts';
import {
  type BlockedFromSoloWork,
  chooseRows,
  countStates,
  isAtWork,
  knownSince,
  type RowChoice,
  type StateCounts,
  type UnitRow,
  unitRows,
  whoMayNotWorkAlone,
} from '#domain/unit/unit-view.ts';
import type { Services } from '#src/services.ts';
import { accessPlace } from '#usecases/access/audited-access.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'course' | 'assignmentRules'>;

export interface UnitView {
  readonly unit: Place;
  readonly today: CalendarDate;
  /** The day that is asked about; the first one somebody works on where none was. */
  readonly day: CalendarDate;
  /** The first day about which anything is known, where the day that is asked about is before it. */
  readonly knownFrom: CalendarDate | undefined;
  /** The day of the states in the table: today, or the past day that is asked about. */
  readonly asOf: CalendarDate;
  readonly barred: readonly BlockedFromSoloWork[];
  /** How many work in the unit on the day that is asked about, and are not on leave. */
  readonly atWork: number;
  /** As chosen. */
  readonly rows: readonly UnitRow[];
  readonly all: number;
  /** How many people have not been invited. */
  readonly uninvited: number;
  readonly counts: StateCounts;
  readonly completion: readonly Completion[];
  readonly dueWeeks: Tally['dueWeeks'];
  readonly weakLessons: readonly string[];
}

/**
 * A unit's people, for who may list them; one entry in the log names the list. Asked about a past day, everything is as it
 * was known at the end of that day.
 *
 * @param action `export-list` asks for the right to export
 * @returns undefined for a place that is no unit, is not there or is out of reach
 */
export async function viewUnit(
  needs: Needs,
  actor: ActingPerson,
  id: NodeId,
  asked: { readonly date: CalendarDate | undefined; readonly choice: RowChoice },
  action: 'open-list' | 'export-list' = 'open-list',
): Promise<UnitView | undefined> {
  const opened = await accessPlace(needs, actor, action === 'open-list' ? 'list:people' : 'export:people', id, {
    action,
  });
  if (opened?.place.kind !== 'unit') return undefined;
  const { store, clock, course } = needs;
  const now = clock();
  const today = dateOf(now);
  const records = await store.people.staffOf([id]);
  const present = instantOf(now);
  const isAnybodyAtWork = (date: CalendarDate) =>
    records.some((record) => isAtWork(record, id, { date, known: present }));
  const day = asked.date ?? firstDay(today, isAnybodyAtWork);
  const isPast = day < today;
  const known = isPast ? endOfDay(day) : present;
  const tree = isPast ? treeOf(await store.organisation.get(), known) : opened.tree;
  const asOf: AsOf = { date: isPast ? day : today, known };
  const look = {
    tree,
    policy: await policyOn(needs, tree),
    asOf,
    course,
    isPast,
    mayName: mayNameIn(id, actor, opened.tree, now),
  };
  const rows = unitRows(records, id, look);
  const answer = whoMayNotWorkAlone(records, id, { ...look, asOf: { date: day, known } });
  const since = knownSince(records, id);
  const units = new Set([id]);
  return {
    unit: opened.place,
    today,
    day,
    knownFrom: since !== undefined && day < since ? since : undefined,
    asOf: asOf.date,
    ...answer,
    rows: chooseRows(rows, asked.choice),
    all: rows.length,
    uninvited: new Set(rows.filter(({ outside }) => outside?.state === 'not-invited').map(({ id: one }) => one)).size,
    counts: countStates(rows),
    completion: completionOver(records, units, look.policy, monthEnds(asOf.date), known),
    dueWeeks: tallyUnits(records, units, look).get(id)?.dueWeeks ?? [],
    weakLessons: weakLessons(records, id, asOf),
  };
}

/** Whose name the actor may be shown. Most work in the unit and have no protected identity: for them the list's right is enough. */
function mayNameIn(unit: NodeId, actor: ActingPerson, tree: Tree, now: Date): (record: StaffRecord) => boolean {
  const today = dateOf(now);
  return (record) => {
    const { engagements } = currentStaffing(record);
    const isHere = engagements.some((one) => one.unit === unit && (one.to === undefined || one.to >= today));
    if (isHere && !record.protectedIdentity) return true;
    return can(actor, 'name:person', personSubject(record, tree, now));
  };
}
