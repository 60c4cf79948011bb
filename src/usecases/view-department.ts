import { can } from '#domain/access.ts';
import { ruleBook } from '#domain/assignment.ts';
import { dateOf, instantOf } from '#domain/calendar.ts';
import {
  type Completion,
  completionOver,
  monthEnds,
  type PlaceFigures,
  placeFigures,
  smallestGroup,
  tallyUnits,
} from '#domain/department-view.ts';
import type { CalendarDate, NodeId } from '#domain/ids.ts';
import type { Place } from '#domain/organisation.ts';
import type { Person } from '#domain/person.ts';
import type { Services } from '#src/services.ts';
import { openPlace } from './audited.ts';
import { placeSubject } from './subjects.ts';

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
export async function viewDepartment(needs: Needs, actor: Person, id: NodeId): Promise<DepartmentView | undefined> {
  const opened = await openPlace(needs, actor, 'read:numbers', id);
  if (!opened) return undefined;
  const { place, tree } = opened;
  const mayCount = (one: NodeId) => can(actor, 'read:numbers', placeSubject(one, tree));
  const root = tree.pathOf(id).findLast(mayCount) ?? id;
  const now = needs.clock();
  const today = dateOf(now);
  const book = ruleBook(needs.assignmentRules, tree);
  const all = tree.unitsUnder(root).map((unit) => unit.id);
  const records = await needs.store.people.staffOf(all);
  const tallies = tallyUnits(records, new Set(all), { tree, book, asOf: { date: today, known: instantOf(now) } });
  const figures = placeFigures(tree, place, root, tallies);
  const own = new Set(tree.unitsUnder(id).map((unit) => unit.id));
  const completion = figures ? completionOver(records, own, book, monthEnds(today), instantOf(now)) : [];
  return {
    place,
    parent: place.parent && mayCount(place.parent) ? tree.get(place.parent) : undefined,
    today,
    figures,
    completion: completion.filter(({ people }) => people >= smallestGroup),
  };
}
