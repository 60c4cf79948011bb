import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import type { Person } from '#domain/people/person.ts';
import {
  at,
  groupId,
  personId,
  sampleCertificate,
  sampleGroup,
  samplePerson,
  sampleSession,
} from '../contract/sample-documents.ts';

const person = (id: string, fields: Partial<Person> = {}) => samplePerson(id, { name: 'Hemliga Hanna', ...fields });
const stored = (document: object) => JSON.stringify({ schema: 2, ...document });

describe('a damaged file', () => {
  const damages: Readonly<Record<string, readonly [text: string, reason: string]>> = {
    'an empty file': ['', 'not JSON'],
    'a file that was cut off': [stored(person('bad')).slice(0, 60), 'not JSON'],
    'a file full of zeros': ['\0'.repeat(500), 'not JSON'],
    'a list': ['[]', 'not an object'],
    'a document without a schema number': [JSON.stringify(person('bad')), 'no schema number'],
    'a document of schema 1.5': [JSON.stringify({ ...person('bad'), schema: 1.5 }), 'unknown schema 1.5'],
    'a document without a date of creation': [
      stored({ ...person('bad'), createdAt: undefined }),
      'field createdAt: invalid_format',
    ],
    'a document with a number for an e-mail': [stored({ ...person('bad'), email: 7 }), 'field email: invalid_type'],
    'another person’s document': [stored(person('else')), 'the id is not that of the file name'],
  };

  test.for(Object.entries(damages))('%s is named and set aside, and the others are there', async ([, damage]) => {
    const [text, reason] = damage;
    const dataDir = await folderWith({
      'people/anna.json': stored(person('anna')),
      'people/bad.json': text,
      'people/zoe.json': stored(person('zoe')),
    });
    const store = await openLowdbStore({ dataDir, now: () => new Date('2026-06-12T08:15:00.123Z') });
    expect(store.setAside).toEqual([{ file: 'people/bad.json', reason }]);
    expect(JSON.stringify(store.setAside)).not.toContain('Hanna');
    expect((await store.people.list({ limit: 10 })).map(({ id }) => id)).toEqual(['anna', 'zoe']);
    expect(await store.people.get(personId('bad'))).toBeUndefined();
    expect(await readdir(join(dataDir, 'people'))).toEqual(['anna.json', 'zoe.json']);
    expect(await readdir(join(dataDir, 'set-aside'))).toEqual(['people.bad.json.20260612T081500123Z']);
    expect(await readFile(join(dataDir, 'set-aside/people.bad.json.20260612T081500123Z'), 'utf8')).toBe(text);
  });

  test('is set aside among groups and sessions too', async () => {
    const dataDir = await folderWith({
      'groups/g1.json': stored(sampleGroup('g1')),
      'groups/g2.json': stored({ ...sampleGroup('g2'), size: 'many' }),
      'sessions/s1.json': '{',
    });
    const store = await openLowdbStore({ dataDir });
    expect(store.setAside).toEqual([
      { file: 'groups/g2.json', reason: 'field size: invalid_type' },
      { file: 'sessions/s1.json', reason: 'not JSON' },
    ]);
    expect((await store.groups.list()).map(({ id }) => id)).toEqual(['g1']);
  });

  test('is named at the start at which it was found, and not again', async () => {
    const dataDir = await folderWith({ 'people/bad.json': '{' });
    expect((await openLowdbStore({ dataDir })).setAside).toHaveLength(1);
    expect((await openLowdbStore({ dataDir })).setAside).toEqual([]);
  });

  test('never overwrites one that was set aside before', async () => {
    const now = () => new Date('2026-06-12T08:15:00Z');
    const dataDir = await folderWith({ 'people/bad.json': 'first' });
    await openLowdbStore({ dataDir, now });
    for (const text of ['second', 'third']) {
      await writeFile(join(dataDir, 'people/bad.json'), text);
      await openLowdbStore({ dataDir, now });
    }
    const names = (await readdir(join(dataDir, 'set-aside'))).sort();
    expect(names).toHaveLength(3);
    const texts = await Promise.all(names.map((name) => readFile(join(dataDir, 'set-aside', name), 'utf8')));
    expect(texts).toEqual(['first', 'second', 'third']);
  });

  test('with a name that is no id, or a folder in a file’s place, is set aside', async () => {
    const dataDir = await folderWith({ 'people/anna (copy).json': stored(person('anna')), 'people/dir.json/x': '' });
    expect((await openLowdbStore({ dataDir })).setAside).toEqual(
      expect.arrayContaining([
        { file: 'people/anna (copy).json', reason: 'the file name is not an id' },
        { file: 'people/dir.json', reason: 'unreadable (EISDIR)' },
      ]),
    );
  });

  test('that is wrong where opening does not look is set aside by name when it is met', async () => {
    const wrong = { ...person('bad', { email: 'bad@kommun.example', groupId: groupId('g') }), attempts: [{}] };
    const dataDir = await folderWith({
      'people/anna.json': stored(person('anna', { groupId: groupId('g') })),
      'people/bad.json': stored(wrong),
      'people/zoe.json': stored(person('zoe')),
    });
    const store = await openLowdbStore({ dataDir });
    expect((await store.people.list({ limit: 2 })).map(({ id }) => id)).toEqual(['anna', 'zoe']);
    expect(store.setAside).toEqual([{ file: 'people/bad.json', reason: 'field attempts: invalid_format' }]);
    expect(await readdir(join(dataDir, 'people'))).toEqual(['anna.json', 'zoe.json']);
    expect(await store.people.count()).toBe(2);
    expect(await store.people.countByGroup(groupId('g'))).toBe(1);
    expect(await store.people.findByEmail('bad@kommun.example')).toBeUndefined();
    await store.people.create(person('new', { email: 'bad@kommun.example' }));
  });

  test('that somebody removed behind the store’s back is named, and the store goes on', async () => {
    const dataDir = await folderWith({ 'people/anna.json': stored(person('anna')) });
    const store = await openLowdbStore({ dataDir });
    await rm(join(dataDir, 'people/anna.json'));
    expect(await store.people.get(personId('anna'))).toBeUndefined();
    expect(store.setAside).toEqual([{ file: 'people/anna.json', reason: 'the file is gone' }]);
  });
});

