import { describe, expect, test } from 'vitest';
import { totpCode, totpStep } from '#domain/account/totp.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { engagementKey } from '#domain/people/staffing-change.ts';
import type { Services } from '#src/services.ts';
import { addTotp, offerTotp, recoveryCodeOf, totpOf } from '#usecases/account/add-second-factor.ts';
import { changePassword } from '#usecases/account/change-password.ts';
import { removeSecondFactor, renewRecoveryCodes, resetSecondFactors } from '#usecases/account/change-second-factors.ts';
import { endOwnSessions, endSessionsOf } from '#usecases/account/end-sessions.ts';
import { type Shown, showSecondFactor } from '#usecases/account/show-second-factor.ts';
import { signIn, signInWithCode } from '#usecases/account/sign-in.ts';
import { joinGroup } from '#usecases/groups/join-group.ts';
import { newTicket } from '#usecases/groups/join-ticket.ts';
import { removeFromGroup } from '#usecases/groups/remove-from-group.ts';
import { replacePersonalCode } from '#usecases/groups/replace-personal-code.ts';
import { sampleGroup } from '../../../tests/contract/sample-documents.ts';
import { wanted } from '../../../tests/support/group-world.ts';
import { administrator, justNow, node, withOrganisation } from '../../../tests/support/small-organisation.ts';
import { employee, goodPassword, type TestWorld, testServices } from '../../../tests/support/test-services.ts';
import { changeContact, changeStaffing } from './administer-person.ts';
import { giveRole } from './change-roles.ts';

const address = '10.0.0.1';
const wholeStore = ['people', 'sessions', 'organisation'] as const;

/**
 * Stops whoever comes to the store for the time of that number, before anything is read or written there, until they are let go.
 * Everybody else goes on.
 */
function holdAt({ services: { store } }: TestWorld, time: number) {
  const held = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  let left = time;
  for (const part of wholeStore) {
    const calls = store[part] as unknown as Record<string, (...given: readonly unknown[]) => unknown>;
    for (const [name, call] of Object.entries(calls)) {
      calls[name] = async (...given) => {
        left -= 1;
        if (left === 0) {
          held.resolve();
          await letGo.promise;
        }
        return call(...given);
      };
    }
  }
  return { held: held.promise, letGo: () => letGo.resolve() };
}

/** What is asked is who comes when: nothing is guessed, and a hash that costs nothing stands for the password. */
const passwords: Services['passwords'] = {
  hash: async (text) => ({ ok: true, hash: `hash of ${text}` }),
  verify: async (hash, text) => (hash === `hash of ${text}` ? 'right' : 'wrong'),
  close: async () => undefined,
};

async function newWorld(): Promise<TestWorld> {
  const world = await withOrganisation(testServices());
  Object.assign(world.services, { passwords, passwordQuality: { isGuessable: async () => false } });
  return world;
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** Somebody with an account and a second factor, signed in; and the administrator of everything. */
async function scene() {
  const world = await newWorld();
  const { id, email, cookie } = await employee(world, { unit: node('north') });
  const totp = { secret: 'x', addedAt: '2026-06-10T12:00:00.000Z' };
  await world.services.store.people.update(id, (person) => ({
    save: { ...person, secondFactors: { passkeys: [], totp, recoveryCodes: [] } },
    result: undefined,
  }));
  const session = await world.services.sessions.read(/=([^;]*)/.exec(cookie)?.[1] ?? '');
  if (!session) throw new Error('not signed in');
  const all = justNow(world, await administrator(world, 'everything', { seesProtected: true }));
  const asAll = { ...all, id: 'x', openedBy: 'password', provenAt: '2026-06-10T12:00:00.000Z' } as const;
  return { world, id, email, session, all, asAll };
}

const changes: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  'another password': ({ world, session }) =>
    changePassword(world.services, session, {
      ...{ present: goodPassword, wanted: 'paraply sten moln', from: { address } },
    }),
  'another address': async ({ world, all, id }) => {
    const { name, employmentNumber } = await world.person(id);
    return changeContact(world.services, all, id, { name, employmentNumber, email: 'ny@lindala.example' });
  },
  'a role': ({ world, asAll, email }) =>
    giveRole(world.services, asAll.person, email, { role: 'unit-manager', place: node('north') }),
  'a reset of factors': ({ world, asAll, id }) => resetSecondFactors(world.services, asAll, id, 'seen'),
};

/** Of the tests' clock. */
const yesterday = '2026-06-09' as CalendarDate;

type LateComer = (scene: Scene) => Promise<string | undefined>;

const signInLate: LateComer = async ({ world, email }) => {
  const late = await signIn(world.services, { email, password: goodPassword, address });
  return late.ok ? late.cookie : undefined;
};
const strengthenLate: LateComer = ({ world, session }) =>
  world.services.sessions.strengthen(session, '2026-06-10T12:00:00.000Z');

