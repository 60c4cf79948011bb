import { can } from '#domain/access.ts';
import { dateOf, instantOf } from '#domain/calendar.ts';
import {
  type Completion,
  type PlaceFigures,
  placeFigures,
  smallestGroup,
  sumOfCompletion,
} from '#domain/department-view.ts';
import type { ActingPerson } from '#domain/grant-days.ts';
import type { CalendarDate, NodeId } from '#domain/ids.ts';
import type { Place } from '#domain/organisation.ts';
import type { Services } from '#src/services.ts';
import { openPlace } from './audited.ts';
import { ruleBookOn } from './rule-book.ts';
import { placeSubject } from './subjects.ts';
import { unitFigures } from './unit-figures.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'assignmentRules'>;

export interface DepartmentView {
  readonly place: Place;
  /** What it belongs to, as far as the reader may see figures of it. */
  readonly parent: Place | undefined;
  readonly today: CalendarDate;
  /** Undefined where there are too few people to show anything. */
  readonly figures: PlaceFigures | undefined;
  /** Without months in which too few were at work. */
  readonly completion: readonly Completion[];
}

/**
 * Figures without names for a part of the tree, for who may see them there.
 *
 * @returns undefined for what is not there and what is out of reach alike
 */
export async function viewDepartment(
  needs: Needs,
  actor: ActingPerson,
  id: NodeId,
): Promise<DepartmentView | undefined> {
  const opened = await openPlace(needs, actor, 'read:numbers', id);
  if (!opened) return undefined;
  const { place, tree } = opened;
  const mayCount = (one: NodeId) => can(actor, 'read:numbers', placeSubject(one, tree));
  const root = tree.pathOf(id).findLast(mayCount) ?? id;
  const now = needs.clock();
  const today = dateOf(now);
  const unitsUnder = (one: NodeId) => tree.unitsUnder(one).map((unit) => unit.id);
  const { people } = needs.store;
  const look = {
    tree,
    book: ruleBookOn(needs.assignmentRules, tree),
    asOf: { date: today, known: instantOf(now) },
  };
  const units = [...(await people.staffByUnit(unitsUnder(id)))].map(
    ([unit, records]) => [unit, unitFigures(records, unit, look)] as const,
  );
  const tallies = new Map(units.flatMap(([unit, { tally }]) => (tally ? [[unit, tally] as const] : [])));
  // Of the rest of what the reader may see only sizes matter: whether the place has been merged with one beside it.
  const headcounts = await people.headcounts(unitsUnder(root), today);
  const figures = placeFigures(tree, place, root, tallies, headcounts);
  const completion = figures ? sumOfCompletion(units.map(([, unit]) => unit.completion)) : [];
  return {
    place,
    parent: place.parent && mayCount(place.parent) ? tree.get(place.parent) : undefined,
    today,
    figures,
    completion: completion.filter((day) => day.people >= smallestGroup),
  };
}