describe('what is no damage of a few documents is refused, and nothing is moved', () => {
  test('reliability F1: a document from a newer program', async () => {
    const newer = JSON.stringify({ ...person('bad'), schema: 99 });
    const dataDir = await folderWith({ 'people/anna.json': stored(person('anna')), 'people/bad.json': newer });
    await expect(openLowdbStore({ dataDir })).rejects.toMatchObject({
      refusal: { reason: 'newer-documents', folder: 'people', count: 1 },
    });
    expect(await readdir(join(dataDir, 'people'))).toEqual(['anna.json', 'bad.json']);
  });

  test('reliability F1: more than three of a kind, whatever is wrong with each', async () => {
    const texts = ['', '{', '[]', '{"schema":2}'];
    const dataDir = await folderWith(Object.fromEntries(texts.map((text, number) => [`groups/g${number}.json`, text])));
    await expect(openLowdbStore({ dataDir })).rejects.toMatchObject({
      refusal: { reason: 'unreadable', folder: 'groups', count: 4, of: 4 },
    });
    expect(await readdir(join(dataDir, 'groups'))).toHaveLength(4);
    expect(await readdir(join(dataDir, 'set-aside'))).toEqual([]);
    await rm(join(dataDir, 'groups/g3.json'));
    expect((await openLowdbStore({ dataDir })).setAside).toHaveLength(3);
  });
});

describe('what there is to deal with', () => {
  test('reliability F8: is counted from what is there, at every start, until somebody has dealt with it', async () => {
    const dataDir = await folderWith({
      'people/bad.json': '{',
      'people/older.json': stored(person('older', { email: 'x@kommun.example', createdAt: at(1) })),
      'people/younger.json': stored(person('younger', { email: 'x@kommun.example', createdAt: at(2) })),
    });
    await openLowdbStore({ dataDir });
    const store = await openLowdbStore({ dataDir });
    await store.noteGone([personId('lost'), personId('older')]);
    await store.noteGone([personId('lost')]);
    expect(await store.unresolved()).toEqual({ setAside: 1, gone: 1, conflicts: 1 });
    expect(store.setAside).toContainEqual({ file: 'people/lost.json', reason: 'the file is gone' });

    await store.people.update(personId('younger'), (one) => ({
      save: { ...one, email: undefined },
      result: undefined,
    }));
    await store.people.create(person('lost'));
    await store.noteGone([]);
    for (const name of await readdir(join(dataDir, 'set-aside'))) await rm(join(dataDir, 'set-aside', name));
    expect(await store.unresolved()).toEqual({ setAside: 0, gone: 0, conflicts: 0 });
  });

  test('reliability F8: a file that somebody removes while people are served is written down, and told of at once', async () => {
    const dataDir = await folderWith({ 'people/anna.json': stored(person('anna')) });
    const told: string[] = [];
    const store = await openLowdbStore({ dataDir, report: ({ file }) => told.push(file) });
    await rm(join(dataDir, 'people/anna.json'));
    await store.people.get(personId('anna'));
    expect(told).toEqual(['people/anna.json']);
    expect(await store.unresolved()).toMatchObject({ gone: 1 });
    expect(await readdir(join(dataDir, 'set-aside'))).toEqual(['people.anna.json.gone']);
  });

  test('reliability F9: a link that leads nowhere is one damaged document', async () => {
    const dataDir = await folderWith({ 'people/anna.json': stored(person('anna')) });
    await symlink(join(dataDir, 'nowhere'), join(dataDir, 'people/link.json'));
    const store = await openLowdbStore({ dataDir });
    expect(store.setAside).toEqual([{ file: 'people/link.json', reason: 'unreadable (ENOENT)' }]);
    expect(await store.people.count()).toBe(1);
  });
});