/** With the password that is left after a role or a reset, one may of course sign in anew. */
const meetings: readonly (readonly [who: string, what: string, LateComer])[] = [
  ['signs in with the old password', 'another password', signInLate],
  ['signs in with the old password', 'another address', signInLate],
  ...Object.keys(changes).map((what) => ['shows a second factor in an old session', what, strengthenLate] as const),
];

/** More than any of them comes to the store. */
const mostCalls = 16;

describe('wherever the one comes between the other', () => {
  test.each(meetings)(
    'security F7, F12: who %s while %s is saved is not signed in afterwards',
    async (_, what, comeLate) => {
      let lastHeld = 0;
      for (let time = 1; time <= mostCalls; time += 1) {
        const here = await scene();
        const hold = holdAt(here.world, time);
        const late = comeLate(here);
        const isHeld = await Promise.race([hold.held.then(() => true), late.then(() => false)]);
        if (isHeld) lastHeld = time;
        else hold.letGo();
        expect(await changes[what]?.(here)).toMatchObject({ ok: true });
        hold.letGo();
        const cookie = await late;
        expect(cookie && (await here.world.signedIn(cookie))?.id, `held at call ${time}`).toBeFalsy();
      }
      expect(lastHeld).toBeGreaterThan(2);
      expect(lastHeld).toBeLessThan(mostCalls);
    },
  );
});

test('security F10: who signs in with the old words while they are replaced is not signed in afterwards', async () => {
  for (let time = 1; time <= mostCalls; time += 1) {
    const world = await newWorld();
    const { services } = world;
    const group = sampleGroup('g', { unit: node('north') });
    await services.store.groups.create(group);
    const ticket = newTicket(services, group, 'device');
    const joined = await joinGroup(services, group, { ...wanted, name: 'Ali Ek', ticket, device: 'device' });
    if (!joined.ok) throw new Error(joined.reason);
    const all = await administrator(world, 'everything');
    const hold = holdAt(world, time);
    const late = signInWithCode(services, { code: joined.code, address });
    const isHeld = await Promise.race([hold.held.then(() => true), late.then(() => false)]);
    if (!isHeld) hold.letGo();
    expect(await replacePersonalCode(services, all, group, joined.person)).toMatchObject({ ok: true });
    hold.letGo();
    const result = await late;
    expect(result.ok && (await world.signedIn(result.cookie)), `held at call ${time}`).toBeFalsy();
  }
});

test('security F7: who shows the words once more while being removed from the group is not signed in afterwards', async () => {
  let lastHeld = 0;
  for (let time = 1; time <= mostCalls; time += 1) {
    const world = await newWorld();
    const { services } = world;
    const group = sampleGroup('g', { unit: node('north') });
    await services.store.groups.create(group);
    const ticket = newTicket(services, group, 'device');
    const joined = await joinGroup(services, group, { ...wanted, name: 'Ali Ek', ticket, device: 'device' });
    if (!joined.ok) throw new Error(joined.reason);
    const session = await services.sessions.read(/=([^;]*)/.exec(joined.cookie)?.[1] ?? '');
    if (!session) throw new Error('not signed in');
    const all = await administrator(world, 'everything');
    const hold = holdAt(world, time);
    const late = services.sessions.prove(session, 'code', services.clock().toISOString());
    const isHeld = await Promise.race([hold.held.then(() => true), late.then(() => false)]);
    if (isHeld) lastHeld = time;
    else hold.letGo();
    expect(await removeFromGroup(services, all, group, joined.person)).toEqual({ ok: true });
    hold.letGo();
    expect(await world.signedIn(await late), `held at call ${time}`).toBeUndefined();
  }
  expect(lastHeld).toBeGreaterThan(0);
});

test('security F12: a server that stops between the change and the end of the sessions leaves none open', async () => {
  const here = await scene();
  const { world, session } = here;
  const before = await signIn(world.services, { email: here.email, password: goodPassword, address });
  const broken = new Error('the power is gone');
  world.services.store.sessions.delete = () => Promise.reject(broken);
  await expect(changes['another password']?.(here)).rejects.toBe(broken);
  expect(await world.services.store.sessions.get(session.id)).toBeDefined();
  expect(await world.services.sessions.listOf(await world.person(here.id))).toEqual([]);
  world.services.store.sessions.delete = async () => undefined;
  expect(before.ok && (await world.signedIn(before.cookie))).toBeFalsy();
});

