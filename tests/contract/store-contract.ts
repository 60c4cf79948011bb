import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeptCertificate } from '#domain/exam/certificate.ts';
import type { ImportLayouts } from '#domain/import/staff-import.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { PurgeRecord } from '#domain/oversight/retention.ts';
import type { Organisation, OrganisationNode } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import type { OwnSettings } from '#domain/settings/own-settings.ts';
import { DuplicateKeyError, NoSuchDocumentError, type Store, StoreClosedError } from '#ports/store.ts';
import {
  at,
  certificateCode,
  codeHash,
  day,
  groupId,
  importId,
  nodeId,
  personId,
  pseudonymOf,
  sampleAttempt,
  sampleCertificate,
  sampleDecision,
  sampleGroup,
  sampleImport,
  samplePerson,
  sampleSession,
  sampleSheet,
  sampleStaffing,
  tokenHash,
} from './sample-documents.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** The same data in a store opened anew, for an adapter that keeps them. Closes the old one. */
  readonly reopen: () => Promise<Store>;
  readonly end: () => Promise<void>;
}

/** What every adapter of the store port must do, whatever it keeps its documents in. */
export function describeStoreContract(adapter: string, start: () => Promise<Omit<StoreUnderTest, 'reopen'>>): void {
  describe(`the store port on ${adapter}`, () => {
    let underTest: Omit<StoreUnderTest, 'reopen'>;
    let store: Store;

    beforeEach(async () => {
      underTest = await start();
      store = underTest.store;
    });
    afterEach(() => underTest.end());

    const rename = (id: string, name: string) =>
      store.people.update(personId(id), (person) => ({ save: { ...person, name }, result: undefined }));

    describe('certificates of people whose records are gone', () => {
      const kept = (seed: string, validUntil: string): KeptCertificate => {
        const { code, issuedAt: _moment, ...shown } = sampleCertificate(seed);
        const identity = { confirmedOn: day('2026-06-01'), onPaper: true };
        return { ...shown, id: code, validUntil: day(validUntil), identity };
      };

      test('are found by their code with every field, through their last day and no longer', async () => {
        const [ends, stays] = [kept('ends', '2026-06-30'), { ...kept('stays', '2026-07-01'), name: undefined }];
        await store.keptCertificates.put(ends);
        await store.keptCertificates.put(stays);
        expect(await store.keptCertificates.deleteEnded(day('2026-06-30'))).toBe(0);
        expect(await store.keptCertificates.get(ends.id)).toEqual(ends);
        expect(await store.keptCertificates.deleteEnded(day('2026-07-01'))).toBe(1);
        expect(await store.keptCertificates.get(ends.id)).toBeUndefined();
        expect(await store.keptCertificates.get(stays.id)).toEqual(stays);
      });

      test('are put again in place of themselves, by a run that was cut off', async () => {
        await store.keptCertificates.put(kept('again', '2026-06-30'));
        await store.keptCertificates.put(kept('again', '2026-06-30'));
        expect(await store.keptCertificates.deleteEnded(day('2026-07-01'))).toBe(1);
      });
    });

    test('what has been purged is listed, newest first', async () => {
      const record = (id: string, minutes: number): PurgeRecord => ({
        id,
        at: at(minutes),
        by: 'system',
        counts: [{ record: 'person', count: 2 }],
      });
      for (const one of [record('b', 1), record('a', 3), record('c', 2)]) await store.purges.create(one);
      expect((await store.purges.list()).map(({ id }) => id)).toEqual(['a', 'c', 'b']);
      expect((await store.purges.list())[0]).toEqual(record('a', 3));
    });

    describe('people', () => {
      test('a person who was created is there with every field', async () => {
        const person = fullPerson('anna');
        await store.people.create(person);
        expect(await store.people.get(person.id)).toEqual(person);
      });

      test('an unknown id, e-mail, code, token, certificate or group finds nobody', async () => {
        await store.people.create(fullPerson('anna'));
        expect(await store.people.get(personId('nobody'))).toBeUndefined();
        expect(await store.people.findByEmail('nobody@kommun.example')).toBeUndefined();
        expect(await store.people.findByCodeHash(codeHash('nobody'))).toBeUndefined();
        expect(await store.people.findByToken(tokenHash('nobody'))).toBeUndefined();
        expect(await store.people.findByCertificate(certificateCode('nobody'))).toBeUndefined();
        expect(await store.people.findByEmploymentNumber('nobody')).toBeUndefined();
        expect(await store.people.findByPseudonym(pseudonymOf('nobody'))).toBeUndefined();
        expect(await store.people.staffOf([nodeId('nowhere')])).toEqual([]);
        expect(await store.people.findByGroup(groupId('nobody'))).toEqual([]);
        expect(await store.people.countByGroup(groupId('nobody'))).toBe(0);
      });

      test('an id that could lead out of the folder finds nobody and cannot be created', async () => {
        for (const id of ['../anna', 'a/b', '', '.', 'å', 'x'.repeat(101)]) {
          expect(await store.people.get(personId(id))).toBeUndefined();
          await expect(store.people.create(samplePerson(id))).rejects.toThrow();
        }
        expect(await store.people.count()).toBe(0);
      });

      test('a person is found by e-mail, personal code, invitation, password reset and certificate', async () => {
        const person = fullPerson('anna');
        await store.people.create(person);
        expect(await store.people.findByEmail('anna@kommun.example')).toEqual(person);
        expect(await store.people.findByCodeHash(codeHash('anna'))).toEqual(person);
        expect(await store.people.findByToken(tokenHash('anna invitation'))).toEqual(person);
        expect(await store.people.findByToken(tokenHash('anna reset'))).toEqual(person);
        expect(await store.people.findByCertificate(certificateCode('anna 2'))).toEqual(person);
        expect(await store.people.findByEmploymentNumber('nr anna')).toEqual(person);
        expect(await store.people.findByPseudonym(person.pseudonym)).toEqual(person);
      });

      test('a key that was changed is found by its new value only', async () => {
        await store.people.create(fullPerson('anna'));
        await store.people.update(personId('anna'), (person) => ({
          save: { ...person, email: 'new@kommun.example', invitation: undefined },
          result: undefined,
        }));
        expect(await store.people.findByEmail('anna@kommun.example')).toBeUndefined();
        expect(await store.people.findByToken(tokenHash('anna invitation'))).toBeUndefined();
        expect((await store.people.findByEmail('new@kommun.example'))?.id).toBe('anna');
        expect((await store.people.findByToken(tokenHash('anna reset')))?.id).toBe('anna');
      });

      test('a certificate that an update adds is found by its code', async () => {
        await store.people.create(samplePerson('anna'));
        const certificate = sampleCertificate('new');
        await store.people.update(personId('anna'), (person) => ({
          save: { ...person, certificates: [...person.certificates, certificate] },
          result: undefined,
        }));
        expect((await store.people.findByCertificate(certificate.code))?.id).toBe('anna');
      });

      test('staff are found by each unit they have worked in, with what lists need and nothing else', async () => {
        const person = fullPerson('anna');
        const moved = samplePerson('bo', {
          staffing: [
            sampleStaffing({ unit: nodeId('hemtjansten') }),
            { ...sampleStaffing({ unit: nodeId('lss') }), recordedAt: at(3) },
          ],
        });
        for (const one of [moved, person, samplePerson('cy')]) await store.people.create(one);
        expect(await store.people.staffOf([nodeId('hemtjansten')])).toEqual([person, moved].map(staffRecordOf));
        expect(await store.people.staffOf([nodeId('lss'), nodeId('hemtjansten')])).toHaveLength(2);
        expect((await store.people.staffOf([nodeId('lss')])).map(({ id }) => id)).toEqual(['bo']);
        expect((await store.people.staffWithGrants()).map(({ id }) => id)).toEqual(['anna']);
        expect((await store.people.listStaff({ limit: 2 })).map(({ id }) => id)).toEqual(['anna', 'bo']);
        expect((await store.people.listStaff({ limit: 9, after: personId('bo') })).map(({ id }) => id)).toEqual(['cy']);
        await store.people.update(personId('bo'), (before) => ({
          save: { ...before, staffing: [sampleStaffing({ unit: nodeId('ny') })] },
          result: undefined,
        }));
        expect(await store.people.staffOf([nodeId('lss')])).toEqual([]);
        expect((await store.people.staffOf([nodeId('ny')])).map(({ id }) => id)).toEqual(['bo']);
      });

      test('staff stand in each unit by themselves, and are counted where they work on a day or later', async () => {
        const [care, lss, fresh] = [nodeId('hemtjansten'), nodeId('lss'), nodeId('ny')];
        const inCare = sampleStaffing({ unit: care });
        const ends = sampleStaffing({ unit: care, to: '2026-06-30' as CalendarDate });
        const both = { ...inCare, engagements: [...inCare.engagements, ...sampleStaffing({ unit: lss }).engagements] };
        const moved = [inCare, { ...sampleStaffing({ unit: lss }), recordedAt: at(3) }];
        const create = (id: string, staffing: Person['staffing']) =>
          store.people.create(samplePerson(id, { staffing }));
        await create('cy', [both]);
        await create('bo', moved);
        await create('anna', [ends]);
        const found = async () =>
          [...(await store.people.staffByUnit([care, lss, fresh]))].map(([unit, records]) => [
            unit,
            records.map(({ id }) => id),
          ]);
        const counted = async (date: string) => [
          ...(await store.people.headcounts([lss, care, fresh], date as CalendarDate)).values(),
        ];
        expect(await found()).toEqual([
          [care, ['anna', 'bo', 'cy']],
          [lss, ['bo', 'cy']],
          [fresh, []],
        ]);
        expect(await counted('2026-06-30')).toEqual([2, 2, 0]);
        expect(await counted('2026-07-01')).toEqual([2, 1, 0]);
        expect(await counted('2026-06-30')).toEqual([2, 2, 0]);
        const before = (await store.people.staffByUnit([lss])).get(lss);
        await store.people.update(personId('bo'), (person) => ({
          save: {
            ...person,
            name: 'Bo Ny',
            staffing: [...moved, { ...sampleStaffing({ unit: fresh }), recordedAt: at(4) }],
          },
          result: undefined,
        }));
        await store.people.delete(personId('cy'));
        expect(await found()).toEqual([
          [care, ['anna', 'bo']],
          [lss, ['bo']],
          [fresh, ['bo']],
        ]);
        expect((await store.people.staffByUnit([care])).get(care)?.[1]?.name).toBe('Bo Ny');
        expect(await counted('2026-06-30')).toEqual([0, 1, 1]);
        expect(before?.map(({ id }) => id)).toEqual(['bo', 'cy']);
      });

      test('a person who is removed is found by nothing, and leaves the keys free', async () => {
        await store.people.create(fullPerson('anna'));
        await store.people.delete(personId('anna'));
        await store.people.delete(personId('nobody'));
        expect(await store.people.get(personId('anna'))).toBeUndefined();
        expect(await store.people.findByEmail('anna@kommun.example')).toBeUndefined();
        expect(await store.people.staffOf([nodeId('hemtjansten')])).toEqual([]);
        expect(await store.people.staffWithGrants()).toEqual([]);
        expect(await store.people.count()).toBe(0);
        await store.people.create(fullPerson('anna'));
      });

      test('no two people have one employment number or one pseudonym', async () => {
        await store.people.create(fullPerson('anna'));
        const { employmentNumber, pseudonym } = fullPerson('anna');
        await expect(store.people.create(samplePerson('bo', { employmentNumber }))).rejects.toMatchObject({
          key: 'employment-number',
        });
        await expect(store.people.create(samplePerson('bo', { pseudonym }))).rejects.toMatchObject({
          key: 'pseudonym',
        });
      });

      test('the members of a group come oldest first, and those of other groups do not', async () => {
        const summer = groupId('summer');
        await store.people.create(samplePerson('third', { groupId: summer, createdAt: at(3) }));
        await store.people.create(samplePerson('first', { groupId: summer, createdAt: at(1) }));
        await store.people.create(samplePerson('other', { groupId: groupId('winter') }));
        await store.people.create(samplePerson('alone'));
        await store.people.create(samplePerson('second', { groupId: summer, createdAt: at(2) }));
        expect((await store.people.findByGroup(summer)).map(({ id }) => id)).toEqual(['first', 'second', 'third']);
        expect(await store.people.countByGroup(summer)).toBe(3);
      });

      test('a person who changes group is counted in the new one only', async () => {
        await store.people.create(samplePerson('anna', { groupId: groupId('summer') }));
        await store.people.update(personId('anna'), (person) => ({
          save: { ...person, groupId: groupId('winter') },
          result: undefined,
        }));
        expect(await store.people.countByGroup(groupId('summer'))).toBe(0);
        expect((await store.people.findByGroup(groupId('winter'))).map(({ id }) => id)).toEqual(['anna']);
      });

      test('pages go through everybody once, in order of id', async () => {
        const ids = ['m', 'b', 'z', 'A', 'k', 'c0', 'c'];
        for (const id of ids) await store.people.create(samplePerson(id));
        const seen: string[] = [];
        let after: Person['id'] | undefined;
        for (;;) {
          const page = await store.people.list({ after, limit: 3 });
          seen.push(...page.map(({ id }) => id));
          after = page.at(-1)?.id;
          if (page.length < 3) break;
        }
        expect(seen).toEqual([...ids].sort());
        expect(await store.people.count()).toBe(7);
      });

      test('a page may begin after an id that is not there', async () => {
        for (const id of ['a', 'c', 'e']) await store.people.create(samplePerson(id));
        expect((await store.people.list({ after: personId('b'), limit: 1 })).map(({ id }) => id)).toEqual(['c']);
        expect(await store.people.list({ after: personId('e'), limit: 1 })).toEqual([]);
      });
    });

    describe('one step at a time', () => {
      test('50 simultaneous changes of one person all count', async () => {
        await store.people.create(samplePerson('anna', { name: '0' }));
        const results = await Promise.all(
          Array.from({ length: 50 }, () =>
            store.people.update(personId('anna'), (person) => {
              const next = Number(person.name) + 1;
              return { save: { ...person, name: String(next) }, result: next };
            }),
          ),
        );
        expect((await store.people.get(personId('anna')))?.name).toBe('50');
        expect(results.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
      });

      test('50 simultaneous hand-ins of one attempt give one certificate', async () => {
        await store.people.create(samplePerson('anna'));
        const issued = await Promise.all(
          Array.from({ length: 50 }, (_, n) =>
            store.people.update(personId('anna'), (person) => {
              if (person.certificates.length > 0) return { result: false };
              return { save: { ...person, certificates: [sampleCertificate(`${n}`)] }, result: true };
            }),
          ),
        );
        expect(issued.filter(Boolean)).toHaveLength(1);
        expect((await store.people.get(personId('anna')))?.certificates).toHaveLength(1);
      });

      test('a change that saves nothing gives its result and leaves the person as it was', async () => {
        const person = fullPerson('anna');
        await store.people.create(person);
        expect(await store.people.update(person.id, ({ name }) => ({ result: name }))).toBe(person.name);
        expect(await store.people.get(person.id)).toEqual(person);
      });

      test('a change that throws saves nothing, passes its error on, and stops nobody behind it', async () => {
        await store.people.create(samplePerson('anna', { name: 'before' }));
        const failing = store.people.update(personId('anna'), () => {
          throw new RangeError('the rule said no');
        });
        const following = rename('anna', 'after');
        await expect(failing).rejects.toThrow(new RangeError('the rule said no'));
        await following;
        expect((await store.people.get(personId('anna')))?.name).toBe('after');
      });

      test('a change of somebody who is not there is refused and not run', async () => {
        let ran = false;
        const update = store.people.update(personId('nobody'), () => {
          ran = true;
          return { result: undefined };
        });
        await expect(update).rejects.toBeInstanceOf(NoSuchDocumentError);
        expect(ran).toBe(false);
      });

      test('a change may not turn a person into another', async () => {
        await store.people.create(samplePerson('anna'));
        const update = store.people.update(personId('anna'), (person) => ({
          save: { ...person, id: personId('bo') },
          result: undefined,
        }));
        await expect(update).rejects.toThrow();
        expect(await store.people.get(personId('bo'))).toBeUndefined();
        expect((await store.people.get(personId('anna')))?.id).toBe('anna');
      });
    });

    describe('unique keys', () => {
      test.for<[DuplicateKeyError['key'], Partial<Person>]>([
        ['email', { email: 'anna@kommun.example' }],
        ['code', { codeHash: codeHash('anna') }],
        ['token', { invitation: { tokenHash: tokenHash('anna invitation'), expiresAt: at(9) } }],
        ['token', { passwordReset: { tokenHash: tokenHash('anna invitation'), expiresAt: at(9) } }],
        ['certificate', { certificates: [sampleCertificate('anna 1')] }],
      ])('nobody else can be created with the same %s', async ([key, fields]) => {
        await store.people.create(fullPerson('anna'));
        const creation = store.people.create(samplePerson('bo', fields));
        await expect(creation).rejects.toMatchObject({ name: 'DuplicateKeyError', key });
        expect(await store.people.get(personId('bo'))).toBeUndefined();
        expect(await store.people.count()).toBe(1);
      });

      test('the error names the key and never its value', async () => {
        await store.people.create(fullPerson('anna'));
        const creation = store.people.create(samplePerson('bo', { email: 'anna@kommun.example' }));
        await expect(creation).rejects.toThrow(/^duplicate email$/);
      });

      test('of 20 simultaneous creations with one e-mail exactly one succeeds', async () => {
        const creations = await Promise.allSettled(
          Array.from({ length: 20 }, (_, n) => store.people.create(samplePerson(`p${n}`, { email: 'a@b.example' }))),
        );
        const refused = creations.filter((creation) => creation.status === 'rejected');
        expect(refused).toHaveLength(19);
        for (const { reason } of refused) expect(reason).toBeInstanceOf(DuplicateKeyError);
        expect(await store.people.count()).toBe(1);
        expect(await store.people.findByEmail('a@b.example')).toBeDefined();
      });

      test('of two simultaneous creations with one id exactly one succeeds', async () => {
        const creations = await Promise.allSettled([
          store.people.create(samplePerson('anna', { name: 'one' })),
          store.people.create(samplePerson('anna', { name: 'other' })),
        ]);
        expect(creations.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(creations.find((creation) => creation.status === 'rejected')?.reason).toMatchObject({ key: 'id' });
        const expected = creations[0]?.status === 'fulfilled' ? 'one' : 'other';
        expect((await store.people.get(personId('anna')))?.name).toBe(expected);
      });

      test('of simultaneous changes to one e-mail exactly one succeeds, and the others keep their old one', async () => {
        const ids = ['a', 'b', 'c', 'd'];
        for (const id of ids) await store.people.create(samplePerson(id, { email: `${id}@kommun.example` }));
        const changes = await Promise.allSettled(
          ids.map((id) =>
            store.people.update(personId(id), (person) => ({
              save: { ...person, email: 'wanted@kommun.example', name: 'changed' },
              result: undefined,
            })),
          ),
        );
        expect(changes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const winner = await store.people.findByEmail('wanted@kommun.example');
        for (const id of ids.filter((id) => id !== winner?.id)) {
          expect((await store.people.findByEmail(`${id}@kommun.example`))?.name).toBe(`Åsa Öberg ${id}`);
        }
      });

      test('an e-mail that was given up is free', async () => {
        await store.people.create(samplePerson('anna', { email: 'shared@kommun.example' }));
        await store.people.update(personId('anna'), (person) => ({
          save: { ...person, email: 'anna@kommun.example' },
          result: undefined,
        }));
        await store.people.create(samplePerson('bo', { email: 'shared@kommun.example' }));
        expect((await store.people.findByEmail('shared@kommun.example'))?.id).toBe('bo');
      });

      test('after a refused change the next one sees the person as it was before', async () => {
        await store.people.create(fullPerson('anna'));
        await store.people.create(samplePerson('bo', { name: 'before' }));
        const refused = store.people.update(personId('bo'), (person) => ({
          save: { ...person, name: 'refused', email: 'anna@kommun.example' },
          result: undefined,
        }));
        await expect(refused).rejects.toBeInstanceOf(DuplicateKeyError);
        expect(await store.people.update(personId('bo'), ({ name }) => ({ result: name }))).toBe('before');
      });

      test('a refused creation keeps none of its other keys', async () => {
        await store.people.create(fullPerson('anna'));
        const keys = { email: 'free@kommun.example', codeHash: codeHash('anna') };
        await expect(store.people.create(samplePerson('bo', keys))).rejects.toBeInstanceOf(DuplicateKeyError);
        await store.people.create(samplePerson('cy', { email: 'free@kommun.example' }));
        expect((await store.people.findByEmail('free@kommun.example'))?.id).toBe('cy');
      });

      test('people without e-mail or code do not stand in each other’s way', async () => {
        await store.people.create(samplePerson('anna'));
        await store.people.create(samplePerson('bo'));
        expect(await store.people.count()).toBe(2);
      });
    });

    describe('what is handed out', () => {
      test('a person one was given stays as it was when the store changes', async () => {
        await store.people.create(samplePerson('anna', { name: 'before' }));
        const held = await store.people.get(personId('anna'));
        await rename('anna', 'after');
        expect(held?.name).toBe('before');
      });

      test('a person one was given cannot be edited, at any depth', async () => {
        await store.people.create(fullPerson('anna'));
        const held = await store.people.get(personId('anna'));
        expect(() => Object.assign(held ?? {}, { name: 'x' })).toThrow(TypeError);
        expect(() => Object.assign(held?.staffing[0]?.engagements[0] ?? {}, { category: 'student' })).toThrow(
          TypeError,
        );
        expect(() => Object.assign(held?.attempts[0]?.items ?? [], { 0: undefined })).toThrow(TypeError);
        expect(await store.people.get(personId('anna'))).toEqual(fullPerson('anna'));
      });

      test('editing what one handed in does not reach the store', async () => {
        const administrator: Grant = { role: 'administrator', place: 'everything' };
        const grants: Grant[] = [];
        await store.people.create(samplePerson('anna', { grants }));
        grants.push(administrator);
        expect((await store.people.get(personId('anna')))?.grants).toEqual([]);
        const again: Grant[] = [];
        await store.people.update(personId('anna'), (person) => ({
          save: { ...person, grants: again },
          result: undefined,
        }));
        again.push(administrator);
        expect((await store.people.get(personId('anna')))?.grants).toEqual([]);
      });
    });

    describe('imports', () => {
      test('are kept as they are decided on and done, and can be deleted', async () => {
        const open = sampleImport('i1');
        await store.imports.create(open);
        expect(await store.imports.get(open.id)).toEqual(open);
        await expect(store.imports.create(open)).rejects.toBeInstanceOf(DuplicateKeyError);
        const decided = sampleDecision(open);
        expect(await store.imports.update(open.id, (before) => ({ save: decided, result: before.state }))).toBe('open');
        expect(await store.imports.get(open.id)).toEqual(decided);
        const { id, by, createdAt, counts } = decided;
        const done = { id, by, createdAt, state: 'done', counts, passedOver: 1 } as const;
        await store.imports.update(id, () => ({ save: done, result: undefined }));
        await store.imports.create(sampleImport('i0'));
        expect(await store.imports.list()).toEqual([sampleImport('i0'), done]);
        await store.imports.delete(id);
        await store.imports.delete(id);
        expect(await store.imports.list()).toEqual([sampleImport('i0')]);
      });

      test('that are not there are undefined, and cannot be changed', async () => {
        expect(await store.imports.get(importId('none'))).toBeUndefined();
        const change = store.imports.update(importId('none'), () => ({ result: undefined }));
        await expect(change).rejects.toBeInstanceOf(NoSuchDocumentError);
      });

      test('how columns were read is remembered', async () => {
        expect(await store.importLayouts.get()).toEqual({ id: 'import-layouts', layouts: [] });
        await store.importLayouts.update(() => ({ save: layouts, result: undefined }));
        expect(await store.importLayouts.get()).toEqual(layouts);
      });
    });

    test('what the municipality has chosen is kept, and at first nothing is', async () => {
      expect(await store.settings.get()).toEqual({ id: 'settings', introductions: [], pausedMail: [] });
      const by = pseudonymOf('maria');
      const at = '2026-12-01T08:00:00.000Z';
      const chosen: OwnSettings = {
        id: 'settings',
        introductions: [{ on: day('2027-02-01'), days: 60, chosenAt: at, chosenBy: by }],
        pausedMail: [{ what: 'everything', since: at, by }],
      };
      await store.settings.update(() => ({ save: chosen, result: undefined }));
      expect(await store.settings.get()).toEqual(chosen);
    });

    describe('the organisation', () => {
      test('is empty at first, and is there whole once it is saved', async () => {
        expect(await store.organisation.get()).toEqual({ id: 'organisation', nodes: [] });
        await store.organisation.update(() => ({ save: organisation, result: undefined }));
        expect(await store.organisation.get()).toEqual(organisation);
      });

      test('fifty changes at once are all there', async () => {
        const names = Array.from({ length: 50 }, (_, number) => `Enhet ${number}`);
        await Promise.all(
          names.map((name) =>
            store.organisation.update(({ id, nodes }) => ({
              save: { id, nodes: [...nodes, { ...committee, id: nodeId(name.replace(' ', '-')) }] },
              result: undefined,
            })),
          ),
        );
        expect((await store.organisation.get()).nodes).toHaveLength(50);
      });
    });

    describe('groups', () => {
      test('a group is there with every field, by id and by code', async () => {
        const sheets = [sampleSheet(1, { person: personId('p1') }), sampleSheet(2)];
        const group = sampleGroup('g1', { closedAt: at(5), sheets });
        await store.groups.create(group);
        expect(await store.groups.get(group.id)).toEqual(group);
        expect(await store.groups.findByCode(group.code)).toEqual(group);
        expect(await store.groups.findByCode('NOSUCH')).toBeUndefined();
      });

      test('a group’s code and id are its own, and a replaced code is free', async () => {
        await store.groups.create(sampleGroup('g1', { code: 'SAME' }));
        await expect(store.groups.create(sampleGroup('g2', { code: 'SAME' }))).rejects.toMatchObject({ key: 'code' });
        await expect(store.groups.create(sampleGroup('g1', { code: 'ELSE' }))).rejects.toMatchObject({ key: 'id' });
        await store.groups.update(groupId('g1'), (group) => ({ save: { ...group, code: 'NEW' }, result: undefined }));
        await store.groups.create(sampleGroup('g2', { code: 'SAME' }));
        expect((await store.groups.findByCode('SAME'))?.id).toBe('g2');
        expect((await store.groups.findByCode('NEW'))?.id).toBe('g1');
      });

      test('groups come newest first', async () => {
        await store.groups.create(sampleGroup('g2', { createdAt: at(2) }));
        await store.groups.create(sampleGroup('g3', { createdAt: at(3) }));
        await store.groups.create(sampleGroup('g1', { createdAt: at(1) }));
        expect((await store.groups.list()).map(({ id }) => id)).toEqual(['g3', 'g2', 'g1']);
      });

      test('a change of a group that is not there is refused', async () => {
        const update = store.groups.update(groupId('none'), () => ({ result: undefined }));
        await expect(update).rejects.toBeInstanceOf(NoSuchDocumentError);
      });
    });

    describe('sessions', () => {
      test('a session is there until it is deleted, and deleting it again is no error', async () => {
        const session = sampleSession('s1');
        await store.sessions.put(session);
        expect(await store.sessions.get(session.id)).toEqual(session);
        await store.sessions.delete(session.id);
        await store.sessions.delete(session.id);
        expect(await store.sessions.get(session.id)).toBeUndefined();
        expect(await store.sessions.findByPerson(session.personId)).toEqual([]);
      });

      test('putting a session again replaces it', async () => {
        const session = sampleSession('s1');
        await store.sessions.put(session);
        await store.sessions.put({ ...session, expiresAt: at(120) });
        expect(await store.sessions.findByPerson(session.personId)).toEqual([{ ...session, expiresAt: at(120) }]);
      });

      test('a session is changed in one step, and one that has been deleted stays so', async () => {
        const session = sampleSession('s1');
        await store.sessions.put(session);
        await store.sessions.update(session.id, (before) => ({ ...before, lastUsedAt: at(30) }));
        expect(await store.sessions.get(session.id)).toEqual({ ...session, lastUsedAt: at(30) });
        const deleted = store.sessions.delete(session.id);
        await Promise.all([
          deleted,
          store.sessions.update(session.id, (before) => ({ ...before, lastUsedAt: at(40) })),
        ]);
        expect(await store.sessions.get(session.id)).toBeUndefined();
      });

      test('of one person’s sessions the newest are kept, and everybody else’s', async () => {
        for (const minute of [3, 1, 2])
          await store.sessions.put(sampleSession(`s${minute}`, { createdAt: at(minute) }));
        const other = sampleSession('other', { personId: personId('bo') });
        await store.sessions.put(other);
        await store.sessions.keepNewest(personId('anna'), 5);
        expect(await store.sessions.findByPerson(personId('anna'))).toHaveLength(3);
        await store.sessions.keepNewest(personId('anna'), 2);
        const left = await store.sessions.findByPerson(personId('anna'));
        expect(left.map(({ createdAt }) => createdAt).toSorted()).toEqual([at(2), at(3)]);
        expect(await store.sessions.findByPerson(other.personId)).toEqual([other]);
      });

      test('security F7: sessions put all at once are kept to their number too', async () => {
        const signIn = async (number: number) => {
          await store.sessions.put(sampleSession(`s${number}`, { createdAt: at(number) }));
          await store.sessions.keepNewest(personId('anna'), 20);
        };
        await Promise.all(Array.from({ length: 60 }, (_, number) => signIn(number)));
        const left = await store.sessions.findByPerson(personId('anna'));
        expect(left.map(({ createdAt }) => createdAt).toSorted()).toEqual(
          Array.from({ length: 20 }, (_, number) => at(40 + number)),
        );
      });

      test('a person’s sessions are found, and nobody else’s', async () => {
        const own = [sampleSession('s1'), sampleSession('s2')];
        for (const session of own) await store.sessions.put(session);
        await store.sessions.put(sampleSession('s3', { personId: personId('bo') }));
        const found = await store.sessions.findByPerson(personId('anna'));
        expect(found).toHaveLength(2);
        expect(found).toEqual(expect.arrayContaining(own));
      });

      test('the expired ones are deleted and counted, from their last moment on', async () => {
        const [past, now, future] = [59, 60, 61].map((n) => sampleSession(`s${n}`, { expiresAt: at(n) }));
        for (const session of [past, now, future]) if (session) await store.sessions.put(session);
        expect(await store.sessions.deleteExpired(at(60))).toBe(2);
        expect(await store.sessions.deleteExpired(at(60))).toBe(0);
        expect(await store.sessions.findByPerson(personId('anna'))).toEqual([future]);
      });

      test('a session renewed while the expired are being deleted stays', async () => {
        const session = sampleSession('s1', { expiresAt: at(59) });
        await store.sessions.put(session);
        const renewal = store.sessions.put({ ...session, expiresAt: at(120) });
        await Promise.all([renewal, store.sessions.deleteExpired(at(60))]);
        expect((await store.sessions.get(session.id))?.expiresAt).toBe(at(120));
      });
    });

    describe('closing', () => {
      test('what was under way is finished, and nothing more is taken in', async () => {
        await store.people.create(samplePerson('anna', { name: 'before' }));
        let finished = false;
        const underWay = rename('anna', 'after').then(() => {
          finished = true;
        });
        await store.close();
        expect(finished).toBe(true);
        await underWay;
        await expect(rename('anna', 'too late')).rejects.toBeInstanceOf(StoreClosedError);
        await expect(store.people.create(samplePerson('bo'))).rejects.toBeInstanceOf(StoreClosedError);
        await expect(store.sessions.put(sampleSession('s1'))).rejects.toBeInstanceOf(StoreClosedError);
      });
    });
  });
}

/** What an adapter must do besides that keeps its documents from one start to the next. */
export function describeKeptStoreContract(adapter: string, start: () => Promise<StoreUnderTest>): void {
  describe(`the store port on ${adapter}, opened anew`, () => {
    let underTest: StoreUnderTest;

    beforeEach(async () => {
      underTest = await start();
    });
    afterEach(() => underTest.end());

    test('the same documents are there under the same keys', async () => {
      const { store, reopen } = underTest;
      const person = fullPerson('anna');
      const group = sampleGroup('summer');
      const session = sampleSession('s1');
      await store.people.create(person);
      await store.people.create(samplePerson('bo', { createdAt: at(1) }));
      await store.groups.create(group);
      await store.sessions.put(session);
      await store.sessions.put(sampleSession('s2'));
      await store.sessions.delete(sampleSession('s2').id);

      await store.organisation.update(() => ({ save: organisation, result: undefined }));
      await store.imports.create(sampleImport('i1'));
      await store.importLayouts.update(() => ({ save: layouts, result: undefined }));
      const again = await reopen();
      expect(again.setAside).toEqual([]);
      expect(await again.people.list({ limit: 10 })).toEqual([person, samplePerson('bo', { createdAt: at(1) })]);
      expect(await again.people.findByEmail('anna@kommun.example')).toEqual(person);
      expect(await again.people.findByCodeHash(codeHash('anna'))).toEqual(person);
      expect(await again.people.findByToken(tokenHash('anna reset'))).toEqual(person);
      expect(await again.people.findByCertificate(certificateCode('anna 1'))).toEqual(person);
      expect(await again.people.staffOf([nodeId('hemtjansten')])).toEqual([staffRecordOf(person)]);
      expect(await again.people.staffWithGrants()).toEqual([staffRecordOf(person)]);
      expect(await again.organisation.get()).toEqual(organisation);
      expect(await again.imports.list()).toEqual([sampleImport('i1')]);
      expect(await again.importLayouts.get()).toEqual(layouts);
      expect(await again.people.findByGroup(groupId('summer'))).toEqual([person]);
      expect(await again.groups.findByCode(group.code)).toEqual(group);
      expect(await again.sessions.findByPerson(personId('anna'))).toEqual([session]);
      await expect(again.people.create(samplePerson('cy', { codeHash: codeHash('anna') }))).rejects.toMatchObject({
        key: 'code',
      });
    });
  });
}

const layouts: ImportLayouts = {
  id: 'import-layouts',
  layouts: [
    {
      headings: tokenHash('headings'),
      mapping: { employmentNumber: 3, leaveTo: 0 },
      otherCategory: 'student',
      usedAt: at(3),
    },
  ],
};

const committee: OrganisationNode = {
  id: nodeId('namnd'),
  kind: 'committee',
  code: '10',
  versions: [{ recordedAt: at(0), name: 'Vård- och omsorgsnämnden' }],
};

const organisation: Organisation = {
  id: 'organisation',
  nodes: [
    committee,
    {
      id: nodeId('hemtjansten'),
      kind: 'unit',
      versions: [
        { recordedAt: at(1), name: 'Hemtjänsten', parent: nodeId('namnd') },
        { recordedAt: at(2), name: 'Hemtjänsten', parent: nodeId('namnd'), removed: true },
      ],
    },
  ],
};

const decided = { at: at(6), by: pseudonymOf('manager'), reason: 'Börjar senare' };

/** Somebody with every field filled in, and one of each kind of answer. */
function fullPerson(id: string): Person {
  const attempt = sampleAttempt(`${id}-attempt`, ['bus', 'phone', 'steps', 'call']);
  return samplePerson(id, {
    nameGivenBy: 'self',
    email: `${id}@kommun.example`,
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    codeHash: codeHash(id),
    employmentNumber: `nr ${id}`,
    secondFactors: {
      passkeys: [
        { id: 'key', publicKey: 'cose', counter: 3, transports: ['internal'], label: 'Telefonen', addedAt: at(2) },
      ],
      totp: { secret: 'sealed', addedAt: at(2), lastStep: 59 },
      recoveryCodes: [codeHash(`${id} recovery`)],
    },
    grants: [{ role: 'unit-manager', place: nodeId('hemtjansten'), seesProtected: true }],
    language: 'sv-simple',
    protectedIdentity: true,
    staffing: [
      sampleStaffing(),
      {
        recordedAt: at(5),
        engagements: [
          {
            unit: nodeId('hemtjansten'),
            category: 'temporary-staff',
            from: day('2026-06-01'),
            to: sampleCertificate('any').validUntil,
          },
        ],
        leaves: [{ from: day('2026-07-01'), to: day('2026-07-14') }],
      },
    ],
    decisions: [
      { id: 'd1', kind: 'assign', track: 'unit-manager', due: day('2026-08-01'), ...decided },
      { id: 'd2', kind: 'move-due', track: 'unit-manager', due: day('2026-09-01'), ...decided },
      { id: 'd3', kind: 'exempt', track: 'temporary-staff', until: day('2026-07-01'), ...decided },
      { id: 'd4', kind: 'withdraw', track: 'temporary-staff', decision: 'd3', ...decided },
    ],
    identity: { by: pseudonymOf('manager'), at: at(6), onPaper: true },
    reminders: [{ rule: 'assigned', cycle: 'one', claimedAt: at(7), sentAt: at(8), failures: 1, lastFailureAt: at(7) }],
    inviteOn: day('2026-06-02'),
    legalHold: { at: at(9), by: pseudonymOf('admin') },
    groupId: groupId('summer'),
    invitation: { tokenHash: tokenHash(`${id} invitation`), expiresAt: at(99), usedAt: at(1) },
    passwordReset: { tokenHash: tokenHash(`${id} reset`), expiresAt: at(99) },
    lessonsDone: { 'vad-ar-sekretess': { at: at(4), courseVersion: '2026.1' } },
    lastLesson: 'vad-ar-sekretess',
    attempts: [
      {
        ...attempt,
        answers: {
          bus: { kind: 'choose-one', option: 'a' },
          phone: { kind: 'choose-all', options: ['a', 'c'] },
          steps: { kind: 'order', steps: ['c', 'b', 'a'] },
          call: { kind: 'conversation', path: ['r1', 'r4'] },
        },
        handedInAt: at(20),
        result: {
          right: 4,
          total: 4,
          passed: true,
          criticalMissed: false,
          reread: [],
        },
      },
    ],
    certificates: [sampleCertificate(`${id} 1`), sampleCertificate(`${id} 2`)],
  });
}
