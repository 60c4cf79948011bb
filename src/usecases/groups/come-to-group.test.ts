import { describe, expect, test } from 'vitest';
import type { Person } from '#domain/people/person.ts';
import type { JoinForm } from '#forms/groups/join-form.ts';
import { groupWorld } from '../../../tests/support/group-world.ts';
import { comeToGroup } from './come-to-group.ts';

const address = '10.0.0.1';

function form(name: string, ticket = '', more: Partial<JoinForm> = {}): JoinForm {
  const read = { ok: true, value: { name } } as const;
  return { action: 'join', typedName: name, name: read, language: 'sv', ticket, isNew: false, ...more };
}

async function atTheDoor() {
  const world = await groupWorld();
  const { services, group } = world;
  const come = (sent?: JoinForm, person?: Person, device = 'DEVICE', to = group) =>
    comeToGroup(services, { group: to, person, sent, device, address });
  const ticket = async () => {
    const came = await come();
    return came.kind === 'form' ? came.ticket : '';
  };
  /** Joins, and comes back as who is signed in. */
  const joined = async (name: string) => {
    const sent = form(name, await ticket());
    const came = await come(sent);
    if (came.kind !== 'joined') throw new Error(came.kind);
    return { sent, code: came.code, person: await world.person(came.person) };
  };
  const names = async () => (await services.store.people.findByGroup(group.id)).map(({ name }) => name);
  return { ...world, come, ticket, joined, names };
}

describe('learners S1: who is signed in', () => {
  test('is asked whether to go on as themselves, and the poster makes nobody', async () => {
    const { come, joined, ticket, names } = await atTheDoor();
    const fresh = await ticket();
    const { person } = await joined('Åsa Öberg');
    expect(await come(undefined, person)).toEqual({ kind: 'continue', isMember: true });
    expect(await come(form('Åsa Öberg', fresh), person)).toMatchObject({ kind: 'continue', isMember: true });
    expect(await names()).toEqual(['Åsa Öberg']);
  });

  test('in another group, or in none, is told that they are not in this one', async () => {
    const { come, manager, names } = await atTheDoor();
    expect(await come(undefined, manager)).toEqual({ kind: 'continue', isMember: false });
    expect(await come(form('Nytt Namn'), manager)).toEqual({ kind: 'continue', isMember: false });
    expect(await come(form('Nytt Namn', '', { action: 'rename' }), manager)).toEqual({
      kind: 'continue',
      isMember: false,
    });
    expect(await names()).toEqual([]);
  });
});

describe('bugs F15: back, and the name corrected', () => {
  test('changes the name of who joined with that form', async () => {
    const { come, joined, names } = await atTheDoor();
    const { sent, person, code } = await joined('Amina Berg');
    expect(await come({ ...sent, ...form('Amina Bergh', sent.ticket) }, person)).toEqual({
      kind: 'joined',
      person: person.id,
      code,
    });
    expect(await names()).toEqual(['Amina Bergh']);
  });

  test('with another form, asks before it changes anything', async () => {
    const { come, joined, ticket, names } = await atTheDoor();
    const other = await ticket();
    const { person } = await joined('Amina Berg');
    const asked = await come(form('Amina Bergh', other), person);
    expect(asked).toEqual({ kind: 'continue', isMember: true, newName: 'Amina Bergh' });
    expect(await names()).toEqual(['Amina Berg']);
    expect(await come(form('Amina Bergh', other, { action: 'rename' }), person)).toEqual({ kind: 'renamed' });
    expect(await names()).toEqual(['Amina Bergh']);
  });

  test('says what is wrong with the corrected name', async () => {
    const { come, joined, names } = await atTheDoor();
    const { sent, person } = await joined('Amina Berg');
    const wrong = { ...sent, name: { ok: false, errors: { name: 'refusal.name-letters' } } } as const;
    expect(await come(wrong, person)).toMatchObject({ kind: 'continue', error: 'refusal.name-letters' });
    expect(await names()).toEqual(['Amina Berg']);
  });

  test('is refused once a manager has vouched for the name', async () => {
    const { come, joined, services, person: read, names } = await atTheDoor();
    const { sent, person } = await joined('Amina Berg');
    const identity = { by: person.pseudonym, at: person.createdAt };
    await services.store.people.update(person.id, (stored) => ({ save: { ...stored, identity }, result: undefined }));
    const again = form('Samira Holm', sent.ticket);
    const came = await come(again, await read(person.id));
    expect(came).toMatchObject({ kind: 'continue', error: 'refusal.name-fixed' });
    expect(await names()).toEqual(['Amina Berg']);
  });
});

describe('signed out', () => {
  test('bugs F2: the form that made somebody opens nothing on a device that has signed out', async () => {
    const { come, joined, names } = await atTheDoor();
    const { sent } = await joined('Åsa Öberg');
    // Signing out takes the device's key away; the next form brings another.
    const came = await come({ ...sent, ...form('Bo Ek', sent.ticket) }, undefined, 'NEXT');
    expect(came).toMatchObject({ kind: 'form', again: true });
    expect(await names()).toEqual(['Åsa Öberg']);
  });

  test('a form that stood open for too long comes again with a ticket that works', async () => {
    const { come, ticket, pass } = await atTheDoor();
    const old = await ticket();
    pass({ minutes: 30 });
    const again = await come(form('Åsa Öberg', old));
    expect(again).toMatchObject({ kind: 'form', again: true });
    const fresh = again.kind === 'form' ? again.ticket : '';
    expect(await come(form('Åsa Öberg', fresh))).toMatchObject({ kind: 'joined' });
  });
});
