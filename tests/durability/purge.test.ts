import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLooseFiles } from '#adapters/lowdb/loose-files.ts';
import { readingsOf } from '#adapters/lowdb/mail-text.ts';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { createFolderMailer } from '#adapters/mail/folder-mailer.ts';
import type { Group } from '#domain/groups/group.ts';
import type { CalendarDate, GroupId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Store } from '#ports/store.ts';
import { findCertificate } from '#usecases/exam/find-certificate.ts';
import { runRetention } from '#usecases/oversight/run-retention.ts';
import {
  at,
  day,
  sampleCertificate,
  samplePerson,
  sampleSession,
  sampleSheet,
  sampleStaffing,
} from '../contract/sample-documents.ts';
import { testServices } from '../support/test-services.ts';

const name = 'Åsa-Märta Öberg Sjöström';
const email = 'asa.marta@lindala.example';
const anotherRecord = 'set-aside/people.OTHER.json.1';
let dataDir: string;
let store: Store;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'purge-'));
  store = await openLowdbStore({ dataDir });
});
afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

/** Files in which any reading has one of the words: as it is, and with what mails do to letters undone. */
async function filesWith(...words: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const text = [path.slice(dataDir.length), ...readingsOf(await readFile(path))].join('\n').replace(/\s+/g, ' ');
    if (words.some((word) => text.includes(word))) found.push(path.slice(dataDir.length + 1));
  }
  return found.sort();
}

function world(today: string) {
  const services = { ...testServices(`${today}T12:00:00Z`).services, store, looseFiles: createLooseFiles(dataDir) };
  return services;
}

async function somebodyWhoLeft(to: string, fields: Parameters<typeof samplePerson>[1] = {}) {
  const person = samplePerson('QXPERSONQX', {
    name,
    email,
    pseudonym: 'QXPSEUDONYMQX' as Pseudonym,
    staffing: [sampleStaffing({ from: day('2024-01-01'), to: day(to) })],
    ...fields,
  });
  await store.people.create(person);
  await store.people.create(samplePerson('COLLEAGUE', { name: 'Kalle Kollega', email: 'kalle@lindala.example' }));
  await store.sessions.put({ ...sampleSession('session'), personId: person.id });
  const group: Group = {
    id: 'GROUP' as GroupId,
    name: 'Feriearbetare',
    code: 'ABCDEFGH',
    category: 'summer-worker',
    lastDay: day('2099-01-01'),
    size: 5,
    seats: [person.id],
    sheets: [sampleSheet(1, { person: person.id }), sampleSheet(2)],
    createdBy: 'SOMEBODY' as Pseudonym,
    createdAt: at(0),
  };
  await store.groups.create(group);
  const mailer = createFolderMailer(join(dataDir, 'mail'), 'Sekretess <noreply@lindala.example>');
  await mailer.send({ to: email, subject: `Hej ${name}`, text: `Hej ${name}!\n\n${'Läs lektionerna. '.repeat(30)}` });
  await mailer.send({
    to: 'chef@lindala.example',
    subject: 'Veckan',
    text: `${'ö'.repeat(400)}\n${name} är försenad.`,
  });
  await mailer.send({ to: 'kalle@lindala.example', subject: 'Hej Kalle', text: 'Hej Kalle Kollega!' });
  await mkdir(join(dataDir, 'set-aside'), { recursive: true });
  await writeFile(join(dataDir, 'set-aside', 'people.QXPERSONQX.json.1'), '{"broken');
  await writeFile(join(dataDir, 'set-aside', 'people.OTHER.json.1'), `{"name":"${name}`);
  const unfinished = join(dataDir, 'people', '.QXPERSONQX.json.0b0e8f6e-1111-4222-8333-444455556666.tmp');
  await writeFile(unfinished, JSON.stringify(person));
  return person;
}

test('after a purge no file has the name, the address or the id of who it was, and others’ are as they were', async () => {
  await somebodyWhoLeft('2024-03-31');
  expect((await filesWith(name, email, 'QXPERSONQX')).length).toBeGreaterThanOrEqual(7);
  const counts = await runRetention(world('2026-04-01'), 'system');
  expect(counts).toContainEqual({ record: 'person', count: 1 });
  // Somebody else's record that could not be read, with the same name in it, is nobody's to take away by time.
  expect(await filesWith(name, email, 'QXPERSONQX')).toEqual([anotherRecord]);
  expect((await filesWith('Kalle Kollega')).map((path) => path.split('/')[0])).toEqual(['mail', 'people']);
  expect(await store.groups.get('GROUP' as GroupId)).toMatchObject({ seats: [], sheets: [{ number: 2 }] });
});

test('the record of it says what and how much, and nothing of who; a run with nothing to do leaves none', async () => {
  await somebodyWhoLeft('2024-03-31');
  await runRetention(world('2026-03-30'), 'system');
  expect(await store.purges.list()).toEqual([]);
  await runRetention(world('2026-04-01'), 'system');
  expect(await store.purges.list()).toMatchObject([{ by: 'system', counts: [{ record: 'person', count: 1 }] }]);
});

test('a certificate that still holds keeps what the page shows and nothing else, and goes when it ends', async () => {
  const certificate = { ...sampleCertificate('kept'), name, validUntil: '2026-05-31' as CalendarDate };
  const person = await somebodyWhoLeft('2024-03-31', { certificates: [certificate] });
  const services = world('2026-04-01');
  const before = await findCertificate(services, certificate.code, undefined);
  await runRetention(services, 'system');
  expect(await filesWith(name)).toEqual([`kept-certificates/${certificate.code}.json`, anotherRecord]);
  expect(await filesWith(email, person.id, person.pseudonym)).toEqual([]);
  const after = await findCertificate(services, certificate.code, undefined);
  const shown = (found: typeof before) => ({ ...found, certificate: { ...found?.certificate, issuedAt: undefined } });
  expect(shown(after)).toEqual(shown(before));
  await runRetention(world('2026-06-01'), 'system');
  expect(await filesWith(name)).toEqual([anotherRecord]);
  expect(await findCertificate(services, certificate.code, undefined)).toBeUndefined();
});

test('a certificate of somebody with protected identity is kept without the name', async () => {
  const certificate = { ...sampleCertificate('kept'), name, validUntil: '2026-05-31' as CalendarDate };
  await somebodyWhoLeft('2024-03-31', { certificates: [certificate], protectedIdentity: true });
  await runRetention(world('2026-04-01'), 'system');
  expect(await filesWith(name)).toEqual([anotherRecord]);
  expect(await store.keptCertificates.get(certificate.code)).toMatchObject({ validUntil: '2026-05-31' });
});

test('a legal hold stops it, until it is let go', async () => {
  const person = await somebodyWhoLeft('2024-03-31', { legalHold: { at: at(0), by: samplePerson('x').pseudonym } });
  expect(await runRetention(world('2026-04-01'), 'system')).toEqual([]);
  expect(await store.people.get(person.id)).toEqual(person);
  await store.people.update(person.id, (held) => ({ save: { ...held, legalHold: undefined }, result: undefined }));
  await runRetention(world('2026-04-01'), 'system');
  expect(await store.people.get(person.id)).toBeUndefined();
});
