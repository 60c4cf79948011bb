import { cp, mkdir, readdir, readFile, rename, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeDataDir, removeDataDir, startApp, waitFor } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { startToEnd } from '../support/start-to-end.ts';
import { contentsOf, makeUsedFolder } from '../support/used-folder.ts';

/** What is done to a folder that has been in use, and what the start says of it. */
const refused: Readonly<Record<string, readonly [harm: (dataDir: string) => Promise<void>, says: RegExp]>> = {
  'F1: a folder that a newer version wrote': [
    (dataDir) =>
      edit(join(dataDir, 'folder.json'), (stamp) => ({
        ...stamp,
        format: 99,
        readableFrom: 99,
        version: '9.0.0',
        newField: 1,
      })),
    /skriven av en nyare version \(9\.0\.0\).*Starta med version 9\.0\.0 eller senare/,
  ],
  'F1: one document of a newer schema': [
    (dataDir) => edit(join(dataDir, 'people', 'employee-001.json'), (person) => ({ ...person, schema: 999 })),
    /En fil i .*people är skriven av en nyare version.*Starta med den versionen/,
  ],
  'F1: a hundred people of zero bytes': [
    async (dataDir) => {
      for (let number = 0; number < 100; number += 1) {
        await truncate(join(dataDir, 'people', `employee-${String(number).padStart(3, '0')}.json`), 0);
      }
    },
    /100 av 106 filer i .*people går inte att läsa.*säkerhetskopian/,
  ],
  'F1: four groups that are garbage': [
    async (dataDir) => {
      for (const name of ['a', 'b', 'c', 'd']) await writeFile(join(dataDir, 'groups', `${name}.json`), 'x');
    },
    /4 av 5 filer i .*groups går inte att läsa/,
  ],
  'F1: an organisation that is cut off': [
    (dataDir) => truncate(join(dataDir, 'organisation', 'organisation.json'), 40),
    /Organisationen, .*organisation\.json, går inte att läsa \(not JSON\)/,
  ],
  'F1: no organisation': [
    (dataDir) => unlink(join(dataDir, 'organisation', 'organisation.json')),
    /Organisationen, .*organisation\.json, är borta/,
  ],
  'F1: an only administrator who cannot be read': [
    (dataDir) => truncate(join(dataDir, 'people', 'administrator.json'), 10),
    /ingen administratör för allt\..*npm run admin:reset/,
  ],
  'F1: an only administrator who is gone': [
    (dataDir) => unlink(join(dataDir, 'people', 'administrator.json')),
    /ingen administratör för allt/,
  ],
  'F1: no people, and all else is there': [emptyPeople, /Alla personer är borta ur mappen/],
  'F1: no people and no stamp, but an audit log': [
    async (dataDir) => {
      await emptyPeople(dataDir);
      for (const name of ['folder.json', 'groups', 'set-aside', 'organisation']) {
        await rm(join(dataDir, name), { recursive: true });
      }
    },
    /Alla personer är borta ur mappen/,
  ],
  'F1: no people, no stamp and no log, but what was set aside': [
    async (dataDir) => {
      const kept = await makeDataDir();
      await writeFile(join(kept, 'people.x.json.20260612T081500123Z'), '{');
      for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true });
      await rename(kept, join(dataDir, 'set-aside'));
    },
    /Alla personer är borta ur mappen/,
  ],
  'F1: a stamp that cannot be read': [
    (dataDir) => writeFile(join(dataDir, 'folder.json'), '{'),
    /folder\.json går inte att läsa/,
  ],
  'F3: no key': [
    (dataDir) => unlink(join(dataDir, 'keys', 'installation.key')),
    /Nycklarna, .*installation\.key, är borta/,
  ],
  'F3: no keys at all': [(dataDir) => rm(join(dataDir, 'keys'), { recursive: true }), /Nycklarna, .*är borta/],
  'F3: no key in a folder from before there were stamps': [
    async (dataDir) => {
      await unlink(join(dataDir, 'folder.json'));
      await unlink(join(dataDir, 'keys', 'installation.key'));
    },
    /Nycklarna, .*är borta/,
  ],
  'F3: an empty key': [
    (dataDir) => truncate(join(dataDir, 'keys', 'installation.key'), 0),
    /installation\.key: filen med nycklar är tom.*säkerhetskopian/,
  ],
  'F3: a key that is cut off': [
    (dataDir) => truncate(join(dataDir, 'keys', 'installation.key'), 40),
    /installation\.key: varje rad ska vara .*säkerhetskopian/,
  ],
  'F3: another folder’s key': [
    (dataDir) => writeFile(join(dataDir, 'keys', 'installation.key'), `${'7'.repeat(64)}\n`),
    /Nycklarna hör inte till mappen/,
  ],
  'F3: a key from before it was replaced': [
    (dataDir) =>
      edit(join(dataDir, 'folder.json'), ({ keys, ...stamp }) => ({
        ...stamp,
        keys: { ...(keys as object), k2: '0'.repeat(32) },
      })),
    /Nycklarna hör inte till mappen/,
  ],
};

