import { addMinutes, instantOf } from '#domain/kernel/calendar.ts';
import type { TokenHash } from '#domain/kernel/ids.ts';
import type { PastLink, Person, SentLink } from '#domain/people/person.ts';

/** Days and minutes that links hold. Invitations wait for people on leave; a reset is asked for by someone at the screen. */
export const invitationMinutes = 14 * 24 * 60;
export const passwordResetMinutes = 60;

/** Links that open nothing any more are remembered, so many of the last, to say the right thing to whoever opens one. */
const pastLinksKept = 6;

export const linkKinds = ['invitation', 'passwordReset'] as const;
export type LinkKind = (typeof linkKinds)[number];

/**
 * `replaced`: a newer one has been sent to the same address. `withdrawn`: what it rested on is gone, an address or a password, and
 * there may be no newer one for whoever holds it.
 */
export type LinkState = 'open' | 'used' | 'expired' | 'replaced' | 'withdrawn';

/** Why a link opens nothing. */
export type LinkRefusal = 'link-unknown' | `link-${Exclude<LinkState, 'open'>}`;

export function newLink(tokenHash: TokenHash, minutes: number, now: Date): SentLink {
  return { tokenHash, expiresAt: addMinutes(instantOf(now), minutes) };
}

export function linkState(link: SentLink, now: Date): 'open' | 'used' | 'expired' {
  if (link.usedAt) return 'used';
  return instantOf(now) < link.expiresAt ? 'open' : 'expired';
}

/** The state of the link that somebody has in hand, if it is or was this person's. That it was used is said before all else. */
export function stateInHand(
  person: Pick<Person, LinkKind | 'pastLinks'>,
  kind: LinkKind,
  tokenHash: TokenHash,
  now: Date,
): LinkState | undefined {
  const current = person[kind];
  if (current?.tokenHash === tokenHash) return linkState(current, now);
  const past = person.pastLinks?.find((one) => one.kind === kind && one.tokenHash === tokenHash);
  return past && (past.usedAt ? 'used' : past.ended);
}

/** The person with a new link, which takes the place of the one before; the same link again takes nobody's place. */
export function withLink<P extends Person>(person: P, kind: LinkKind, link: SentLink): P {
  const before = person[kind];
  const isOther = before !== undefined && before.tokenHash !== link.tokenHash;
  const left = isOther ? withoutLink(person, kind, 'replaced') : person;
  const past = left.pastLinks?.filter((one) => one.tokenHash !== link.tokenHash);
  return { ...left, [kind]: link, pastLinks: past && kept(past) };
}

/** The person without one link, remembered as ended. */
export function withoutLink<P extends Person>(person: P, kind: LinkKind, how: PastLink['ended']): P {
  const link = person[kind];
  if (!link) return person;
  const { tokenHash, expiresAt, usedAt } = link;
  const past: PastLink = { kind, tokenHash, expiresAt, ended: how, ...(usedAt && { usedAt }) };
  return { ...person, [kind]: undefined, pastLinks: kept([...(person.pastLinks ?? []), past]) };
}

/** The person without links that are still open; one that has been used opens nothing, and stays. */
export function withoutOpenLinks(person: Person): Person {
  const pastLinks = person.pastLinks?.map((one): PastLink => ({ ...one, ended: 'withdrawn' }));
  const open = linkKinds.filter((kind) => person[kind] && !person[kind].usedAt);
  return open.reduce((left: Person, kind) => withoutLink(left, kind, 'withdrawn'), { ...person, pastLinks });
}

/**
 * The link that a saved change has let fall out of memory while it was open, so that its holder would be told that it never was: for
 * tests, and for whoever writes another road to links.
 */
export function forgottenLink(before: Person, after: Person, now: Date): LinkKind | undefined {
  return linkKinds.find((kind) => {
    const link = before[kind];
    return link && linkState(link, now) === 'open' && stateInHand(after, kind, link.tokenHash, now) === undefined;
  });
}

function kept(links: readonly PastLink[]): readonly PastLink[] | undefined {
  return links.length === 0 ? undefined : links.slice(-pastLinksKept);
}