describe('a second factor in a request that is under way', () => {
  /** The owner's other device, from which somebody is being signed out. */
  const here = (sessionOf: Scene['session']): Scene['session'] => ({ ...sessionOf, id: 'elsewhere' });
  const endings: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
    ...changes,
    'signing out everywhere': ({ world, session }) => endOwnSessions(world.services, here(session), { kind: 'all' }),
    'signing out everywhere else': ({ world, session }) =>
      endOwnSessions(world.services, here(session), { kind: 'others' }),
    'the end of the last work': async ({ world, asAll, id }) => {
      const [work] = currentStaffing(await world.person(id)).engagements;
      if (!work) throw new Error('does not work');
      const engagement = engagementKey(work);
      return changeStaffing(world.services, asAll.person, id, {
        kind: 'dates',
        engagement,
        from: yesterday,
        to: yesterday,
      });
    },
    'being signed out by an administrator': ({ world, asAll, id }) => endSessionsOf(world.services, asAll, id),
  };
  const secret = Buffer.alloc(20, 7);
  const recovery = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEEE';
  const codeOf = ({ services: { clock, secrets } }: TestWorld, key: Uint8Array) =>
    totpCode(key, totpStep(clock()), secrets.hmacSha1);

  /** The scene with an app and a recovery code that can be shown. */
  async function armed(): Promise<Scene> {
    const scened = await scene();
    const { services } = scened.world;
    const totp = {
      secret: services.secrets.seal(totpOf(scened.id), secret),
      addedAt: '2026-06-10T12:00:00.000Z',
    };
    const recoveryCodes = [services.secrets.hashCode(recoveryCodeOf(scened.id, recovery))];
    await services.store.people.update(scened.id, (person) => ({
      save: { ...person, secondFactors: { passkeys: [], totp, recoveryCodes } },
      result: undefined,
    }));
    const strongAt = services.clock().toISOString();
    return { ...scened, session: { ...scened.session, strongAt, person: await scened.world.acting(scened.id) } };
  }

  const shows =
    (shown: (world: TestWorld) => Shown): LateComer =>
    async ({ world, session }) => {
      const result = await showSecondFactor(world.services, session, shown(world), { address });
      return result.ok ? result.cookie : undefined;
    };
  const added: LateComer = async ({ world, session }) => {
    const { sealed } = offerTotp(world.services, session, 'x');
    const newest = world.services.secrets.unseal(`totp-offer:${session.id}`, sealed) ?? secret;
    const result = await addTotp(world.services, session, { sealed, code: codeOf(world, newest) });
    return result.ok ? result.cookie : undefined;
  };
  const late: Readonly<Record<string, LateComer>> = {
    'a code of the app is shown': shows((world) => ({ way: 'app', typed: codeOf(world, secret) })),
    'a recovery code is shown': shows(() => ({ way: 'recovery', typed: recovery })),
    'another app is added': added,
    'the app is taken away': async ({ world, session }) => {
      const result = await removeSecondFactor(world.services, session, { kind: 'totp' });
      return result.ok ? result.cookie : undefined;
    },
    'recovery codes are renewed': async ({ world, session }) => {
      await renewRecoveryCodes(world.services, session);
      return undefined;
    },
  };

  const cases = Object.keys(late).flatMap((who) => Object.keys(endings).map((what) => [who, what] as const));
  test.each(cases)('F12: while %s, %s ends it, and nothing of it is left', async (who, what) => {
    let lastHeld = 0;
    for (let time = 1; time <= mostCalls; time += 1) {
      const scened = await armed();
      const hold = holdAt(scened.world, time);
      const coming = late[who]?.(scened);
      const isHeld = await Promise.race([hold.held.then(() => true), coming?.then(() => false)]);
      if (isHeld) lastHeld = time;
      else hold.letGo();
      expect(await endings[what]?.(scened)).toMatchObject({ ok: true });
      const { secondFactors } = await scened.world.person(scened.id);
      hold.letGo();
      const cookie = await coming;
      expect(cookie && (await scened.world.signedIn(cookie))?.id, `held at call ${time}`).toBeFalsy();
      expect((await scened.world.person(scened.id)).secondFactors, `held at call ${time}`).toEqual(secondFactors);
    }
    expect(lastHeld).toBeGreaterThan(0);
  });
});

test('who signs out everywhere else goes on signed in on this device', async () => {
  const { world, session, email } = await scene();
  const other = await signIn(world.services, { email, password: goodPassword, address });
  expect(await endOwnSessions(world.services, session, { kind: 'others' })).toEqual({ ok: true, here: false });
  expect((await world.services.sessions.listOf(await world.person(session.person.id))).map(({ id }) => id)).toEqual([
    session.id,
  ]);
  expect(other.ok && (await world.signedIn(other.cookie))).toBeFalsy();
});

test('who changes the password goes on signed in on this device', async () => {
  const { world, session, id } = await scene();
  const changed = await changePassword(world.services, session, {
    ...{ present: goodPassword, wanted: 'paraply sten moln', from: { address } },
  });
  expect(changed.ok && (await world.signedIn(changed.cookie))?.id).toBe(id);
});
