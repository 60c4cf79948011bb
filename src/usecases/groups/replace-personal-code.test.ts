import { expect, test } from 'vitest';
import { signInWithCode } from '#usecases/account/sign-in.ts';
import { samplePerson } from '../../../tests/contract/sample-documents.ts';
import { groupWorld, wanted } from '../../../tests/support/group-world.ts';
import { joinGroup } from './join-group.ts';
import { replacePersonalCode } from './replace-personal-code.ts';

test('a new code opens the account, the old one no more, and open sessions end', async () => {
  const { services, signedIn, manager, group, join } = await groupWorld();
  const joined = await join('Åsa Öberg');

  const replaced = await replacePersonalCode(services, manager, group, joined.id);

  const code = replaced.ok ? replaced.code : '';
  expect(code.split(' ')).toHaveLength(5);
  expect(await signedIn(joined.cookie)).toBeUndefined();
  expect(await signInWithCode(services, { code: joined.code, address: '10.0.0.1' })).toEqual({
    ok: false,
    reason: 'wrong-code',
  });
  const back = await signInWithCode(services, { code, address: '10.0.0.1' });
  expect(back.ok && (await signedIn(back.cookie))).toMatchObject({ id: joined.id, name: 'Åsa Öberg' });
});

test('the form that gave the old code, sent again, opens nothing', async () => {
  const { services, manager, group, join } = await groupWorld();
  const { id, form } = await join('Åsa Öberg');
  await replacePersonalCode(services, manager, group, id);
  expect(await joinGroup(services, group, { ...wanted, ...form, name: 'Åsa Öberg' })).toEqual({
    ok: false,
    reason: 'code-replaced',
  });
});

test('who is not in the group gets none, and keeps what they have', async () => {
  const { services, manager, group, person } = await groupWorld();
  const stranger = samplePerson('stranger', { groupId: 'another' as typeof group.id });
  await services.store.people.create(stranger);
  expect(await replacePersonalCode(services, manager, group, stranger.id)).toEqual({ ok: false, reason: 'not-found' });
  expect(await person(stranger.id)).toEqual(stranger);
});
