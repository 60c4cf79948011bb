import { describe, expect, test } from 'vitest';
import { personId } from '../../../tests/contract/sample-documents.ts';
import { groupWorld } from '../../../tests/support/group-world.ts';
import { confirmIdentities } from './confirm-identities.ts';

describe('confirming who somebody is', () => {
  test('says who has seen it and when, for each who was chosen, and writes each in the log', async () => {
    const { services, manager, group, join, person, entries } = await groupWorld();
    const [one, other, third] = [await join('Åsa Öberg'), await join('Bo Ek'), await join('Cia Lind')];
    expect(await confirmIdentities(services, manager, group, [one.id, other.id])).toEqual({ ok: true });
    const seen = { by: manager.pseudonym, at: '2026-06-10T12:00:00.000Z' };
    expect((await person(one.id)).identity).toEqual(seen);
    expect((await person(other.id)).identity).toEqual(seen);
    expect((await person(third.id)).identity).toBeUndefined();
    expect((await entries()).map(({ action, subject }) => [action, subject])).toEqual([
      ['confirm-identity', (await person(one.id)).pseudonym],
      ['confirm-identity', (await person(other.id)).pseudonym],
    ]);
  });

  test('again leaves the first confirmation as it is', async () => {
    const { services, manager, group, join, person, pass } = await groupWorld();
    const { id } = await join('Åsa Öberg');
    await confirmIdentities(services, manager, group, [id]);
    const before = await person(id);
    pass({ minutes: 60 });
    expect(await confirmIdentities(services, manager, group, [id])).toEqual({ ok: true });
    expect(await person(id)).toEqual(before);
  });

  test('of nobody is refused', async () => {
    const { services, manager, group } = await groupWorld();
    expect(await confirmIdentities(services, manager, group, [])).toEqual({ ok: false, reason: 'nobody-chosen' });
  });

  test('of who is not in the group is answered as of who does not exist', async () => {
    const { services, manager, group, person } = await groupWorld();
    for (const id of [manager.id, personId('ingen')])
      expect(await confirmIdentities(services, manager, group, [id])).toEqual({ ok: false, reason: 'not-found' });
    expect((await person(manager.id)).identity).toBeUndefined();
  });

  test('of who has left the unit is for the administrator', async () => {
    const { services, manager, withGrant, group, join, person, pass, entries } = await groupWorld();
    const { id } = await join('Åsa Öberg');
    pass({ minutes: 60 * 24 * 60 });
    expect(await confirmIdentities(services, manager, group, [id])).toEqual({ ok: false, reason: 'not-found' });
    expect((await person(id)).identity).toBeUndefined();
    expect((await entries()).map(({ action }) => action)).toEqual(['refused']);
    const administrator = await withGrant('admin', 'administrator', 'social');
    expect(await confirmIdentities(services, administrator, group, [id])).toEqual({ ok: true });
    expect((await person(id)).identity?.by).toBe(administrator.pseudonym);
  });
});