describe('two documents with one unique key', () => {
  test('the one created first is found by it, and the other stays and is reported as a conflict', async () => {
    const dataDir = await folderWith({
      'people/a-younger.json': stored(person('a-younger', { email: 'x@kommun.example', createdAt: at(2) })),
      'people/older.json': stored(person('older', { email: 'x@kommun.example', createdAt: at(1) })),
    });
    for (const start of ['first', 'second']) {
      const store = await openLowdbStore({ dataDir });
      expect(store.setAside, start).toEqual([
        { file: 'people/a-younger.json', reason: 'conflict: an older document has this email' },
      ]);
      expect((await store.people.findByEmail('x@kommun.example'))?.id).toBe('older');
      expect((await store.people.get(personId('a-younger')))?.id).toBe('a-younger');
      expect(await readdir(join(dataDir, 'set-aside'))).toEqual([]);
    }
  });

  test('the other keeps its certificates and its group, and can be changed', async () => {
    const certificate = sampleCertificate('younger');
    const fields = { email: 'x@kommun.example', groupId: groupId('g') };
    const dataDir = await folderWith({
      'people/older.json': stored(person('older', { ...fields, createdAt: at(1) })),
      'people/younger.json': stored(person('younger', { ...fields, certificates: [certificate], createdAt: at(2) })),
    });
    const store = await openLowdbStore({ dataDir });
    expect((await store.people.findByCertificate(certificate.code))?.certificates).toEqual([certificate]);
    expect(await store.people.countByGroup(groupId('g'))).toBe(2);
    const change = (email: string, name: string) =>
      store.people.update(personId('younger'), (younger) => ({ save: { ...younger, email, name }, result: undefined }));
    await change('x@kommun.example', 'Nytt namn');
    expect((await store.people.findByEmail('x@kommun.example'))?.id).toBe('older');
    await change('y@kommun.example', 'Nytt namn');
    expect((await store.people.findByEmail('y@kommun.example'))?.id).toBe('younger');
    expect((await store.people.findByEmail('x@kommun.example'))?.id).toBe('older');
    expect((await openLowdbStore({ dataDir })).setAside).toEqual([]);
  });

  test('two groups with one code: the same', async () => {
    const dataDir = await folderWith({
      'groups/g1.json': stored(sampleGroup('g1', { code: 'SAME', createdAt: at(2) })),
      'groups/g2.json': stored(sampleGroup('g2', { code: 'SAME', createdAt: at(1) })),
    });
    const store = await openLowdbStore({ dataDir });
    expect(store.setAside).toEqual([{ file: 'groups/g1.json', reason: 'conflict: an older document has this code' }]);
    expect((await store.groups.findByCode('SAME'))?.id).toBe('g2');
    expect(await store.groups.list()).toHaveLength(2);
  });
});

describe('what else lies in the folder', () => {
  test('temporary files of a killed process are removed', async () => {
    const leftover = '.anna.json.0b9d2e3c-8a55-4c40-9a0c-6b1f5b0d6c11.tmp';
    const dataDir = await folderWith({
      'people/anna.json': stored(person('anna')),
      [`people/${leftover}`]: stored(person('anna')).slice(0, 20),
      [`groups/${leftover}`]: '',
      [`sessions/${leftover}`]: '',
    });
    const store = await openLowdbStore({ dataDir });
    expect(store.setAside).toEqual([]);
    expect(await readdir(join(dataDir, 'people'))).toEqual(['anna.json']);
    expect(await readdir(join(dataDir, 'groups'))).toEqual([]);
    expect(await readdir(join(dataDir, 'sessions'))).toEqual([]);
  });

  test('files that are not documents are left alone', async () => {
    const dataDir = await folderWith({ 'people/.DS_Store': 'x', 'people/README.txt': 'x', 'people/.hidden.tmp': 'x' });
    const store = await openLowdbStore({ dataDir });
    expect(store.setAside).toEqual([]);
    expect((await readdir(join(dataDir, 'people'))).sort()).toEqual(['.DS_Store', '.hidden.tmp', 'README.txt']);
  });

  test('a document that could not be read back is refused before it is written', async () => {
    const dataDir = await folderWith({});
    const store = await openLowdbStore({ dataDir });
    const wrong = person('anna', { createdAt: 'yesterday' });
    await expect(store.people.create(wrong)).rejects.toMatchObject({ name: 'UnstorableDocumentError' });
    await expect(store.sessions.put(sampleSession('s', { expiresAt: 'soon' }))).rejects.toMatchObject({
      message: 'field expiresAt: invalid_format',
    });
    expect(await readdir(join(dataDir, 'people'))).toEqual([]);
  });
});

/** A data folder with these files, removed after the test. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'set-aside-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dataDir, name)), { recursive: true });
    await writeFile(join(dataDir, name), text);
  }
  return dataDir;
}
