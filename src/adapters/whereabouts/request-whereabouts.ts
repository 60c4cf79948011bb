import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac, randomBytes } from 'node:crypto';
import { deviceOf } from '#domain/account/device.ts';
import { networkOf } from '#domain/account/network.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Secrets } from '#ports/secrets.ts';
import type { RequestSource, Whereabouts } from '#ports/whereabouts.ts';

/** Eight letters and digits, 40 bits: enough to tell a few thousand networks of a day apart. */
const markLength = 8;

/** Marks that only this process (networks, for a day) and this installation (a person's devices) can make. */
export function createWhereabouts(secrets: Pick<Secrets, 'derive'>, clock: () => Date): Whereabouts {
  const sources = new AsyncLocalStorage<RequestSource>();
  const deviceKey = secrets.derive('device-mark', '', 32);
  let ofDay = { day: '', key: randomBytes(32) };
  const keyOfToday = () => {
    const day = dateOf(clock());
    if (ofDay.day !== day) ofDay = { day, key: randomBytes(32) };
    return ofDay.key;
  };
  return {
    within: (source, work) => sources.run(source, work),
    isWithin: () => sources.getStore() !== undefined,
    marks: (person) => {
      const source = sources.getStore();
      if (!source) return {};
      const { address, userAgent = '' } = source;
      const device = person ? markOf(deviceKey, `${person} ${userAgent}`) : markOf(keyOfToday(), userAgent);
      return { device: `${deviceOf(userAgent).system}-${device}`, network: markOf(keyOfToday(), networkOf(address)) };
    },
  };
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function markOf(key: Uint8Array, text: string): string {
  const bytes = createHmac('sha256', key).update(text).digest().subarray(0, markLength);
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}
