import { can } from '#domain/access/access.ts';
import { placeSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { daysToAsk, firstDay } from '#domain/kernel/asked-day.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import type { Place } from '#domain/people/organisation.ts';
import {
  type Completion,
  type PlaceFigures,
  placeFigures,
  smallestGroup,
  sumOfCompletion,
} from '#domain/unit/department-view.ts';
import { isAtWork } from '#domain/unit/unit-view.ts';
import type { Services } from '#src/services.ts';
import { accessPlace } from '#usecases/access/audited-access.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';
import { unitFigures } from './unit-figures.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'assignmentRules'>;

export interface DepartmentView {
  readonly place: Place;
  /** What it belongs to, as far as the reader may see figures of it. */
  readonly parent: Place | undefined;
  readonly today: CalendarDate;
  /** The day of “how many may not work alone?”; all other figures are of today. */
  readonly day: CalendarDate;
  readonly isAnybodyAtWork: boolean;
  /** Undefined where there are too few people to show anything. */
  readonly figures: PlaceFigures | undefined;
  /** Without months in which too few were at work. */
  readonly completion: readonly Completion[];
}

/**
 * Figures without names for a part of the tree, for who may see them there.
 *
 * @param asked the day of “how many may not work alone?”: one of those that can be asked for, else the first on which anybody works
 * @returns undefined for what is not there and what is out of reach alike
 */
export async function viewDepartment(
  needs: Needs,
  actor: ActingPerson,
  id: NodeId,
  asked?: CalendarDate | undefined,
): Promise<DepartmentView | undefined> {
  const opened = await accessPlace(needs, actor, 'read:numbers', id);
  if (!opened) return undefined;
  const { place, tree } = opened;
  const mayCount = (one: NodeId) => can(actor, 'read:numbers', placeSubject(one, tree));
  const root = tree.pathOf(id).findLast(mayCount) ?? id;
  const now = needs.clock();
  const today = dateOf(now);
  const unitsUnder = (one: NodeId) => tree.unitsUnder(one).map((unit) => unit.id);
  const { people } = needs.store;
  const known = instantOf(now);
  const staff = [...(await people.staffByUnit(unitsUnder(id)))];
  const isAnybodyAtWork = (date: CalendarDate) =>
    staff.some(([unit, records]) => records.some((record) => isAtWork(record, unit, { date, known })));
  const day = daysToAsk(today).find(({ date }) => date === asked)?.date ?? firstDay(today, isAnybodyAtWork);
  const look = {
    tree,
    policy: await policyOn(needs, tree),
    asOf: { date: today, known },
    askedDay: day,
  };
  const units = staff.map(([unit, records]) => [unit, unitFigures(records, unit, look)] as const);
  const tallies = new Map(units.flatMap(([unit, { tally }]) => (tally ? [[unit, tally] as const] : [])));
  // Of the rest of what the reader may see only sizes matter: whether the place has been merged with one beside it.
  const headcounts = await people.headcounts(unitsUnder(root), today);
  const figures = placeFigures(tree, place, root, tallies, headcounts);
  const completion = figures ? sumOfCompletion(units.map(([, unit]) => unit.completion)) : [];
  return {
    place,
    parent: place.parent && mayCount(place.parent) ? tree.get(place.parent) : undefined,
    today,
    day,
    isAnybodyAtWork: isAnybodyAtWork(day),
    figures,
    completion: completion.filter((day) => day.people >= smallestGroup),
  };
}