describe('a folder that has been in use and is not whole', () => {
  test.each(Object.entries(refused))('%s is refused in one line, and nothing is moved', async (_name, [harm, says]) => {
    const dataDir = await usedFolder();
    await harm(dataDir);
    const before = await contentsOf(dataDir);
    const { code, output } = await startToEnd({ DATA_DIR: dataDir });
    expect(output).toMatch(says);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain('Inget har ändrats.');
    expect(output).not.toMatch(/valkommen|Hanna|\n\s+at /);
    expect(code).toBe(1);
    expect(await contentsOf(dataDir)).toEqual(before);
    expect((await readdir(dataDir)).filter((name) => name.endsWith('.sock'))).toEqual([]);
  });

  test('F1: three damaged people of many are set aside, and the rest is served', async () => {
    const dataDir = await usedFolder();
    for (const number of [1, 2, 3]) await truncate(join(dataDir, 'people', `employee-00${number}.json`), 0);
    const app = await startApp({ dataDir });
    await app.stop();
    expect(app.output()).toContain('people/employee-001.json');
    expect(app.output()).not.toMatch(/valkommen|Hanna/);
    expect(await readdir(join(dataDir, 'set-aside'))).toHaveLength(3);
  });

  test('F1: it opens again when what was wrong is put back', async () => {
    const dataDir = await usedFolder();
    const backup = await makeDataDir();
    onTestFinished(() => removeDataDir(backup));
    await cp(dataDir, backup, { recursive: true });
    await emptyPeople(dataDir);
    expect((await startToEnd({ DATA_DIR: dataDir })).code).toBe(1);
    await cp(join(backup, 'people'), join(dataDir, 'people'), { recursive: true });
    const app = await startApp({ dataDir });
    await app.stop();
    expect(app.output()).not.toContain('valkommen');
  });
});

describe('what is no refusal', () => {
  test('F1: a new folder starts with a link, is stamped, and starts again', async () => {
    const first = await startApp();
    expect(first.firstLink).toBeDefined();
    await first.stop();
    const stamp = JSON.parse(await readFile(join(first.dataDir, 'folder.json'), 'utf8'));
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(stamp).toMatchObject({ version, inUse: true, keys: { k1: expect.stringMatching(/^[0-9a-f]{32}$/) } });
    const again = await startApp({ dataDir: first.dataDir });
    await waitFor(() => again.output().includes('Ingen har blivit administratör än'));
    await endApp(again);
  });

  test('F3: a folder from before there were stamps is taken over with its keys', async () => {
    const dataDir = await usedFolder();
    await unlink(join(dataDir, 'folder.json'));
    const app = await startApp({ dataDir });
    await app.stop();
    expect(JSON.parse(await readFile(join(dataDir, 'folder.json'), 'utf8'))).toMatchObject({ inUse: true });
  });

  test('F1: a folder in which a version that this one may read has left something more keeps it', async () => {
    const dataDir = await usedFolder();
    const later = { format: 99, version: '9.0.0', more: 'x' };
    await edit(join(dataDir, 'folder.json'), (stamp) => ({ ...stamp, ...later }));
    const app = await startApp({ dataDir });
    await app.stop();
    expect(JSON.parse(await readFile(join(dataDir, 'folder.json'), 'utf8'))).toMatchObject(later);
  });
});

let whole: string;
beforeAll(async () => {
  whole = await makeUsedFolder(105);
});
afterAll(() => removeDataDir(whole));

/** A copy of a whole one. */
async function usedFolder(): Promise<string> {
  const dataDir = await makeDataDir();
  onTestFinished(() => removeDataDir(dataDir));
  await cp(whole, dataDir, { recursive: true });
  return dataDir;
}

async function emptyPeople(dataDir: string): Promise<void> {
  await rm(join(dataDir, 'people'), { recursive: true });
  await mkdir(join(dataDir, 'people'));
}

async function edit(file: string, change: (content: Record<string, unknown>) => object): Promise<void> {
  await writeFile(file, `${JSON.stringify(change(JSON.parse(await readFile(file, 'utf8'))))}\n`);
}
