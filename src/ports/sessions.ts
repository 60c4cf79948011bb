import type { Instant, PersonId } from '#domain/ids.ts';
import type { Person } from '#domain/person.ts';

export interface SignedInSession {
  /** What the store calls it: names the session, and opens nothing. */
  readonly id: string;
  readonly person: Person;
  /** When a second factor was last shown in it. */
  readonly strongAt: Instant | undefined;
  /** A `Set-Cookie` value to send, when the session was prolonged. */
  readonly renewed?: string;
}

export interface Sessions {
  readonly cookieName: string;
  /** Signs a person in. @param strongAt when a second factor was shown @returns the value of the `Set-Cookie` header */
  open(person: PersonId, strongAt?: Instant): Promise<string>;
  /** Who holds this token? */
  read(token: string): Promise<SignedInSession | undefined>;
  /**
   * A second factor has been shown: the session goes on under a new token, so that one that was stolen before stays weak.
   *
   * @returns the value of the `Set-Cookie` header
   */
  strengthen(session: SignedInSession, strongAt: Instant): Promise<string>;
  /** Signs out. @returns the `Set-Cookie` value that clears the cookie */
  close(token: string | undefined): Promise<string>;
  closeAllOf(person: PersonId): Promise<void>;
}
