import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '#ports/audit-log.ts';
import { NotSavedError } from '#ports/store.ts';
import { day, nodeId, personId, samplePerson, sampleStaffing } from '../../../tests/contract/sample-documents.ts';
import { acting } from '../../../tests/support/acting.ts';
import { testServices } from '../../../tests/support/test-services.ts';
import { accessPerson, accessPlace } from './audited-access.ts';

const [north, south, committee] = [nodeId('north'), nodeId('south'), nodeId('committee')];

async function world() {
  const { services } = testServices();
  await services.store.organisation.update((organisation) => ({
    save: {
      ...organisation,
      nodes: [
        { id: committee, kind: 'committee', versions: [{ recordedAt: '2026-01-01T00:00:00.000Z', name: 'Nämnden' }] },
        ...[north, south].map((id) => ({
          id,
          kind: 'unit' as const,
          versions: [{ recordedAt: '2026-01-01T00:00:00.000Z', name: id, parent: committee }],
        })),
      ],
    },
    result: undefined,
  }));
  const chief = samplePerson('chief', { grants: [{ role: 'unit-manager', place: north }] });
  const own = samplePerson('own', { staffing: [sampleStaffing({ unit: north })] });
  const other = samplePerson('other', { staffing: [sampleStaffing({ unit: south })] });
  const former = samplePerson('former', { staffing: [sampleStaffing({ unit: north, to: day('2026-06-01') })] });
  const hidden = samplePerson('hidden', { staffing: [sampleStaffing({ unit: north })], protectedIdentity: true });
  for (const person of [chief, own, other, former, hidden]) await services.store.people.create(person);
  const logged = () => services.audit.since('2026');
  return { services, chief: await acting(services, chief), own, other, former, hidden, logged };
}

const look = { action: 'open-person', why: 'question' } as const;

describe('opening a person', () => {
  test('is in the log, with who, whom, what, when and why', async () => {
    const { services, chief, own, logged } = await world();
    const opened = await accessPerson(services, chief, 'read:person', own.id, { ...look, place: north });
    expect(opened).toMatchObject({ person: { id: own.id }, mayName: true });
    expect(await logged()).toEqual([
      {
        at: '2026-06-10T12:00:00.000Z',
        actor: chief.pseudonym,
        action: 'open-person',
        subject: own.pseudonym,
        place: north,
        why: 'question',
      },
    ]);
  });

  test('who has a protected identity is opened without the name', async () => {
    const { services, chief, hidden } = await world();
    expect(await accessPerson(services, chief, 'read:person', hidden.id, look)).toMatchObject({ mayName: false });
  });

  test.for(['other', 'former'] as const)('%s is out of reach, and answered as who is not there', async (who) => {
    const { services, chief, logged, ...people } = await world();
    const refused = await accessPerson(services, chief, 'read:person', people[who].id, look);
    const unknown = await accessPerson(services, chief, 'read:person', personId('nobody'), look);
    const impossible = await accessPerson(services, chief, 'read:person', personId('../../etc/passwd'), look);
    expect([refused, unknown, impossible]).toEqual([undefined, undefined, undefined]);
    const entries = await logged();
    expect(entries.map(({ action }) => action)).toEqual(['refused', 'refused', 'refused']);
    expect(entries.map(({ subject }) => subject)).toEqual([people[who].pseudonym, undefined, undefined]);
  });

  test('is refused to who has no role at all', async () => {
    const { services, own, other } = await world();
    expect(await accessPerson(services, await acting(services, own), 'read:person', other.id, look)).toBeUndefined();
  });
});

describe('opening a place', () => {
  test('with a look is one entry that names the place', async () => {
    const { services, chief, logged } = await world();
    const opened = await accessPlace(services, chief, 'list:people', north, { action: 'open-list' });
    expect(opened?.place.id).toBe(north);
    expect(await logged()).toMatchObject([{ actor: chief.pseudonym, action: 'open-list', place: north }]);
  });

  test('without one writes nothing', async () => {
    const { services, chief, logged } = await world();
    expect(await accessPlace(services, chief, 'read:numbers', north)).toBeDefined();
    expect(await logged()).toEqual([]);
  });

  test('another unit, what the unit belongs to, and what is not there are answered alike, and each is in the log', async () => {
    const { services, chief, logged } = await world();
    for (const id of [south, committee, nodeId('nowhere')]) {
      expect(await accessPlace(services, chief, 'list:people', id, { action: 'open-list' })).toBeUndefined();
    }
    expect((await logged()).map(({ action, place }) => [action, place])).toEqual([
      ['refused', south],
      ['refused', committee],
      ['refused', undefined],
    ]);
  });
});

describe('the log comes first', () => {
  test('nothing is handed out before the entry is durable', async () => {
    const { services, chief, own } = await world();
    let write = () => {};
    const written: AuditEntry[] = [];
    const audit = {
      ...services.audit,
      append: (entry: AuditEntry) =>
        new Promise<void>((resolve) => {
          write = () => {
            written.push(entry);
            resolve();
          };
        }),
    };
    let isShown = false;
    const opening = accessPerson({ ...services, audit }, chief, 'read:person', own.id, look).then(() => {
      isShown = written.length === 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isShown).toBe(false);
    write();
    await opening;
    expect(isShown).toBe(true);
  });

  test('with a log that cannot be written nobody and no list is shown, and refusals are no different', async () => {
    const { services, chief, own, other } = await world();
    const broken = {
      ...services,
      audit: { ...services.audit, append: () => Promise.reject(new NotSavedError('not saved (ENOSPC)')) },
    };
    for (const id of [own.id, other.id, personId('nobody')]) {
      await expect(accessPerson(broken, chief, 'read:person', id, look)).rejects.toBeInstanceOf(NotSavedError);
    }
    for (const id of [north, south, nodeId('nowhere')]) {
      const opening = accessPlace(broken, chief, 'list:people', id, { action: 'open-list' });
      await expect(opening).rejects.toBeInstanceOf(NotSavedError);
    }
  });
});
