import type { DrawnItem } from '#domain/exam/exam.ts';
import { addDays, dateOf, earlier, instantOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { AttemptId, CalendarDate, GroupId, Instant, NodeId, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { Engagement } from '#domain/people/staffing.ts';
import { currentStaffing } from '#domain/people/staffing.ts';

/** An exam drawn for a workplace without phones: printed, taken on paper and entered afterwards, once. */
export interface PaperSheet {
  /** That of the attempt which its answers make. */
  readonly id: AttemptId;
  /** From 1 in its group, as it is printed on the sheet. */
  readonly number: number;
  readonly track: Category;
  readonly courseVersion: string;
  readonly items: readonly DrawnItem[];
  readonly printedAt: Instant;
  /** Whose answers have been entered, or are being. */
  readonly person?: PersonId | undefined;
}

/** A group that joins by a shared code, “Feriearbetare vecka 25”. */
export interface Group {
  readonly id: GroupId;
  readonly name: string;
  /** The unit that its participants work in. */
  readonly unit?: NodeId | undefined;
  /** Short code on the poster, upper case, without hyphens. */
  readonly code: string;
  readonly category: Category;
  /** Last day of the engagement, and last day to join. Inclusive. */
  readonly lastDay: CalendarDate;
  readonly size: number;
  /**
   * Who has a place. Taken in one step with the check that there is one, before the participant's document is made: a
   * place may be taken by someone whose joining was cut off, never the other way round.
   */
  readonly seats: readonly PersonId[];
  /** In order of number; absent where none has been printed. */
  readonly sheets?: readonly PaperSheet[] | undefined;
  readonly createdBy: Pseudonym;
  readonly createdAt: Instant;
  readonly closedAt?: Instant | undefined;
}

export type JoinRefusal = 'group-closed' | 'group-ended' | 'group-full';

/** How long the form of a group may stand open, and how long the words that it gave are kept for the page that shows them. */
export const joinMinutes = 30;

/** Why nobody more may join, if so. */
export function refuseJoin(group: Group, now: Date): JoinRefusal | undefined {
  if (group.closedAt) return 'group-closed';
  if (dateOf(now) > group.lastDay) return 'group-ended';
  return group.seats.length >= group.size ? 'group-full' : undefined;
}

/** Takes a place for someone; who has one keeps it, even in a group that has closed since. */
export function takeSeat(
  group: Group,
  person: PersonId,
  now: Date,
): { ok: true; group: Group } | { ok: false; reason: JoinRefusal } {
  if (group.seats.includes(person)) return { ok: true, group };
  const refusal = refuseJoin(group, now);
  return refusal ? { ok: false, reason: refusal } : { ok: true, group: { ...group, seats: [...group.seats, person] } };
}

/** Gives a place back, for somebody else to take; sheets that were the person's go too. The same group where there is nothing to give back. */
export function withoutSeat(group: Group, person: PersonId): Group {
  const isNamed = group.seats.includes(person) || group.sheets?.some((sheet) => sheet.person === person);
  if (!isNamed) return group;
  const seats = group.seats.filter((id) => id !== person);
  return { ...group, seats, sheets: group.sheets?.filter((sheet) => sheet.person !== person) };
}

/** `ended`: the last day has been, whether or not somebody closed it before. */
export type GroupState = 'open' | 'ended' | 'closed';

export function groupState(group: Group, now: Date): GroupState {
  if (dateOf(now) > group.lastDay) return 'ended';
  return group.closedAt ? 'closed' : 'open';
}

/** Newest first; those that can be joined before those that have ended, and last those that were closed. */
export function inListOrder(groups: readonly Group[], now: Date): readonly Group[] {
  const states: readonly GroupState[] = ['open', 'ended', 'closed'];
  const rank = (group: Group) => states.indexOf(groupState(group, now));
  return groups.toSorted((one, other) => rank(one) - rank(other) || (one.createdAt < other.createdAt ? 1 : -1));
}

/**
 * Somebody who turned out not to belong to the group: no code signs them in, what they had begun is gone, and the work
 * that the group stood for ended the day before. A certificate is not looked at here: who has one is not removed.
 */
export function removedFrom(group: Group, person: Person, now: Date): Person {
  const staffing = currentStaffing(person);
  const yesterday = addDays(dateOf(now), -1);
  const isOfGroup = ({ unit, category }: Engagement) => unit === group.unit && category === group.category;
  const engagements = staffing.engagements.map((engagement) =>
    isOfGroup(engagement) ? { ...engagement, to: earlier(engagement.to ?? yesterday, yesterday) } : engagement,
  );
  return {
    ...person,
    groupId: undefined,
    codeHash: undefined,
    codeEnding: undefined,
    attempts: person.attempts.filter(({ handedInAt }) => handedInAt !== undefined),
    staffing: [...person.staffing, { ...staffing, recordedAt: instantOf(now), engagements }],
  };
}

/**
 * Whether somebody may put their own name right: who typed it themselves, until a manager has vouched for it or an exam is begun,
 * whose certificate will bear it. After that it is for those who answer for the group.
 */
export function mayMendName(
  person: Pick<Person, 'nameGivenBy' | 'groupId' | 'identity' | 'attempts' | 'certificates'>,
): boolean {
  return (
    person.nameGivenBy === 'self' &&
    person.groupId !== undefined &&
    person.identity === undefined &&
    person.attempts.length === 0 &&
    person.certificates.length === 0
  );
}

/** A group's code on the poster: eight characters, read in two groups of four. */
export function displayGroupCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
