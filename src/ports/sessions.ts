import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Device } from '#domain/account/device.ts';
import type { SessionOpener } from '#domain/account/session.ts';
import type { Instant, PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';

/** The browser that asks, as far as its session goes. */
export interface Browser {
  /** What its cookie holds. Signing in ends the session that it opened. */
  readonly token?: string | undefined;
  readonly device: Device;
  /** The signed mark of a device that somebody has signed in on before (ports/known-devices.ts). */
  readonly mark?: string | undefined;
}

export interface Opening {
  readonly by: SessionOpener;
  /** Absent where nobody's browser asks: in tests. */
  readonly browser?: Browser | undefined;
  /** When a second factor was shown. */
  readonly strongAt?: Instant | undefined;
}

export interface SignedInSession {
  /** What the store calls it: names the session, and opens nothing. */
  readonly id: string;
  /** With the grants that are awake today. */
  readonly person: ActingPerson;
  /** When a second factor was last shown in it. Undefined too when nothing has been done in it for an hour since. */
  readonly strongAt: Instant | undefined;
  readonly openedBy: SessionOpener;
  /** When password, code or link was last shown in it. */
  readonly provenAt: Instant;
  /** A `Set-Cookie` value to send, when the session was prolonged. */
  readonly renewed?: string;
}

/** A session as its owner sees it in a list. */
export interface ListedSession {
  readonly id: string;
  readonly device: Device;
  readonly openedBy: SessionOpener;
  readonly createdAt: Instant;
  /** In this process to the moment, otherwise at most an hour too old. */
  readonly lastUsedAt: Instant;
}

export interface Sessions {
  readonly cookieName: string;
  /**
   * Signs a person in, in place of whoever was signed in on this device. One has at most twenty sessions: the oldest ends.
   *
   * @param person as they were when password, code or link was judged: if that has been changed since, the session is not open
   * @returns the value of the `Set-Cookie` header
   */
  open(person: Pick<Person, 'id' | 'credentialChanges'>, opening: Opening): Promise<string>;
  /** Who holds this token? Costs no write but once an hour. */
  read(token: string): Promise<SignedInSession | undefined>;
  /**
   * A second factor has been shown: the session goes on under a new token, so that one that was stolen before stays weak.
   *
   * @returns the value of the `Set-Cookie` header
   */
  strengthen(session: SignedInSession, strongAt: Instant): Promise<string>;
  /**
   * Password or code has been shown once more: the session goes on under a new token.
   *
   * @returns the value of the `Set-Cookie` header
   */
  prove(session: SignedInSession, by: 'password' | 'code', provenAt: Instant): Promise<string>;
  /** Signs out. @returns the `Set-Cookie` value that clears the cookie */
  close(token: string | undefined): Promise<string>;
  closeAllOf(person: PersonId): Promise<void>;
  /** One's sessions, the one used last first. */
  listOf(person: Person): Promise<readonly ListedSession[]>;
  /** Ends one of a person's sessions. @returns whether the person had it */
  closeOne(person: PersonId, id: string): Promise<boolean>;
  /** Ends all but this one. @returns how many there were */
  closeOthers(session: SignedInSession): Promise<number>;
}
