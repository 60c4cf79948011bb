import { cp, mkdir, rm, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { displayCode } from '#domain/exam/certificate.ts';
import { certificateCode, day, sampleCertificate } from '../contract/sample-documents.ts';
import { makeDataDir, removeDataDir, startApp } from '../support/app.ts';
import { employeeId, makeUsedFolder } from '../support/used-folder.ts';
import { Visitor } from '../support/visitor.ts';

const certificate = sampleCertificate('lost', { validUntil: day('2099-12-31') });
const never = certificateCode('never issued');

async function ask(dataDir: string, code: string) {
  const app = await startApp({ dataDir });
  const visitor = new Visitor(app.url);
  const page = await visitor.get(`/intyg/${code}`);
  const json = await visitor.get(`/intyg/${code}.json`);
  const form = await visitor.get(`/intyg?kod=${displayCode(code as typeof never)}`);
  const health = JSON.parse((await visitor.get('/halsa')).text) as Readonly<Record<string, unknown>>;
  await app.stop();
  return { page: page.text, status: page.status, json: JSON.parse(json.text) as unknown, form, health };
}

async function used(): Promise<string> {
  const dataDir = await makeUsedFolder(3, { certificates: [certificate] });
  onTestFinished(() => removeDataDir(dataDir));
  return dataDir;
}

const fileOf = (dataDir: string) => join(dataDir, 'people', `${employeeId(0)}.json`);

test('reliability F4: a code that was never issued here is said not to have been', async () => {
  const { page, status, json, form } = await ask(await used(), never);
  expect(page).toContain('är det inte utfärdat här');
  expect([status, json, form.status]).toEqual([404, { state: 'unknown' }, 404]);
});

test.for([
  ['F4, F8: whose holder’s document is gone', (dataDir: string) => unlink(fileOf(dataDir)), { gone: 1, setAside: 0 }],
  [
    'F4: whose holder’s document was set aside',
    (dataDir: string) => truncate(fileOf(dataDir), 9),
    { gone: 0, setAside: 1 },
  ],
] as const)(
  'reliability %s: a real certificate cannot be checked just now, and /halsa counts it, at every start',
  async ([, harm, counts]) => {
    const dataDir = await used();
    await harm(dataDir);
    for (const _start of ['first', 'second']) {
      const { page, status, json, form, health } = await ask(dataDir, certificate.code);
      expect(page).toContain('Det går inte att kontrollera just nu');
      expect(page).not.toContain('inte utfärdat');
      expect([status, json]).toEqual([503, { state: 'unsure' }]);
      expect(form.location).toBe(`/intyg/${certificate.code}`);
      expect(health).toMatchObject({ ...counts, certificates: 1 });
    }
  },
);

test('reliability F4: in a copy that was put back, whose register was taken away, no code is said not to be issued here', async () => {
  const dataDir = await used();
  const copy = await makeDataDir();
  onTestFinished(() => removeDataDir(copy));
  await cp(dataDir, copy, { recursive: true });
  await rm(join(copy, 'issued'), { recursive: true });
  expect((await ask(copy, never)).json).toEqual({ state: 'unsure' });
  expect((await ask(copy, certificate.code)).json).toMatchObject({ state: 'valid' });
});

test('reliability F4: what was issued here and has been purged is said to be over', async () => {
  const dataDir = await makeUsedFolder(3, { certificates: [{ ...certificate, validUntil: day('2026-06-01') }] });
  onTestFinished(() => removeDataDir(dataDir));
  await unlink(fileOf(dataDir));
  await rm(join(dataDir, 'groups'), { recursive: true });
  await mkdir(join(dataDir, 'groups'));
  const { page, status, json, health } = await ask(dataDir, certificate.code);
  expect(page).toContain('Intyget är utfärdat här, men gäller inte längre');
  expect([status, json]).toEqual([410, { state: 'ended' }]);
  expect(health).toMatchObject({ certificates: 0, gone: 0 });
});
