import { type JoinRefusal, takeSeat } from '#domain/group.ts';
import type { Instant, PersonId } from '#domain/ids.ts';
import type { Language } from '#domain/language.ts';
import type { Group } from '#domain/person.ts';
import { personalCode, personalCodeBytes } from '#domain/personal-code.ts';
import { normalizeCode, randomCode } from '#domain/random.ts';
import { triesFrom } from '#domain/throttle.ts';
import type { Browser } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { createOnce } from './create-once.ts';
import { newPerson } from './new-person.ts';

/** A ticket is made when the form is shown, so that sending it twice makes one person. */
const ticketShape = /^[0-9A-Z]{26}$/;

export function newTicket({ random }: Pick<Services, 'random'>): string {
  return randomCode(26, random);
}

/** Looks a group up by what was typed, and counts a miss against the network address. */
export async function findGroup(
  { store, clock, throttle }: Pick<Services, 'store' | 'clock' | 'throttle'>,
  typed: string,
  address: string,
): Promise<
  | { ok: true; group: Group }
  | { ok: false; reason: 'group-unknown' }
  | { ok: false; reason: 'too-many-tries'; until: Instant }
> {
  const tries = triesFrom(address, 'groupCode');
  const counted = await throttle.count(tries, clock());
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  const group = await store.groups.findByCode(normalizeCode(typed));
  if (!group) return { ok: false, reason: 'group-unknown' };
  await throttle.giveBack(tries, clock());
  return { ok: true, group };
}

export type JoinResult =
  | { readonly ok: true; readonly code: string; readonly cookie: string }
  | { readonly ok: false; readonly reason: JoinRefusal | 'form-too-old' | 'removed-from-group' | 'code-replaced' };

/**
 * Makes the participant's document and personal code, and signs in. The same ticket again gives the same person and
 * the same code: a reloaded page shows what it showed, until the code has been replaced or the person been removed.
 */
export async function joinGroup(
  { store, secrets, clock, sessions, random }: Pick<Services, 'store' | 'secrets' | 'clock' | 'sessions' | 'random'>,
  group: Group,
  wanted: { readonly name: string; readonly ticket: string; readonly language: Language; readonly browser?: Browser },
): Promise<JoinResult> {
  if (!ticketShape.test(wanted.ticket)) return { ok: false, reason: 'form-too-old' };
  const seed = `${group.id}:${wanted.ticket}`;
  const { id, code } = await participantOf({ store, secrets }, seed);
  const earlier = await store.people.get(id);
  if (earlier && earlier.groupId !== group.id) return { ok: false, reason: 'removed-from-group' };
  if (earlier && !secrets.hashesOfCode(code).some((hash) => hash === earlier.codeHash)) {
    return { ok: false, reason: 'code-replaced' };
  }
  if (!earlier) {
    const now = clock();
    const seat = await store.groups.update(group.id, (newest) => {
      const taken = takeSeat(newest, id, now);
      return { save: taken.ok && taken.group !== newest ? taken.group : undefined, result: taken };
    });
    if (!seat.ok) return { ok: false, reason: seat.reason };
    const { name, language } = wanted;
    const given = {
      id,
      name,
      nameGivenBy: 'self',
      codeHash: secrets.hashCode(code),
      language,
      groupId: group.id,
    } as const;
    const engagement = { unit: group.unit, category: group.category, to: group.lastDay };
    await createOnce(store, newPerson(given, engagement, now, random));
  }
  return { ok: true, code, cookie: await sessions.open(id, { by: 'group', browser: wanted.browser }) };
}

/** Id and code that follow from a ticket; those that an older key gave, where somebody has them. */
async function participantOf(
  { store, secrets }: Pick<Services, 'store' | 'secrets'>,
  seed: string,
): Promise<{ readonly id: PersonId; readonly code: string }> {
  const codes = secrets.derivations('participant-code', seed, personalCodeBytes).map(personalCode);
  const [newest, ...older] = secrets
    .derivations('participant-id', seed, 16)
    .map((bytes, place) => ({ id: personIdFrom(bytes), code: codes[place] ?? '' }));
  for (const participant of older) if (await store.people.get(participant.id)) return participant;
  return newest as { id: PersonId; code: string };
}

function personIdFrom(bytes: Uint8Array): PersonId {
  return randomCode(16, () => bytes) as PersonId;
}
