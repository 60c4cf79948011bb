import type { Passkey } from '#domain/people/person.ts';

/** What a browser is asked to do, as JSON for `PublicKeyCredential.parse…OptionsFromJSON`. */
export interface PasskeyQuestion {
  /** Base64url; it has to come back in the answer. */
  readonly challenge: string;
  readonly options: object;
}

/** What the authenticator says of a passkey it has made. */
export type MadePasskey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>;

/** Whether a challenge that came back is one that was asked and not yet answered. Asking uses it up. */
export type IsAsked = (challenge: string) => Promise<boolean>;

/** Web Authentication (W3C, level 3), for this site's name and origin. Answers come from outside and may be anything. */
export interface Passkeys {
  /** False where the site's address is a number or has no TLS: browsers make no passkeys there. */
  readonly available: boolean;
  askToMake(
    person: { readonly id: string; readonly account: string; readonly name: string },
    existing: readonly Passkey[],
  ): Promise<PasskeyQuestion>;
  /** Undefined for what is not a right answer to a question that was asked. */
  readMade(answer: unknown, isAsked: IsAsked): Promise<MadePasskey | undefined>;
  askToShow(existing: readonly Passkey[]): Promise<PasskeyQuestion>;
  /**
   * Which of these passkeys was shown, with its new counter. Undefined for what is not a right answer, and for a counter
   * that has not grown: then there is a copy.
   */
  readShown(answer: unknown, existing: readonly Passkey[], isAsked: IsAsked): Promise<Passkey | undefined>;
}
