/**
 * Pages built ahead know nobody, and yet everybody who is signed in must be able to sign out from them (ASVS 7.4.4). So beside the
 * session's cookie stands one that says only “somebody is signed in here”, for the page's script to read (decision 0025). It is
 * no secret and opens nothing; the server never believes it.
 */
export const hintNames = { plain: 'inloggad', secure: '__Host-inloggad' } as const;

export interface HintState {
  /** Of the session's cookie: it says whether we are under https. */
  readonly sessionCookie: string;
  /** `Set-Cookie` values of the reply. */
  readonly sent: readonly string[];
  /** Whether the request came with a session that holds. */
  readonly signedIn: boolean;
  /** Whether the request came with the hint. */
  readonly hinted: (name: string) => boolean;
  /** How long a session's cookie lasts, for a hint that has got lost. */
  readonly seconds: number;
}

/** The `Set-Cookie` value that makes the hint true again. Undefined where it is. */
export function hintToSend({ sessionCookie, sent, signedIn, hinted, seconds }: HintState): string | undefined {
  const secure = sessionCookie.startsWith('__Host-');
  const name = secure ? hintNames.secure : hintNames.plain;
  const hint = (maxAge: number) =>
    `${name}=${maxAge > 0 ? 1 : ''}; Path=/; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
  const changed = sent.findLast((cookie) => cookie.startsWith(`${sessionCookie}=`));
  if (changed) return hint(Number(/Max-Age=(\d+)/.exec(changed)?.[1] ?? 0));
  if (signedIn === hinted(name)) return undefined;
  return hint(signedIn ? seconds : 0);
}
