import type { Person } from '#domain/people/person.ts';

/**
 * Devices that somebody has signed in on before (decision 0023). A device brings a signed mark in a cookie that names
 * nobody; the mark is for one person and for the password or code they had then. What strangers do never counts against it.
 */
export interface KnownDevices {
  readonly cookieName: string;
  /** The device's id, where its mark was made here, for whomever: who sends it has once signed in. @param mark what the cookie holds */
  idOf(mark: string | undefined, now: Date): string | undefined;
  /** What to count this person's tries on this device under; undefined where they are not known on it. */
  keyFor(mark: string | undefined, person: Person, now: Date): string | undefined;
  /** A `Set-Cookie` value that makes the person known on the device; undefined when they are already. */
  remember(mark: string | undefined, person: Person, now: Date): string | undefined;
}
