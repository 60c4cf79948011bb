import type { Category } from '#domain/kernel/category.ts';
import type { Assignment } from './assignment.ts';

/** What somebody can still do something about: not done, and not exempt from. */
export function isOpen({ state }: Pick<Assignment, 'state'>): boolean {
  return state !== 'done' && state !== 'exempt';
}

/**
 * The one course that settles an assignment together with another that is open; undefined where it has to be taken itself.
 *
 * @example a manager who is also newly employed takes the managers' course, which the employees' rule accepts
 */
export function coveredBy(assignment: Assignment, assignments: readonly Assignment[]): Assignment | undefined {
  const place = assignments.indexOf(assignment);
  return assignments.find(
    (other, otherPlace) =>
      other !== assignment &&
      isOpen(other) &&
      assignment.accepts.includes(other.track) &&
      // Of two that do for each other, the first is taken.
      (otherPlace < place || !other.accepts.includes(assignment.track)),
  );
}

/**
 * What a person is to do now, of everything there is: the exam that is begun, else what is due first. What another course
 * settles too is left to that one, which is then as urgent as both. Undefined when nothing is open.
 *
 * @param begun tracks of the exams under way
 */
export function currentTask(assignments: readonly Assignment[], begun: readonly Category[]): Assignment | undefined {
  const open = assignments.filter(isOpen);
  const own = open.filter((assignment) => !coveredBy(assignment, open));
  const dueOf = (assignment: Assignment) =>
    open
      .filter((other) => other === assignment || other.accepts.includes(assignment.track))
      .map(({ due }) => due)
      .reduce((one, other) => (one < other ? one : other));
  const byUrgency = own
    .map((assignment) => ({ assignment, due: dueOf(assignment) }))
    .toSorted(
      (one, other) =>
        compare(one.due, other.due) || Number(other.assignment.mandatory) - Number(one.assignment.mandatory),
    );
  const underWay = open.find(({ track, accepts }) => [track, ...accepts].some((one) => begun.includes(one)));
  return underWay ?? byUrgency[0]?.assignment;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
