import { hasSecondFactor } from '#domain/account/second-factor.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import { normalizePersonalCode } from '#domain/people/personal-code.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { countedTry, type Shown, type TriedFrom } from './show-second-factor.ts';

/** What somebody without a second factor shows once more: the password, or the personal code of words. */
export interface ShownAgain {
  readonly way: 'password' | 'words';
  readonly typed: string;
}

export function isShownAgain(shown: Shown | ShownAgain): shown is ShownAgain {
  return shown.way === 'password' || shown.way === 'words';
}

export type ProveResult =
  | { readonly ok: true; readonly cookie: string }
  | { readonly ok: false; readonly reason: 'wrong-password' | 'wrong-code' | 'too-busy' }
  | { readonly ok: false; readonly reason: 'too-many-tries'; readonly until: Instant };

type Needs = Pick<
  Services,
  'store' | 'secrets' | 'passwords' | 'sessions' | 'throttle' | 'clock' | 'knownDevices' | 'watch'
>;

/** Makes the session proven from now on. Whoever has a second factor shows that instead. */
export async function proveAgain(
  needs: Needs,
  session: SignedInSession,
  { way, typed }: ShownAgain,
  from: TriedFrom,
): Promise<ProveResult> {
  const { store, secrets, passwords, sessions, clock } = needs;
  const tried = await countedTry(needs, session, from, async () => {
    const person = await store.people.get(session.person.id);
    if (!person || hasSecondFactor(person)) return 'wrong';
    if (way === 'password') return passwords.verify(person.passwordHash, typed, 'known');
    return secrets.hashesOfCode(normalizePersonalCode(typed)).some((hash) => hash === person.codeHash)
      ? 'right'
      : 'wrong';
  });
  if (tried.ok) {
    const by = way === 'password' ? 'password' : 'code';
    return { ok: true, cookie: await sessions.prove(session, by, instantOf(clock())) };
  }
  if ('until' in tried) return tried;
  if (tried.reason === 'too-busy') return { ok: false, reason: 'too-busy' };
  return { ok: false, reason: way === 'password' ? 'wrong-password' : 'wrong-code' };
}
