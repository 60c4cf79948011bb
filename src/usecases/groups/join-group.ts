import { triesFrom } from '#domain/account/throttle.ts';
import type { Group } from '#domain/groups/group.ts';
import { type JoinRefusal, takeSeat } from '#domain/groups/group.ts';
import type { Instant, PersonId } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import { normalizeCode, randomCode } from '#domain/kernel/random.ts';
import type { Person } from '#domain/people/person.ts';
import { codeEnding, personalCode, personalCodeBytes } from '#domain/people/personal-code.ts';
import { areSimilarNames } from '#domain/people/similar-names.ts';
import type { Browser } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { createOnce } from '#usecases/shared/create-once.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { seedOf } from './join-ticket.ts';
import { countJoin } from './limit-joins.ts';

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

export interface Wanted {
  readonly name: string;
  readonly language: Language;
  /** Has been asked whether they have joined before, and says no. */
  readonly isNew: boolean;
  readonly ticket: string;
  /** The key in the device’s cookie. */
  readonly device: string;
  readonly address: string;
  readonly browser?: Browser | undefined;
}

export type JoinResult =
  | { readonly ok: true; readonly person: PersonId; readonly code: string; readonly cookie: string }
  | {
      readonly ok: false;
      readonly reason: JoinRefusal | 'form-too-old' | 'removed-from-group' | 'code-replaced' | 'joined-before';
    }
  | { readonly ok: false; readonly reason: 'too-many-joins'; readonly until: Instant };

type Needs = Pick<Services, 'store' | 'secrets' | 'clock' | 'sessions' | 'random' | 'throttle'>;

/** Id and code of whom a form makes, or those that an older key gave where somebody has them; undefined for a form that opens nothing. */
export async function personOfTicket(
  needs: Pick<Services, 'store' | 'secrets' | 'clock'>,
  group: Pick<Group, 'id'>,
  { ticket, device }: Pick<Wanted, 'ticket' | 'device'>,
): Promise<{ readonly id: PersonId; readonly code: string } | undefined> {
  const { store, secrets } = needs;
  const drawn = seedOf(needs, group, device, ticket);
  if (!drawn) return undefined;
  const seed = `${group.id}:${drawn}`;
  const codes = secrets.derivations('participant-code', seed, personalCodeBytes).map(personalCode);
  const [newest, ...older] = secrets
    .derivations('participant-id', seed, 16)
    .map((bytes, place) => ({ id: randomCode(16, () => bytes) as PersonId, code: codes[place] ?? '' }));
  for (const participant of older) if (await store.people.get(participant.id)) return participant;
  return newest;
}

/** Whether the words are this person’s, under a key that the installation still has. */
export function hasCode(
  { secrets }: Pick<Services, 'secrets'>,
  person: Pick<Person, 'codeHash'>,
  code: string,
): boolean {
  return secrets.hashesOfCode(code).some((hash) => hash === person.codeHash);
}

/**
 * Makes the participant's document and personal code, and signs in. The same form again on the same device gives the same person
 * and the same code, for the minutes that it holds and until the code has been saved, replaced or the person been removed.
 */
export async function joinGroup(needs: Needs, group: Group, wanted: Wanted): Promise<JoinResult> {
  const { store, sessions } = needs;
  const made = await personOfTicket(needs, group, wanted);
  if (!made) return { ok: false, reason: 'form-too-old' };
  const earlier = await store.people.get(made.id);
  if (earlier && earlier.groupId !== group.id) return { ok: false, reason: 'removed-from-group' };
  if (earlier && !hasCode(needs, earlier, made.code)) return { ok: false, reason: 'code-replaced' };
  if (!earlier) {
    const refusal = await takePlace(needs, group, wanted, made);
    if (refusal) return refusal;
  }
  return {
    ok: true,
    person: made.id,
    code: made.code,
    cookie: await sessions.open(earlier ?? made, { by: 'group', browser: wanted.browser }),
  };
}

async function takePlace(
  needs: Needs,
  group: Group,
  wanted: Wanted,
  { id, code }: { readonly id: PersonId; readonly code: string },
): Promise<Extract<JoinResult, { ok: false }> | undefined> {
  const { store, secrets, clock, random } = needs;
  const now = clock();
  const closed = takeSeat(group, id, now);
  if (!closed.ok) return { ok: false, reason: closed.reason };
  if (await asksWhether(needs, group, wanted, now)) return { ok: false, reason: 'joined-before' };
  const counted = await countJoin(needs, wanted.address);
  if (!counted.ok) return { ok: false, reason: 'too-many-joins', until: counted.until };
  const seat = await store.groups.update(group.id, (newest) => {
    const taken = takeSeat(newest, id, now);
    return { save: taken.ok && taken.group !== newest ? taken.group : undefined, result: taken };
  });
  if (!seat.ok) return { ok: false, reason: seat.reason };
  const given = {
    ...({ id, name: wanted.name, nameGivenBy: 'self', language: wanted.language, groupId: group.id } as const),
    ...{ codeHash: secrets.hashCode(code), codeEnding: codeEnding(code) },
  };
  const engagement = { unit: group.unit, category: group.category, to: group.lastDay };
  await createOnce(store, newPerson(given, engagement, now, random));
  return undefined;
}

/**
 * Whether to ask “have you joined before?”. Somebody of nearly the same name is in the group; or so many have been asked from this
 * network that everybody there is, so that being asked says nothing any more. A protected person never makes the difference
 * (decision 0026).
 */
async function asksWhether(
  { store, throttle }: Needs,
  group: Group,
  { name, isNew, address }: Wanted,
  now: Date,
): Promise<boolean> {
  if (isNew) return false;
  const members = await store.people.findByGroup(group.id);
  const isNear = members.some((member) => !member.protectedIdentity && areSimilarNames(member.name, name));
  const tries = triesFrom(address, 'joinQuestion');
  const counted = await throttle.count(tries, now);
  if (!counted.ok) return true;
  if (!isNear) await throttle.giveBack(tries, now);
  return isNear;
}
