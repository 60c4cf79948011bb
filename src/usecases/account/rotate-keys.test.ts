import { beforeEach, describe, expect, test } from 'vitest';
import { keyIdOf } from '#domain/account/key-id.ts';
import { totpCode, totpStep } from '#domain/account/totp.ts';
import type { Person } from '#domain/people/person.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import { joinGroup } from '#usecases/groups/join-group.ts';
import { newTicket } from '#usecases/groups/join-ticket.ts';
import { sampleGroup } from '../../../tests/contract/sample-documents.ts';
import { wanted } from '../../../tests/support/group-world.ts';
import { bytesOfSecret } from '../../../tests/support/second-factor.ts';
import { employee, everybody, type TestWorld, testServices } from '../../../tests/support/test-services.ts';
import { addTotp, offerTotp } from './add-second-factor.ts';
import { reportKeys, rotateKeys } from './rotate-keys.ts';
import { showSecondFactor } from './show-second-factor.ts';
import { signInWithCode } from './sign-in.ts';

let world: TestWorld;
beforeEach(() => {
  world = testServices();
});

const address = '10.0.0.1';
const rotate = (drop = false) => {
  const { services } = world;
  return rotateKeys(services, { replaced: services.secrets.keys.ids()[0], drop });
};

async function sessionFrom(cookie: string): Promise<SignedInSession> {
  const session = await world.services.sessions.read(/=([^;]*)/.exec(cookie)?.[1] ?? '');
  if (!session) throw new Error('no such session');
  return session;
}

const codeOf = (secret: string) =>
  totpCode(bytesOfSecret(secret), totpStep(world.services.clock()), world.services.secrets.hmacSha1);

/** Somebody with an app for codes and recovery codes. */
async function withApp() {
  const { services } = world;
  const { id, cookie } = await employee(world);
  const session = await sessionFrom(cookie);
  const { sealed, secret } = offerTotp(services, session, 'Sekretesskörkortet');
  const added = await addTotp(services, session, { sealed, code: codeOf(secret) });
  if (!added.ok) throw new Error(added.reason);
  world.pass({ minutes: 2 });
  return { id, secret, codes: added.recoveryCodes ?? [], session: await sessionFrom(added.cookie) };
}

async function participant(sent?: string) {
  const group = sampleGroup('g', { code: 'AB12CD34' });
  const ticket = sent ?? newTicket(world.services, group, 'DEVICE');
  if (!(await world.services.store.groups.get(group.id))) await world.services.store.groups.create(group);
  const joined = await joinGroup(world.services, group, { ...wanted, name: 'Ali Hassan', ticket, device: 'DEVICE' });
  if (!joined.ok) throw new Error(joined.reason);
  return { ticket, code: joined.code };
}

const secretOf = (person: Person) => person.secondFactors?.totp?.secret ?? '';

