import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paths } from '#src/paths.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, type WithRole } from '../support/people.ts';
import { t } from '../support/words.ts';

/** In milliseconds: how long anybody else may wait, whatever the machine does besides (freezes were seconds and minutes). */
const longestWait = 2_000;

let app: RunningApp;
let admin: WithRole;
beforeAll(async () => {
  app = await startApp();
  admin = await makeAdministrator(app);
});
afterAll(() => endApp(app));

async function upload(text: string, name = 'lista.csv'): Promise<{ status: number; text: string }> {
  const form = new FormData();
  form.set('file', new File([text], name, { type: 'text/csv' }));
  const cookie = admin.visitor.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  const headers = { cookie, origin: app.url };
  const reply = await fetch(app.url + paths.adminImport(), { method: 'POST', headers, body: form, redirect: 'manual' });
  return { status: reply.status, text: await reply.text() };
}

/** How long the slowest of other people's requests took while something went on. */
async function slowestWhile<T>(run: () => Promise<T>): Promise<{ slowest: number; result: T }> {
  let isOn = true;
  let slowest = 0;
  const watch = async () => {
    while (isOn) {
      const began = performance.now();
      expect((await fetch(app.url + paths.health())).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - began);
    }
  };
  const watching = watch();
  const result = await run().finally(() => {
    isOn = false;
  });
  await watching;
  return { slowest, result };
}

describe('security F6: the server keeps answering while a list is read', () => {
  test.for<[what: string, text: string, error: string]>([
    ['line breaks', '\n'.repeat(7_500_000), t('refusal.import-empty')],
    ['line breaks under a list', `Anstnr;Namn\n${'\n'.repeat(7_500_000)}`, t('refusal.import-no-rows')],
    ['semicolons', ';'.repeat(7_500_000), t('refusal.import-too-many-columns', { line: 1, limit: 200 })],
    ['quotation marks', '"'.repeat(7_500_000), t('refusal.import-long-cell', { line: 1, limit: '1\u00a0000' })],
    ['one cell', 'x'.repeat(7_500_000), t('refusal.import-long-cell', { line: 1, limit: '1\u00a0000' })],
    ['rows', '1;2\n'.repeat(1_800_000), t('refusal.import-too-many-rows', { limit: '20\u00a0000' })],
  ])('7.5 MB of %s', async ([, text, error]) => {
    const { slowest, result } = await slowestWhile(() => upload(text));
    expect(result.status).toBe(422);
    expect(result.text).toContain(error);
    expect(slowest).toBeLessThan(longestWait);
  });

  test('5,000 rows below a title, and 10,000 rows', async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => `${n};Åsa Öberg ${n};Vikarie;H1;2026-01-01`);
    const list = (count: number) => ['Anstnr;Namn;Kategori;Enhetskod;Från', ...rows(count)].join('\n');
    for (const text of [`Personal\n\n${list(5_000)}`, list(10_000)]) {
      const { slowest, result } = await slowestWhile(async () => {
        const sent = await upload(text);
        expect(sent.status).toBe(303);
        return sent;
      });
      expect(result.status).toBe(303);
      expect(slowest).toBeLessThan(longestWait);
    }
  });

  test('ASVS 5.2.2: a file of another kind is refused by its name', async () => {
    const refused = await upload('Anstnr;Namn\n1;2\n', 'lista.exe');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(t('refusal.import-file-name'));
  });
});
