import { addMinutes, instantOf } from './calendar.ts';
import type { TokenHash } from './ids.ts';
import type { SentLink } from './person.ts';

/** Days and minutes that links hold. Invitations wait for people on leave; a reset is asked for by someone at the screen. */
export const invitationMinutes = 14 * 24 * 60;
export const passwordResetMinutes = 60;

export type LinkState = 'open' | 'used' | 'expired';

export function newLink(tokenHash: TokenHash, minutes: number, now: Date): SentLink {
  return { tokenHash, expiresAt: addMinutes(instantOf(now), minutes) };
}

export function linkState(link: SentLink, now: Date): LinkState {
  if (link.usedAt) return 'used';
  return instantOf(now) < link.expiresAt ? 'open' : 'expired';
}
