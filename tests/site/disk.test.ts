import { execFileSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeDataDir, removeDataDir, startApp } from '../support/app.ts';
import { heading, plain } from '../support/html.ts';
import { linkMailedTo } from '../support/mail.ts';
import { goodPassword } from '../support/people.ts';
import { makeSmallDisk } from '../support/small-disk.ts';
import { startToEnd } from '../support/start-to-end.ts';
import { contentsOf, employeeId, makeUsedFolder } from '../support/used-folder.ts';
import { Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

const isRoot = process.getuid?.() === 0;
/** Who has no right to anything: root may read what nobody may. */
const nobody = 65534;

async function diskWithFolder() {
  const used = await makeUsedFolder(3);
  const disk = makeSmallDisk();
  onTestFinished(async () => {
    disk.end();
    await removeDataDir(used);
  });
  const dataDir = join(disk.folder, 'data');
  await cp(used, dataDir, { recursive: true });
  return { disk, dataDir };
}

function expectOneLine({ code, output }: Awaited<ReturnType<typeof startToEnd>>, says: RegExp) {
  expect(output).toMatch(says);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(output).not.toMatch(/\n\s+at |valkommen|Hanna/);
  expect(code).toBe(1);
}

describe('reliability F9: a start', () => {
  test('on a full disk says so in one line, and changes nothing', async () => {
    const { disk, dataDir } = await diskWithFolder();
    const before = await contentsOf(dataDir);
    disk.fill();
    expectOneLine(
      await startToEnd({ DATA_DIR: dataDir, ...disk.env }),
      /går inte att använda \(ENOSPC\).*Disken är full/,
    );
    disk.makeRoom();
    expect(await contentsOf(dataDir)).toEqual(before);
  });

  test('on a disk that can only be read says so in one line', async () => {
    const { disk, dataDir } = await diskWithFolder();
    const before = await contentsOf(dataDir);
    disk.makeReadOnly();
    expectOneLine(
      await startToEnd({ DATA_DIR: dataDir }),
      /går inte att använda \((EROFS|EPERM|EACCES)\)\. .* och starta igen/,
    );
    expect(await contentsOf(dataDir)).toEqual(before);
  });

  test('in a folder that is a file, or that is below one', async () => {
    const place = await makeDataDir();
    onTestFinished(() => removeDataDir(place));
    await writeFile(join(place, 'file'), 'x');
    expectOneLine(await startToEnd({ DATA_DIR: join(place, 'file') }), /Det är en fil och ingen mapp/);
    expectOneLine(await startToEnd({ DATA_DIR: join(place, 'file', 'data') }), /Det är en fil och ingen mapp/);
  });

  test('in somebody else’s folder', async () => {
    const place = await makeDataDir();
    onTestFinished(() => removeDataDir(place));
    const theirs = join(place, 'theirs');
    await mkdir(theirs, { mode: isRoot ? 0o700 : 0o000 });
    await chmod(place, 0o755);
    expectOneLine(
      await startToEnd({ DATA_DIR: theirs }, { uid: isRoot ? nobody : undefined }),
      /Servern har inte rätt/,
    );
  });

  test('with one document of mode 000 and a link that leads nowhere serves the rest', async () => {
    const dataDir = await makeUsedFolder(3);
    onTestFinished(() => removeDataDir(dataDir));
    await chmod(join(dataDir, 'people', `${employeeId(1)}.json`), 0o000);
    await symlink(join(dataDir, 'nowhere'), join(dataDir, 'people', 'link.json'));
    if (isRoot) execFileSync('chown', ['-R', '-h', `${nobody}:${nobody}`, dataDir]);
    const app = await startApp({ dataDir, ...(isRoot && { uid: nobody }) });
    const health = JSON.parse((await new Visitor(app.url).get('/halsa')).text) as object;
    await app.stop();
    expect(app.output()).toContain(`people/${employeeId(1)}.json (unreadable (EACCES))`);
    expect(app.output()).toContain('people/link.json (unreadable (ENOENT))');
    expect(app.output()).not.toMatch(/\n\s+at /);
    expect(health).toMatchObject({ status: 'ok', setAside: 2 });
    expect((await readdir(join(dataDir, 'set-aside'))).length).toBe(2);
    if (isRoot) await chown(dataDir, 0, 0);
  });
});

test('reliability F8, F9: a disk that fills up while people are served is seen in /halsa, and pages are still served', async () => {
  const { disk, dataDir } = await diskWithFolder();
  const app = await startApp({ dataDir, env: { ...disk.env } });
  const visitor = new Visitor(app.url);
  const health = async () => JSON.parse((await visitor.get('/halsa')).text) as object;
  expect(await health()).toMatchObject({ status: 'ok', disk: 'ok' });
  await visitor.post('/glomt-losenord', { email: `${employeeId(1)}@lindala.example` });
  await linkMailedTo(dataDir, `${employeeId(1)}@lindala.example`, '/valkommen/');
  disk.fill();
  await new Promise((done) => setTimeout(done, 2500));
  expect(await health()).toMatchObject({ status: 'cannot-save', disk: 'full' });
  expect((await visitor.get('/kurser/sekretess')).status).toBe(200);
  // reliability F12: nobody is told of a mail that cannot come, and what was typed is not gone.
  const asks = await visitor.post('/glomt-losenord', { email: 'nagon@lindala.example' });
  expect([asks.status, asks.text.includes('nagon@lindala.example')]).toEqual([507, true]);
  expect(plain(asks.text)).toContain(t('error.notSaved'));
  const reset = (await linkMailedTo(dataDir, `${employeeId(1)}@lindala.example`, '/valkommen/')) ?? '';
  const accepts = new URLSearchParams({ password: goodPassword, language: 'sv' });
  const lost = await visitor.request('POST', reset, { headers: { accept: 'text/html' }, body: accepts });
  expect([lost.status, heading(lost.text)]).toEqual([507, t('failed.unsaved')]);
  expect(plain(lost.text)).toContain(t('failed.unsavedText'));
  disk.makeRoom();
  await new Promise((done) => setTimeout(done, 2500));
  expect(await health()).toMatchObject({ status: 'ok', disk: 'ok' });
  await app.stop();
});
