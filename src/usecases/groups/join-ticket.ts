import type { Group } from '#domain/groups/group.ts';
import { joinMinutes } from '#domain/groups/group.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'secrets' | 'clock'>;

/** Base 36, enough until the year 5188. */
const timeLength = 9;
const seedLength = 26;
const shape = /^[0-9A-Z]{61}$/;

/**
 * What the join form carries: when it was shown and a number drawn at random, signed for the group and for the device that asked
 * for it. A person’s id and code follow from it, so that the same form makes one person (decisions 0007 and 0027).
 *
 * @param device the key in the device’s cookie
 */
export function newTicket(
  { secrets, clock, random }: Needs & Pick<Services, 'random'>,
  group: Pick<Group, 'id'>,
  device: string,
): string {
  const time = clock().getTime().toString(36).toUpperCase().padStart(timeLength, '0');
  const content = time + randomCode(seedLength, random);
  return content + (signaturesOf(secrets, group, device, content)[0] ?? '');
}

/** What the ticket drew; undefined for one that is not ours, is another group’s or device’s, or has stood open for too long. */
export function seedOf(
  { secrets, clock }: Needs,
  group: Pick<Group, 'id'>,
  device: string,
  ticket: string,
): string | undefined {
  if (!shape.test(ticket)) return undefined;
  const content = ticket.slice(0, timeLength + seedLength);
  const signed = secrets.hashToken(ticket.slice(content.length));
  // Hashed before they are compared, so that the time it takes says nothing of the right one.
  if (!signaturesOf(secrets, group, device, content).some((one) => secrets.hashToken(one) === signed)) return undefined;
  const age = clock().getTime() - Number.parseInt(content.slice(0, timeLength), 36);
  return age >= 0 && age < joinMinutes * 60_000 ? content.slice(timeLength) : undefined;
}

/** Under the newest key first, then those that it took over from. */
function signaturesOf(
  secrets: Services['secrets'],
  group: Pick<Group, 'id'>,
  device: string,
  content: string,
): readonly string[] {
  const bytes = secrets.derivations('join-ticket', `${group.id}:${device}:${content}`, seedLength);
  return bytes.map((one) => randomCode(seedLength, () => one));
}
