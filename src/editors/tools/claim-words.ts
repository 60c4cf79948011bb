import type { ClaimStatus } from '#content/guidelines.ts';

/** What a claim's status means, to an editor or a jurist. */
export const statusWords: Readonly<Record<ClaimStatus, string>> = {
  holds: 'stämmer',
  nuanced: 'stämmer i huvudsak, lärs ut som noteringen säger',
  outdated: 'inaktuellt, lärs ut som noteringen säger',
  wrong: 'fel i källan, lärs ut som noteringen säger',
  local: 'lokal regel',
  outside: 'utanför kursen',
};
