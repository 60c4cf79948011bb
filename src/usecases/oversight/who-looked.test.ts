import { describe, expect, test } from 'vitest';
import type { NodeId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { AuditEntry } from '#ports/audit-log.ts';
import { day, nodeId, pseudonymOf, samplePerson, sampleStaffing } from '../../../tests/contract/sample-documents.ts';
import { acting } from '../../../tests/support/acting.ts';
import { testServices } from '../../../tests/support/test-services.ts';
import { reviewLog } from './review-log.ts';
import { whoLooked } from './who-looked.ts';

const [north, south, area, elsewhere] = [nodeId('north'), nodeId('south'), nodeId('area'), nodeId('elsewhere')];
const names = { [north]: 'Norr', [south]: 'Söder', [area]: 'Nämnden', [elsewhere]: 'Skolan' };

/** Two units of a committee, a third one in another committee, and who works there. */
async function world() {
  const { services } = testServices('2026-06-20T12:00:00Z');
  const recordedAt = '2026-01-01T00:00:00.000Z';
  const place = (id: NodeId, kind: 'committee' | 'unit', parent?: NodeId) => ({
    id,
    kind,
    versions: [{ recordedAt, name: names[id] ?? '', parent }],
  });
  await services.store.organisation.update((organisation) => ({
    save: {
      ...organisation,
      nodes: [
        place(area, 'committee'),
        place(north, 'unit', area),
        place(south, 'unit', area),
        place(elsewhere, 'committee'),
      ],
    },
    result: undefined,
  }));
  const add = async (id: string, fields: Partial<Person>) => {
    const person = samplePerson(id, fields);
    await services.store.people.create(person);
    return person;
  };
  const chief = await add('chief', {
    name: 'Karin Chef',
    staffing: [sampleStaffing({ unit: north })],
    grants: [{ role: 'unit-manager', place: north }],
  });
  const outsider = await add('outsider', {
    name: 'Sven Annan',
    staffing: [sampleStaffing({ unit: elsewhere })],
    grants: [{ role: 'administrator', place: 'everything' }],
  });
  const anna = await add('anna', {
    staffing: [
      { ...sampleStaffing({ unit: north, from: day('2026-06-05') }), recordedAt: '2026-06-01T08:00:00.000Z' },
      {
        ...sampleStaffing({ unit: north, from: day('2026-06-05'), to: day('2026-06-12') }),
        recordedAt: '2026-06-10T08:00:00.000Z',
      },
    ],
  });
  const log = (on: string, fields: Partial<AuditEntry>) =>
    services.audit.append({ at: `${on}T10:00:00.000Z`, actor: chief.pseudonym, action: 'open-list', ...fields });
  const told = async (newest?: number) =>
    (await whoLooked(services, anna, newest)).map(({ at, action }) => `${at.slice(0, 10)} ${action}`);
  return { services, chief, outsider, anna, add, log, told };
}

describe('who has looked', () => {
  test('is nobody at first', async () => {
    expect(await (await world()).told()).toEqual([]);
  });

  test('tells who with the role, what, when, where and why', async () => {
    const { services, anna, log } = await world();
    await log('2026-06-06', { action: 'open-person', subject: anna.pseudonym, place: north, why: 'support' });
    expect(await whoLooked(services, anna)).toEqual([
      {
        at: '2026-06-06T10:00:00.000Z',
        by: { kind: 'known', name: 'Karin Chef', roles: ['unit-manager'] },
        action: 'open-person',
        place: 'Norr',
        why: 'support',
      },
    ]);
  });

  test('has the lists of the unit, and of what it belongs to, on the days that the person was there', async () => {
    const { log, told } = await world();
    for (const on of ['04', '05', '12', '13']) await log(`2026-06-${on}`, { place: north });
    await log('2026-06-11', { place: area });
    await log('2026-06-11', { place: south });
    expect(await told()).toEqual(['2026-06-11 open-list', '2026-06-12 open-list', '2026-06-05 open-list']);
  });

  test('tells a list once a day for each who opens it, and every other thing each time', async () => {
    const { log, told, anna, outsider } = await world();
    for (let time = 0; time < 3; time += 1) await log('2026-06-06', { place: north });
    await log('2026-06-06', { place: north, actor: outsider.pseudonym });
    await log('2026-06-06', { place: north, action: 'export-list' });
    await log('2026-06-07', { place: north });
    for (let time = 0; time < 2; time += 1) await log('2026-06-08', { action: 'open-person', subject: anna.pseudonym });
    expect(await told()).toEqual([
      ...['2026-06-08 open-person', '2026-06-08 open-person', '2026-06-07 open-list', '2026-06-06 export-list'],
      ...['2026-06-06 open-list', '2026-06-06 open-list'],
    ]);
    expect(await told(1)).toEqual(['2026-06-08 open-person']);
  });

  test('has attempts that were refused, and nothing about others or by oneself', async () => {
    const { log, told, anna } = await world();
    await log('2026-06-06', { action: 'refused', subject: anna.pseudonym });
    await log('2026-06-06', { action: 'open-person', subject: pseudonymOf('bo') });
    await log('2026-06-06', { action: 'open-person', subject: anna.pseudonym, actor: anna.pseudonym });
    expect(await told()).toEqual(['2026-06-06 refused']);
  });

  test('says “a former employee” of who has been purged, and names nobody with a protected identity', async () => {
    const { services, anna, add, log } = await world();
    await add('hidden', { protectedIdentity: true, grants: [{ role: 'administrator', place: 'everything' }] });
    for (const actor of [pseudonymOf('purged'), pseudonymOf('hidden'), 'system' as const]) {
      await log('2026-06-06', { action: 'edit-person', subject: anna.pseudonym, actor });
    }
    expect((await whoLooked(services, anna)).map(({ by }) => by)).toEqual([
      { kind: 'system' },
      { kind: 'known', name: undefined, roles: ['administrator'] },
      { kind: 'former' },
    ]);
  });
});

describe('the log review', () => {
  async function reviewedWorld() {
    const made = await world();
    const { services, add } = made;
    const reviewer = await add('reviewer', { grants: [{ role: 'administrator', place: area }] });
    const all = await add('all', { grants: [{ role: 'administrator', place: 'everything' }] });
    return {
      ...made,
      reviewer,
      all,
      review: async (who: Person) => reviewLog(services, await acting(services, who), 30),
    };
  }

  test('is itself in the log, with the places reviewed, before anything is shown', async () => {
    const { services, reviewer, all, review } = await reviewedWorld();
    await review(reviewer);
    await review(all);
    expect(await services.audit.since('2026')).toMatchObject([
      { actor: reviewer.pseudonym, action: 'review-log', place: area },
      { actor: all.pseudonym, action: 'review-log' },
    ]);
  });

  test('tells of looks at former staff, with who and where, and of nothing older', async () => {
    const { anna, log, reviewer, review } = await reviewedWorld();
    await log('2026-06-16', { action: 'open-person', subject: anna.pseudonym });
    await log('2026-05-15', { action: 'open-person', subject: anna.pseudonym });
    expect((await review(reviewer)).findings).toEqual([
      {
        kind: 'former-staff',
        day: '2026-06-16',
        count: 1,
        actor: { kind: 'known', name: 'Karin Chef', roles: ['unit-manager'] },
        places: ['Norr'],
      },
    ]);
  });

  test('stays within the reviewer’s places, and names nobody from elsewhere', async () => {
    const { anna, outsider, chief, log, reviewer, all, review } = await reviewedWorld();
    await log('2026-06-17', { action: 'open-person', subject: anna.pseudonym, actor: outsider.pseudonym });
    await log('2026-06-16', { action: 'refused', actor: outsider.pseudonym, place: elsewhere });
    await log('2026-06-15', { action: 'refused', actor: chief.pseudonym });
    const seen = await review(reviewer);
    expect(seen.findings.map(({ day: on, actor }) => [on, actor.kind])).toEqual([
      ['2026-06-17', 'outside'],
      ['2026-06-15', 'known'],
    ]);
    expect(JSON.stringify(seen)).not.toContain('Sven');
    expect((await review(all)).findings.map(({ actor }) => actor.kind)).toEqual(['known', 'known', 'known']);
  });

  test('goes on when those whom the log speaks of are purged', async () => {
    const { log, all, review } = await reviewedWorld();
    const gone = { actor: pseudonymOf('gone'), subject: pseudonymOf('gone-too') };
    await log('2026-06-16', { action: 'refused', ...gone });
    await log('2026-06-16', { action: 'open-person', ...gone });
    expect((await review(all)).findings).toEqual([
      { kind: 'refused', day: '2026-06-16', count: 1, actor: { kind: 'former' }, places: [] },
    ]);
  });

  test('says what is wrong with the log', async () => {
    const { services, all } = await reviewedWorld();
    const faults = [{ reason: 'tail-cut', file: '0001.jsonl', line: 7 }] as const;
    expect(
      (await reviewLog({ ...services, audit: { ...services.audit, faults } }, await acting(services, all), 90)).faults,
    ).toEqual(faults);
  });
});
