import { expect, test } from 'vitest';
import { sampleGroup } from '../../tests/contract/sample-documents.ts';
import { testServices } from '../../tests/support/test-services.ts';
import { joinGroup, newTicket } from './join-group.ts';
import { replacePersonalCode } from './replace-personal-code.ts';
import { signInWithCode } from './sign-in.ts';

test('a new code opens the account, the old one no more, and open sessions end', async () => {
  const { services, signedIn } = testServices();
  const group = sampleGroup('g');
  await services.store.groups.create(group);
  const joined = await joinGroup(services, group, { name: 'Åsa Öberg', ticket: newTicket(services), language: 'sv' });
  const [member] = await services.store.people.findByGroup(group.id);
  if (!joined.ok || !member) throw new Error('nobody has joined');

  const code = await replacePersonalCode(services, member.id);

  expect(code.split(' ')).toHaveLength(5);
  expect(await signedIn(joined.cookie)).toBeUndefined();
  expect(await signInWithCode(services, { code: joined.code, address: '10.0.0.1' })).toEqual({
    ok: false,
    reason: 'wrong-code',
  });
  const back = await signInWithCode(services, { code, address: '10.0.0.1' });
  expect(back.ok && (await signedIn(back.cookie))).toMatchObject({ id: member.id, name: 'Åsa Öberg' });
});
