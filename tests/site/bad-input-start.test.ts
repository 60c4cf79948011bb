import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort, makeDataDir, removeDataDir, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, makeEmployee } from '../support/people.ts';
import { Visitor } from '../support/visitor.ts';

describe('a start that cannot be', () => {
  test('names every wrong setting at once, and stops', async () => {
    const wrong = {
      PORT: 'abc',
      PUBLIC_URL: 'ftp://x.example',
      SMTP_URL: 'http://mail',
      TRUST_PROXY: 'kanske',
      MAIL_FROM: 'x',
    };
    const { code, output } = await start(wrong);
    expect(code).toBe(1);
    for (const name of Object.keys(wrong)) expect(output).toMatch(new RegExp(`^${name}: ska vara .+`, 'm'));
    expect(output).not.toMatch(/\n\s+at /);
  });

  test.each([
    [{ PORT: '70000' }, /^PORT: /m],
    [{ PORT: '12.5' }, /^PORT: /m],
    [{ SMTP_URL: 'smtp://mail.example' }, /^MAIL_FROM: behövs/m],
    [{ PUBLIC_URL: 'https://kommun.example/sekretess' }, /^PUBLIC_URL: .*utan sökväg/m],
    [{ PUBLIC_URL: 'kommun.example' }, /^PUBLIC_URL: /m],
  ] as const)('%j is refused with what to write instead', async (env, says) => {
    const { code, output } = await start(env);
    expect(code).toBe(1);
    expect(output).toMatch(says);
  });

  test('a setting that is wrong is found before anything is written', async () => {
    const dataDir = await makeDataDir();
    expect((await start({ PORT: 'abc', DATA_DIR: dataDir })).code).toBe(1);
    expect(await readdir(dataDir)).toEqual([]);
    await removeDataDir(dataDir);
  });

  test('managers S8: for others than oneself, a municipality that is made up is refused: what to change and where is named', async () => {
    const dataDir = await makeDataDir();
    const { code, output } = await start({
      PUBLIC_URL: 'https://sekretess.kommunen.se',
      DATA_DIR: dataDir,
      SMTP_URL: 'smtps://mail.kommunen.se',
      MAIL_FROM: 'sekretess@lindala.example',
    });
    expect(code).toBe(1);
    expect(output).toContain('content/municipality.yaml');
    for (const name of ['name', 'issuer', 'contact.email', 'contact.dataProtectionOfficer', 'contact.signInHelp'])
      expect(output).toMatch(new RegExp(`^  ${name}: .`, 'm'));
    expect(output).toMatch(/^MAIL_FROM: /m);
    expect(output).not.toMatch(/\n\s+at /);
    expect(await readdir(dataDir)).toEqual([]);
    await removeDataDir(dataDir);
  });

  test('a second process on the same folder is refused and told who holds it; the first serves on', async () => {
    const app = await startApp();
    const { code, output } = await start({ DATA_DIR: app.dataDir });
    expect(code).toBe(1);
    expect(output).toContain(String(app.process.pid));
    expect(output).toContain(app.dataDir);
    expect(output).not.toMatch(/\n\s+at /);
    expect((await new Visitor(app.url).get('/halsa')).status).toBe(200);
    await endApp(app);
  });

  test('a port that is taken is said so, in one line', async () => {
    const app = await startApp();
    const { code, output } = await start({ PORT: new URL(app.url).port });
    expect(code).toBe(1);
    expect(output).toContain(new URL(app.url).port);
    expect(output).not.toMatch(/\n\s+at /);
    await endApp(app);
  });

  async function start(env: Readonly<Record<string, string>>): Promise<{ code: number | null; output: string }> {
    const dataDir = env['DATA_DIR'] ?? (await makeDataDir());
    const child = spawn(process.execPath, ['src/cli/serve.js'], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (!env['DATA_DIR']) await removeDataDir(dataDir);
    return { code, output };
  }
});

describe('a data file that is damaged', () => {
  const damage: Readonly<Record<string, (text: string) => string>> = {
    'cut off': (text) => text.slice(0, text.length / 2),
    empty: () => '',
    'not JSON': () => 'not JSON at all',
    'of another person': (text) => text.replace(/"id":"\w+"/, '"id":"0000000000000000"'),
  };

  test.each(Object.entries(damage))(
    '%s: the start names it, sets it aside and goes on with the rest',
    async (_name, harm) => {
      const first = await startApp();
      const admin = await makeAdministrator(first);
      const broken = await makeEmployee(first, admin, { name: 'Trasig Tora', email: 'trasig@lindala.example' });
      const { id } = JSON.parse((await broken.visitor.get('/min-sida/uppgifter.json')).text) as { id: string };
      await first.stop();
      const file = join(first.dataDir, 'people', `${id}.json`);
      const harmed = harm(await readFile(file, 'utf8'));
      await writeFile(file, harmed);

      const app = await startApp({ dataDir: first.dataDir, port: Number(new URL(first.url).port) });
      expect(app.output()).toContain(`people/${id}.json`);
      expect(app.output()).not.toContain('Trasig');
      const aside = (await readdir(join(app.dataDir, 'set-aside'))).filter((name) => name.includes(id));
      expect(aside).toHaveLength(1);
      expect(await readFile(join(app.dataDir, 'set-aside', aside[0] ?? ''), 'utf8')).toBe(harmed);
      expect((await admin.visitor.get('/admin')).status).toBe(200);
      expect((await broken.visitor.get('/min-sida')).location).toMatch(/^\/logga-in/);
      expect(JSON.parse((await new Visitor(app.url).get('/halsa')).text)).toMatchObject({ status: 'ok', setAside: 1 });
      await endApp(app);
    },
  );
});
