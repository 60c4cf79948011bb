import type { Instant } from '#domain/kernel/ids.ts';

export interface Aged<Id extends string = string> {
  readonly id: Id;
  readonly createdAt: Instant;
}

/** Oldest first, and by id among those of the same age, so that an order is the same each time. */
export function byAge(one: Aged, other: Aged): number {
  return compare(one.createdAt, other.createdAt) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
