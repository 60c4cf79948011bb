import { instantOf } from '#domain/kernel/calendar.ts';
import type { CodeHash } from '#domain/kernel/ids.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { linkState, withoutOpenLinks } from './sent-link.ts';
import { signedOut } from './session.ts';

/** What is changed of how somebody signs in, or of what they may do once they have. */
export type CredentialChange =
  /** `own`: by the person, who has just shown a second factor. Else somebody else says which address is right. */
  | { readonly kind: 'email'; readonly email: string | undefined; readonly own?: true }
  /** `by`: the link by which it was chosen, which is used from now on. */
  | { readonly kind: 'password'; readonly passwordHash: string; readonly by?: 'invitation' | 'passwordReset' }
  | { readonly kind: 'grants'; readonly grants: readonly Grant[] }
  | { readonly kind: 'code'; readonly codeHash: CodeHash | undefined; readonly codeEnding?: string | undefined }
  | { readonly kind: 'factors-reset' };

export interface ChangedCredentials {
  readonly person: Person;
  /** Whether every session that was open before must end. */
  readonly endsSessions: boolean;
  /** The person's way in is gone: an open invitation, a code, or a password that rested on another address; and there is an address. */
  readonly needsInvitation: boolean;
}

/**
 * The one place where credentials change. When an address, a role or a password changes, what rested on the one before is gone:
 * links that were sent out, the personal code, every open session, and with an address that somebody else puts right the password and
 * the factors. So a code never stands beside an account or a role: its five
 * words are enough for one's own course, and for nothing of anybody else's.
 */
export function withChangedCredentials(before: Person, change: CredentialChange, now: Date): ChangedCredentials {
  const after = changedBy(before, change, now);
  // A reset signs out also where the person, or whoever has their session, took the last factor away a moment before.
  if (change.kind !== 'factors-reset' && !isOther(before, after))
    return { person: after, endsSessions: false, needsInvitation: false };
  const rebuilt = isRebuilt(before, after) ? withoutWhatRested(after) : after;
  const person = signedOut(rebuilt);
  const isStranded = hasWayIn(before, now) && !hasWayIn(person, now);
  return { person, endsSessions: true, needsInvitation: isStranded && person.email !== undefined };
}

function changedBy(person: Person, change: CredentialChange, now: Date): Person {
  switch (change.kind) {
    case 'email':
      return person.email === change.email ? person : withEmail(person, change);
    case 'grants':
      return { ...person, grants: change.grants };
    case 'code':
      return { ...person, codeHash: change.codeHash, codeEnding: change.codeEnding };
    case 'factors-reset':
      return { ...person, secondFactors: undefined };
    case 'password':
      return withPassword(person, change, now);
  }
}

/**
 * Where somebody else puts an address right, the one before may always have been a stranger's, who opened the invitation: password
 * and factors were set by whoever read that mailbox, so they rest on it, and go. Their own owner has shown that they are theirs.
 */
function withEmail(person: Person, { email, own }: Extract<CredentialChange, { kind: 'email' }>): Person {
  const moved = { ...person, email, mailRefusedAt: undefined };
  return own || person.email === undefined ? moved : { ...moved, passwordHash: undefined, secondFactors: undefined };
}

function withPassword(
  person: Person,
  { passwordHash, by }: Extract<CredentialChange, { kind: 'password' }>,
  now: Date,
): Person {
  const link = by && person[by];
  const secondFactors = link?.clearsFactors ? undefined : person.secondFactors;
  return { ...person, passwordHash, secondFactors, ...(by && link && { [by]: { ...link, usedAt: instantOf(now) } }) };
}

/** Whether what others were built on has changed: address, password or roles. */
function isRebuilt(before: Person, after: Person): boolean {
  return (
    before.email !== after.email || before.passwordHash !== after.passwordHash || grantsOf(before) !== grantsOf(after)
  );
}

function isOther(before: Person, after: Person): boolean {
  return (
    isRebuilt(before, after) ||
    before.codeHash !== after.codeHash ||
    JSON.stringify(before.secondFactors) !== JSON.stringify(after.secondFactors)
  );
}

function grantsOf({ grants }: Person): string {
  return JSON.stringify(
    grants
      .map((grant) =>
        Object.entries(grant)
          .filter(([, value]) => value !== undefined)
          .sort(),
      )
      .sort(),
  );
}

/** Links that are gone say so to whoever tries them again. */
function withoutWhatRested(person: Person): Person {
  return { ...withoutOpenLinks(person), codeHash: undefined, codeEnding: undefined };
}

function hasWayIn({ passwordHash, codeHash, invitation }: Person, now: Date): boolean {
  const isOpen = invitation !== undefined && linkState(invitation, now) === 'open';
  return passwordHash !== undefined || codeHash !== undefined || isOpen;
}

/**
 * What a saved change of a person has left standing that it should not have, if anything: for tests, and for whoever writes another
 * road to credentials.
 */
export function leftStanding(before: Person, after: Person): 'code' | 'invitation' | 'passwordReset' | undefined {
  if (!isRebuilt(before, after)) return undefined;
  if (before.codeHash !== undefined && after.codeHash === before.codeHash) return 'code';
  return (['invitation', 'passwordReset'] as const).find(
    (name) => before[name] !== undefined && after[name]?.tokenHash === before[name].tokenHash && !after[name].usedAt,
  );
}
