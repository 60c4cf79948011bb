import { expect, test } from 'vitest';
import { changeContact, inviteAs } from '#usecases/people/administer-person.ts';
import { administrator, justNow, node, put, withOrganisation } from '../../../../tests/support/small-organisation.ts';
import { afterTheReply, everybody, testServices } from '../../../../tests/support/test-services.ts';
import { applyImport, openImport, readStaffFile } from './import-staff.ts';

const petras = 'petra.p@lindala.example';

async function scene() {
  const world = await withOrganisation(testServices());
  const care = await administrator(world, 'care');
  const petra = await put(world, 'Petra P', [{ unit: node('school-unit') }], {
    ...{ email: petras, employmentNumber: '900', protectedIdentity: true, passwordHash: '$argon2id$x' },
  });
  return { world, care, petra };
}

test('security F11: inviting an address of somebody protected says what it says of a new one, and stores nothing', async () => {
  const { world, care } = await scene();
  const invitee = { name: 'Petra P', unit: node('north'), category: 'new-employee', to: undefined } as const;
  const before = await everybody(world);
  const taken = await inviteAs(world.services, care, { ...invitee, email: petras });
  expect(await everybody(world)).toEqual(before);
  const free = await inviteAs(world.services, care, { ...invitee, email: 'ny@lindala.example' });
  expect({ ok: taken.ok }).toEqual({ ok: free.ok });
  await afterTheReply();
  const letter = world.mails.find(({ to }) => to === petras);
  expect(letter?.subject).toBe('Du finns redan i Sekretesskörkortet');
  expect(letter?.text).not.toContain('Ada');
});

test('security F11: nor does a list, by address or by number', async () => {
  const { world, care } = await scene();
  const rows = [
    '901;Petra P;petra.p@lindala.example;Vikarie;H1',
    '900;Någon Annan;;Vikarie;H1',
    '902;Ny Person;ny@lindala.example;Vikarie;H1',
  ];
  const file = new TextEncoder().encode(['Anstnr;Namn;E-post;Kategori;Enhetskod', ...rows, ''].join('\r\n'));
  const read = await readStaffFile(world.services, care, file, { full: false });
  if (!read.ok) throw new Error(read.reason);
  const { plan, fingerprint = '' } = (await openImport(world.services, care, read.id))?.dryRun ?? {};
  expect(plan?.broken).toEqual([]);
  expect(plan?.changes.map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
  const count = (await everybody(world)).length;
  await applyImport(world.services, justNow(world, care), read.id, { fingerprint, missing: false });
  expect(await everybody(world)).toHaveLength(count + 1);
  expect(await world.services.store.imports.get(read.id)).toMatchObject({ counts: { added: 3 }, passedOver: 0 });
});

test('security F11: another’s address or number on a person’s page is refused without saying why, and is in the log', async () => {
  const { world, care, petra } = await scene();
  const vera = await put(world, 'Vera', [{ unit: node('north') }], { employmentNumber: '5' });
  for (const [contact, reason] of [
    [{ name: 'Vera', email: petras, employmentNumber: '5' }, 'email-unusable'],
    [{ name: 'Vera', employmentNumber: '900' }, 'employment-number-unusable'],
  ] as const) {
    expect(await changeContact(world.services, justNow(world, care), vera.id, contact)).toEqual({ ok: false, reason });
  }
  const about = await world.services.audit.about(petra.pseudonym, []);
  expect(about.map(({ action }) => action)).toEqual(['refused', 'refused']);
});
