import type { LinkState } from '#domain/account/sent-link.ts';

const states = ['used', 'expired', 'replaced', 'withdrawn', 'unknown'] as const;

/** Why a link opens nothing: what came of using it, else what it was when it was opened. */
export function refusedLink(
  result: { readonly ok: boolean; readonly reason?: string } | undefined,
  found: LinkState | undefined,
): (typeof states)[number] {
  const reason = states.find((state) => result?.reason === `link-${state}`);
  if (reason) return reason;
  return found === undefined || found === 'open' ? 'unknown' : found;
}
