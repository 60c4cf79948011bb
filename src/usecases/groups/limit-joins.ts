import { triesFrom } from '#domain/account/throttle.ts';
import type { Counted } from '#ports/throttle.ts';
import type { Services } from '#src/services.ts';

/**
 * Counts somebody who is about to join a group, before a seat is taken. Nothing is given back: it is joining that is limited, so
 * that a code on a poster does not fill a group from one place in a second. A class that joins in the same minute gets in.
 *
 * @param address the network address that it comes from
 */
export async function countJoin(
  { throttle, clock }: Pick<Services, 'throttle' | 'clock'>,
  address: string,
): Promise<Counted> {
  return throttle.count([...triesFrom(address, 'joinMinute'), ...triesFrom(address, 'joinDay')], clock());
}
