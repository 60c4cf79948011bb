import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '#src/paths.ts';
import { runAxe } from '../accessibility/axe.ts';
import { missingBasics, sidewaysScrolling, smallTargets } from '../accessibility/checks.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, type WithRole } from '../support/people.ts';
import { postBare } from '../support/raw-request.ts';
import { unzipped } from '../support/unzipped.ts';
import { t } from '../support/words.ts';

let app: RunningApp;
let browser: Browser;
let admin: WithRole;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  admin = await makeAdministrator(app);
  const committee = await add('committee', 'Omsorgsnämnden', '', '');
  await add('unit', 'Norr', 'H1', committee);
  await add('unit', 'Söder', 'H2', committee);
  context = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled: false,
    viewport: { width: 360, height: 800 },
  });
  await context.addCookies(admin.visitor.cookies);
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await endApp(app);
});

async function add(kind: string, placeName: string, placeCode: string, parent: string): Promise<string> {
  await admin.visitor.post(paths.adminOrganisation(), { action: 'add', kind, placeName, placeCode, parent });
  const stored = await readFile(join(app.dataDir, 'organisation/organisation.json'), 'utf8');
  return JSON.parse(stored).nodes.at(-1).id;
}

async function choose(name: string, buffer: Buffer, full = false): Promise<void> {
  await page.goto(paths.adminImport());
  await page.getByLabel(t('import.file'), { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
  if (full) await page.getByLabel(t('import.full')).check();
  await page.getByRole('button', { name: t('import.read') }).click();
}

const figure = (name: Parameters<typeof t>[0]) =>
  page
    .locator('.stats div')
    .filter({ hasText: t(name) })
    .locator('dd')
    .textContent();

test('without scripts, a payroll list is read, shown, saved and handed out again', async () => {
  await choose('personal.txt', await readFile('tests/fixtures/staff/payroll.txt'));
  expect(page.url()).toContain('/admin/import/');
  expect(await page.locator('main').textContent()).toContain(t('import.left', { column: 'Pnr' }));
  expect(await page.content()).not.toContain('9876');
  // Two of the four have left already.
  expect(await figure('import.figure.added')).toBe('2');
  expect(await page.locator('#added').textContent()).toContain('Åsa Öberg');
  expect(await readdir(join(app.dataDir, 'people'))).toHaveLength(1);

  await page.getByRole('button', { name: t('import.apply') }).click();
  expect(await page.getByRole('status').textContent()).toBe(t('import.done'));
  expect(await readdir(join(app.dataDir, 'people'))).toHaveLength(3);

  const csv = await context.request.get(paths.adminExportCsv());
  expect(csv.headers()['content-disposition']).toMatch(/attachment; filename="personal-\d{4}-\d\d-\d\d\.csv"/);
  expect(await csv.text()).toContain(
    '00123;Åsa Öberg;asa.oberg@lindala.example;Tillsvidare;H1;Norr;2015-01-01;;2026-06-01',
  );
  const xlsx = await context.request.get(paths.adminExportXlsx());
  expect(unzipped(await xlsx.body()).get('xl/sharedStrings.xml')).toContain('>00123<');

  await choose('personal.csv', await csv.body(), true);
  expect(await page.locator('main').textContent()).toContain(t('import.nothing'));
  await page.getByRole('button', { name: t('import.discard') }).click();
  expect(await page.getByRole('status').textContent()).toBe(t('import.discarded'));
});

test('many who are missing must be agreed to, and broken rows are named', async () => {
  const rows = [
    'Anstnr;Namn;Kategori;Enhet;Från',
    '7;Bo Ek;Enhetschef;Söder;2020-02-29',
    '8;Ny Person;Vikarie;Norr;i går',
  ];
  await choose('full.csv', Buffer.from(rows.join('\n')), true);
  expect(await page.locator('#fel').textContent()).toContain(t('import.error.not-a-date', { value: 'i går' }));
  await page.getByRole('button', { name: t('import.apply') }).click();
  expect(await page.locator('.error-summary').textContent()).toContain(t('refusal.import-missing-unconfirmed'));
  await page.getByLabel(/^Ja, avsluta/).check();
  await page.getByRole('button', { name: t('import.apply') }).click();
  expect(await page.getByRole('status').textContent()).toBe(t('import.done'));
});

test('headings that say nothing are asked about', async () => {
  await choose('okand.csv', Buffer.from('Kod A;Kod B;Kod C\n9;Åsa Öberg;Norr\n'));
  expect(await page.locator('main').textContent()).toContain(t('import.missing.employmentNumber'));
  await page.getByLabel('Kod A').selectOption('employmentNumber');
  await page.getByLabel('Kod B').selectOption('employmentNumber');
  await page.getByRole('button', { name: t('import.plan') }).click();
  expect(await page.locator('.error-summary').textContent()).toContain(t('import.twice'));
});

test('a file that cannot be read gets a reason, one that is too large too, and a file is taken nowhere else', async () => {
  await choose('bok.xlsx', Buffer.from('PK\u0003\u0004'));
  expect(await page.locator('.error-summary').textContent()).toContain(t('refusal.import-workbook'));
  const send = (path: string, size: number) =>
    context.request.post(path, {
      headers: { origin: app.url },
      multipart: { file: { name: 'stor.csv', mimeType: 'text/csv', buffer: Buffer.alloc(size, 'a') } },
      maxRedirects: 0,
    });
  const announced = [
    `Origin: ${app.url}`,
    'Content-Type: multipart/form-data; boundary=x',
    `Content-Length: ${8 * 1024 * 1024 + 1}`,
  ];
  expect((await postBare(app.url, paths.adminImport(), announced)).status).toBe(413);
  expect((await send(paths.adminImport(), 1024 * 1024)).status()).toBe(422);
  expect((await send(paths.admin(), 10)).status()).toBe(415);
  expect((await send(`${paths.adminImport()}/x`, 10)).status()).toBe(415);
});

test('an import of somebody else or of nobody is not there', async () => {
  expect((await admin.visitor.get(paths.adminImport('FINNS0EJ00000000'))).status).toBe(404);
  expect((await admin.visitor.get(paths.adminImport('..%2Fpeople'))).status).toBe(404);
});

test('every state can be used by everybody, on a phone', async () => {
  const rows = ['Pnr;Anstnr;Namn;Kategori;Enhet', ';8;Ny Person;Kock;Norr', ';9;Åsa Öberg;Elev;Söder'];
  await choose('full.csv', Buffer.from(rows.join('\n')), true);
  const plan = page.url();
  await choose('okand.csv', Buffer.from('Kod A;Kod B;Kod C\n9;Åsa Öberg;Norr\n'));
  const unknown = page.url();
  const scripted = await browser.newContext({ baseURL: app.url, viewport: { width: 360, height: 740 } });
  await scripted.addCookies(admin.visitor.cookies);
  const look = await scripted.newPage();
  const check = async (name: string) => {
    await look.screenshot({ path: `tests/.output/import-${name}.png`, fullPage: true });
    const { violations, unjudged } = await runAxe(look);
    const found = [await missingBasics(look), await smallTargets(look), await sidewaysScrolling(look)].flat();
    expect({ name, violations, unjudged, found }).toEqual({ name, violations: [], unjudged: [], found: [] });
  };
  await look.goto(paths.adminImport());
  await check('file');
  await look.goto(plan);
  await check('plan');
  await look.getByRole('button', { name: t('import.apply') }).click();
  await look.locator('.error-summary').waitFor();
  await check('refused');
  await look.goto(unknown);
  await check('columns');
  await look.goto(plan);
  await look.getByLabel(/^Ja, avsluta/).check();
  await look.getByRole('button', { name: t('import.apply') }).click();
  await look.getByText(t('import.done')).waitFor();
  await check('done');
  await scripted.close();
});
