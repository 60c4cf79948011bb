import { z } from 'zod';
import { joinMinutes } from '#domain/groups/group.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Instant, PersonId, RandomBytes } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Secrets } from '#ports/secrets.ts';

/**
 * The cookie of a device on which somebody joins a group: the key that its forms are signed for and, from joining until “I have
 * saved the code”, the words. Sealed, so that nobody reads or makes one; gone on saving, on signing out and by itself (decision 0027).
 */
export interface JoinDevice {
  readonly key: string;
  readonly held?: HeldCode | undefined;
}

export interface HeldCode {
  readonly person: PersonId;
  readonly code: string;
  readonly until: Instant;
}

interface Needs {
  readonly secrets: Secrets;
  readonly publicUrl: URL;
}

const shape = z.object({
  key: z.string().min(1),
  held: z
    .object({ person: z.string().transform((id) => id as PersonId), code: z.string(), until: z.string() })
    .optional(),
});

const purpose = 'join-device';

export function joinCookieName({ publicUrl }: Pick<Needs, 'publicUrl'>): string {
  return publicUrl.protocol === 'https:' ? '__Host-grupp' : 'grupp';
}

/** @returns undefined for a device that has asked for no form lately */
export function readJoinDevice(
  { secrets }: Pick<Needs, 'secrets'>,
  cookie: string | undefined,
): JoinDevice | undefined {
  const plain = cookie === undefined ? undefined : secrets.unseal(purpose, cookie);
  if (!plain) return undefined;
  const parsed = shape.safeParse(JSON.parse(new TextDecoder().decode(plain)));
  return parsed.success ? parsed.data : undefined;
}

export function newJoinDevice({ random }: { readonly random: RandomBytes }): JoinDevice {
  return { key: randomCode(26, random) };
}

/** The `Set-Cookie` that keeps it, from now on. */
export function joinCookie(needs: Needs, device: JoinDevice): string {
  const sealed = needs.secrets.seal(purpose, new TextEncoder().encode(JSON.stringify(device)));
  return setCookie(needs, sealed, joinMinutes * 60);
}

export function clearedJoinCookie(needs: Pick<Needs, 'publicUrl'>): string {
  return setCookie(needs, '', 0);
}

function setCookie(needs: Pick<Needs, 'publicUrl'>, value: string, maxAge: number): string {
  const secure = needs.publicUrl.protocol === 'https:' ? '; Secure' : '';
  return `${joinCookieName(needs)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
}

/** The device after somebody has joined on it. */
export function holding(device: JoinDevice, { person, code }: Omit<HeldCode, 'until'>, now: Date): JoinDevice {
  return { ...device, held: { person, code, until: instantOf(new Date(now.getTime() + joinMinutes * 60_000)) } };
}

/** The words of who is signed in, as long as they are to be shown on this device. */
export function heldCodeOf(device: JoinDevice | undefined, person: PersonId, now: Date): string | undefined {
  const held = device?.held;
  return held?.person === person && held.until > now.toISOString() ? held.code : undefined;
}
