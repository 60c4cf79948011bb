import { z } from 'zod';
import type { ControlRequest } from '#adapters/lowdb/lock-socket.ts';
import type { KeyId } from '#domain/kernel/ids.ts';
import { type KeyReport, reportKeys, restingOn, rotateKeys } from '#usecases/account/rotate-keys.ts';
import type { Services } from '../services.ts';

/**
 * What `npm run keys:rotate` asks the server for: `{"job":"keys"}` says what rests on which key; `replaced` names the key that a
 * new one is to take the place of, so that asking twice makes one; `drop` takes away those that nothing rests on.
 */
export const keysJob = 'keys';

const keyId = z.custom<KeyId>((value) => typeof value === 'string' && /^k[1-9]\d{0,5}$/.test(value));

const keysRequest = z.looseObject({
  replaced: keyId.optional(),
  reseal: z.boolean().default(false),
  drop: z.boolean().default(false),
});

export const keysReport = z.strictObject({
  uses: z.array(z.strictObject({ id: keyId, personalCodes: z.int(), recoveryCodes: z.int(), appSecrets: z.int() })),
  present: z.array(keyId),
  areGiven: z.boolean(),
}) satisfies z.ZodType<KeyReport>;

export async function doKeys(
  needs: Pick<Services, 'store' | 'secrets' | 'audit' | 'clock'>,
  request: ControlRequest,
): Promise<KeyReport> {
  const { replaced, reseal, drop } = keysRequest.parse(request);
  return reseal ? rotateKeys(needs, { replaced, drop }) : reportKeys(needs);
}

/** One line a key, newest first, with numbers and nothing about anybody. */
export function keyLines({ uses, present, areGiven }: KeyReport): readonly string[] {
  const isThere = (id: KeyId) => present.includes(id);
  const lines = uses.map((use) => {
    const { id, personalCodes, recoveryCodes, appSecrets } = use;
    const rests = `${personalCodes} personliga koder, ${recoveryCodes} reservkoder, ${appSecrets} appar för koder`;
    if (!isThere(id)) return `${id} SAKNAS, och det som vilar på den går inte att använda: ${rests}`;
    if (id === present[0]) return `${id} (används för allt nytt): ${rests}`;
    return restingOn(use) === 0 ? `${id}: inget sparat vilar på den` : `${id}: ${rests}`;
  });
  return areGiven ? [...lines, 'Nycklarna finns i INSTALLATION_KEYS_FILE och ändras där.'] : lines;
}
