import { dateOf } from './calendar.ts';
import type { Group } from './person.ts';

export type JoinRefusal = 'group-closed' | 'group-ended' | 'group-full';

/** Why nobody more may join, if so. @param members how many have joined */
export function refuseJoin(group: Group, members: number, now: Date): JoinRefusal | undefined {
  if (group.closedAt) return 'group-closed';
  if (dateOf(now) > group.lastDay) return 'group-ended';
  return members >= group.size ? 'group-full' : undefined;
}

/** A group's code on the poster: eight characters, read in two groups of four. */
export function displayGroupCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