describe('replacing the installation’s key', () => {
  test('keeps personal codes, and each moves to the newest key when it is used', async () => {
    const { services } = world;
    const { code } = await participant();
    await rotate();
    await rotate();
    const [before] = await everybody(world);
    expect(keyIdOf(before?.codeHash ?? '')).toBe('k1');
    expect((await signInWithCode(services, { code, address })).ok).toBe(true);
    const [after] = await everybody(world);
    expect(keyIdOf(after?.codeHash ?? '')).toBe('k3');
    expect((await signInWithCode(services, { code, address })).ok).toBe(true);
    expect((await signInWithCode(services, { code: 'fel fel fel fel fel', address })).ok).toBe(false);
  });

  test('keeps recovery codes, each good once', async () => {
    const { services } = world;
    const { codes, session } = await withApp();
    await rotate();
    const shown = { way: 'recovery', typed: codes[0] ?? '' } as const;
    expect((await showSecondFactor(services, session, shown, { address })).ok).toBe(true);
    expect(await showSecondFactor(services, session, shown, { address })).toMatchObject({ ok: false });
  });

  test('seals the secrets of apps anew at once, and they give the same codes', async () => {
    const { services } = world;
    const { id, secret, session } = await withApp();
    expect(keyIdOf(secretOf(await world.person(id)))).toBe('k1');
    await rotate();
    expect(keyIdOf(secretOf(await world.person(id)))).toBe('k2');
    const shown = { way: 'app', typed: codeOf(secret) } as const;
    expect((await showSecondFactor(services, session, shown, { address })).ok).toBe(true);
  });

  test('that was cut off before a secret was sealed anew: it opens, and is sealed anew when it is used', async () => {
    const { services } = world;
    const { id, secret, session } = await withApp();
    await services.secrets.keys.replace('k1' as never);
    const shown = { way: 'app', typed: codeOf(secret) } as const;
    expect((await showSecondFactor(services, session, shown, { address })).ok).toBe(true);
    expect(keyIdOf(secretOf(await world.person(id)))).toBe('k2');
  });

  test('takes an app whose secret was offered before', async () => {
    const { services } = world;
    const session = await sessionFrom((await employee(world)).cookie);
    const { sealed, secret } = offerTotp(services, session, 'Sekretesskörkortet');
    await rotate();
    expect((await addTotp(services, session, { sealed, code: codeOf(secret) })).ok).toBe(true);
  });

  test('makes nobody twice of a form that is sent again', async () => {
    const { ticket, code } = await participant();
    await rotate();
    expect((await participant(ticket)).code).toBe(code);
    expect(await everybody(world)).toHaveLength(1);
  });

  test('ends no session and breaks no link that was sent', async () => {
    const { services } = world;
    const { cookie } = await employee(world);
    await rotate();
    expect(await sessionFrom(cookie)).toBeDefined();
    const [person] = await everybody(world);
    expect(await services.store.people.findByToken(person?.invitation?.tokenHash ?? ('' as never))).toEqual(person);
  });

  test('asked for twice makes one key', async () => {
    const { services } = world;
    const replaced = services.secrets.keys.ids()[0];
    const hashes: string[] = [];
    const once = async () => {
      await rotateKeys(services, { replaced, drop: false });
      hashes.push(services.secrets.hashCode('a b c'));
    };
    await Promise.all([once(), once()]);
    await once();
    expect(services.secrets.keys.ids()).toEqual(['k2', 'k1']);
    expect(new Set(hashes).size).toBe(1);
  });

  test('says what rests on which key, and takes away only one that nothing rests on', async () => {
    const { services } = world;
    await withApp();
    const { code } = await participant();
    expect(await reportKeys(services)).toEqual({
      uses: [{ id: 'k1', personalCodes: 1, recoveryCodes: 10, appSecrets: 1 }],
      present: ['k1'],
      areGiven: false,
    });
    const kept = await rotate(true);
    expect(kept.uses).toEqual([
      { id: 'k2', personalCodes: 0, recoveryCodes: 0, appSecrets: 1 },
      { id: 'k1', personalCodes: 1, recoveryCodes: 10, appSecrets: 0 },
    ]);
    await signInWithCode(services, { code, address });
    for (const { id } of await everybody(world)) {
      await services.store.people.update(id, (person) => ({
        save: person.secondFactors && { ...person, secondFactors: { ...person.secondFactors, recoveryCodes: [] } },
        result: undefined,
      }));
    }
    expect((await rotateKeys(services, { drop: true })).present).toEqual(['k2']);
    expect((await signInWithCode(services, { code, address })).ok).toBe(true);
  });

  test('stands in the audit log, without a name', async () => {
    const { services } = world;
    await rotate();
    expect((await services.audit.since('')).at(-1)).toEqual({
      at: services.clock().toISOString(),
      actor: 'system',
      action: 'rotate-keys',
    });
  });

  test('tells of what rests on a key that is not there', async () => {
    const { services } = world;
    await participant();
    const [person] = await everybody(world);
    await services.store.people.update(person?.id ?? ('' as never), (one) => ({
      save: { ...one, codeHash: `k9:${'0'.repeat(64)}` as never },
      result: undefined,
    }));
    const { uses, present } = await reportKeys(services);
    expect(present).toEqual(['k1']);
    expect(uses.find(({ id }) => id === 'k9')).toMatchObject({ personalCodes: 1 });
  });
});
