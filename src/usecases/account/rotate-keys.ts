import { keyIdOf } from '#domain/account/key-id.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { KeyId, PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { NoSuchDocumentError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { totpOf } from './add-second-factor.ts';

type Needs = Pick<Services, 'store' | 'secrets'>;
type RotatingNeeds = Needs & Pick<Services, 'audit' | 'clock'>;

/** What rests on one of the installation's keys. */
export interface KeyUse {
  readonly id: KeyId;
  readonly personalCodes: number;
  readonly recoveryCodes: number;
  /** Secrets of apps for codes. */
  readonly appSecrets: number;
}

export interface KeyReport {
  /** Newest first; then keys that something rests on and that are not there. */
  readonly uses: readonly KeyUse[];
  readonly present: readonly KeyId[];
  /** The operator gives the keys: a new one is added in their file. */
  readonly areGiven: boolean;
}

/**
 * Makes a new key, if the newest is still the one that is to be replaced, and seals anew what an older one sealed. Hashes stay:
 * what was hashed is known to its owner only, and moves when it is used. Safe to run again, and to be cut off anywhere: every
 * value bears the id of its key, and a key stays for as long as something rests on it.
 *
 * @param replaced the key that was the newest when the command was given; without it no key is made
 * @param drop also take away keys on which nothing stored rests
 */
export async function rotateKeys(
  needs: RotatingNeeds,
  { replaced, drop }: { readonly replaced?: KeyId | undefined; readonly drop: boolean },
): Promise<KeyReport> {
  const { keys } = needs.secrets;
  if (!keys.areGiven && replaced === keys.ids()[0]) {
    await needs.audit.append({ at: instantOf(needs.clock()), actor: 'system', action: 'rotate-keys' });
    await keys.replace(replaced);
  }
  for await (const person of everybody(needs)) await resealSecretOf(needs, person);
  const report = await reportKeys(needs);
  const [newest] = keys.ids();
  const unused = report.uses.filter((use) => use.id !== newest && restingOn(use) === 0).map(({ id }) => id);
  if (!drop || keys.areGiven || unused.length === 0) return report;
  await keys.drop(unused);
  return reportKeys(needs);
}

/** What rests on which key. Stores nothing. */
export async function reportKeys(needs: Needs): Promise<KeyReport> {
  const { keys } = needs.secrets;
  const counts = new Map<KeyId, KeyUse>(keys.ids().map((id) => [id, unusedKey(id)]));
  const count = (value: string, what: Exclude<keyof KeyUse, 'id'>) => {
    const id = keyIdOf(value);
    const use = counts.get(id) ?? unusedKey(id);
    counts.set(id, { ...use, [what]: use[what] + 1 });
  };
  for await (const { codeHash, secondFactors } of everybody(needs)) {
    if (codeHash) count(codeHash, 'personalCodes');
    for (const hash of secondFactors?.recoveryCodes ?? []) count(hash, 'recoveryCodes');
    if (secondFactors?.totp) count(secondFactors.totp.secret, 'appSecrets');
  }
  return { uses: [...counts.values()], present: keys.ids(), areGiven: keys.areGiven };
}

export function restingOn({ personalCodes, recoveryCodes, appSecrets }: KeyUse): number {
  return personalCodes + recoveryCodes + appSecrets;
}

function unusedKey(id: KeyId): KeyUse {
  return { id, personalCodes: 0, recoveryCodes: 0, appSecrets: 0 };
}

/** The same, sealed with the newest key. As it was where it is so already, or where it does not open. */
export function resealed({ keys, seal, unseal }: Services['secrets'], purpose: string, sealed: string): string {
  if (keyIdOf(sealed) === keys.ids()[0]) return sealed;
  const plain = unseal(purpose, sealed);
  return plain ? seal(purpose, plain) : sealed;
}

async function resealSecretOf({ store, secrets }: Needs, { id, secondFactors }: Person): Promise<void> {
  if (!secondFactors?.totp || keyIdOf(secondFactors.totp.secret) === secrets.keys.ids()[0]) return;
  await ifThere(() =>
    store.people.update(id, (person) => {
      const { totp } = person.secondFactors ?? {};
      const secret = totp && resealed(secrets, totpOf(id), totp.secret);
      if (!person.secondFactors || !totp || !secret || secret === totp.secret) return { result: undefined };
      return {
        save: { ...person, secondFactors: { ...person.secondFactors, totp: { ...totp, secret } } },
        result: undefined,
      };
    }),
  );
}

const pageSize = 200;

async function* everybody({ store }: Needs): AsyncGenerator<Person> {
  for (let after: PersonId | undefined; ; ) {
    const page = await store.people.list({ after, limit: pageSize });
    yield* page;
    after = page.at(-1)?.id;
    if (page.length < pageSize) return;
  }
}

/** Somebody may be purged while the keys are replaced. */
async function ifThere(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof NoSuchDocumentError)) throw error;
  }
}
