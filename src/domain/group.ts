import { dateOf } from './calendar.ts';
import type { PersonId } from './ids.ts';
import type { Group } from './person.ts';

export type JoinRefusal = 'group-closed' | 'group-ended' | 'group-full';

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

/** A group's code on the poster: eight characters, read in two groups of four. */
export function displayGroupCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
