import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dateOf } from '#domain/kernel/calendar.ts';
import { dayInQuestion } from '#i18n/day-words.ts';
import { longDate, translate } from '#i18n/translate.ts';
import { environmentWith } from '#src/env.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, examQuestions, untilSaved } from '../support/exam-page.ts';
import { fingers } from '../support/hands.ts';
import { button, heading, leadsOn, link, newPhone, readEveryLesson } from '../support/journey-steps.ts';
import { linkMailedTo } from '../support/mail.ts';
import { goodPassword, makeAdministrator, type WithRole } from '../support/people.ts';
import { projectWhereMailAlwaysGoes } from '../support/project-folder.ts';
import { addSecondFactor, strengthen } from '../support/second-factor.ts';
import { Visitor } from '../support/visitor.ts';
import { wordsOn } from '../support/words-on.ts';

const t = translate('sv');
const manager = { name: 'Ingela Nordin', email: 'ingela.nordin@lindala.example' };
const temporary = { name: 'Östen Åkerblom', email: 'osten.akerblom@lindala.example' };
const worker = 'Freja Lindqvist';
const unit = 'Hemtjänst norr';

const staffCsv = [
  'Anställningsnummer;Namn;E-post;Kategori;Enhetskod;Anställd från;Slutdatum',
  `00101;${manager.name};${manager.email};Enhetschef;301;2020-01-01;`,
  `00102;${temporary.name};${temporary.email};Vikarie;301;2026-01-01;2099-12-31`,
  '00103;Birgit Ström;birgit.strom@lindala.example;Tillsvidare;302;2019-08-15;',
].join('\r\n');

let project: string;
let app: RunningApp;
let browser: Browser;
let administrator: WithRole;

beforeAll(async () => {
  // Mail goes out from a certain hour of the day: the test must hold at any.
  project = await projectWhereMailAlwaysGoes();
  [app, browser] = await Promise.all([startApp({ cwd: project }), launchBrowser()]);
  administrator = await makeAdministrator(app);
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeDataDir(app.dataDir);
  await rm(project, { recursive: true, force: true });
});

test('from a staff list to a certificate with a confirmed identity, and the list that holds it all', {
  timeout: 600_000,
}, async () => {
  const office = await desk(administrator.visitor);
  const hr = await office.newPage();
  await buildOrganisation(hr);
  await importStaff(hr);
  await makeManager(hr);

  // The invitation goes out on the chosen day, by the server that runs: the command only asks it to.
  await promisify(execFile)(process.execPath, ['src/cli/reminders.ts'], {
    cwd: project,
    env: environmentWith({ DATA_DIR: app.dataDir }),
  });
  const managersVisitor = new Visitor(app.url);
  const invitation = await linkMailedTo(app.dataDir, manager.email, '/valkommen/');
  await managersVisitor.post(invitation, { password: goodPassword, language: 'sv' });
  const factor = await addSecondFactor(managersVisitor);
  const managersDesk = await desk(managersVisitor);
  const page = await managersDesk.newPage();

  // Two clicks at most from signing in: here it is one.
  await page.goto(app.url + paths.myPage());
  await leadsOn(page, () => link(page, t('unit.mine')).click());
  const today = dateOf(new Date());
  const answered = page.getByRole('region', { name: t('unit.alone', { day: dayInQuestion(today, today, t, 'sv') }) });
  expect(await wordsOn(answered)).toContain(temporary.name);
  expect(await wordsOn(answered)).not.toContain('Birgit Ström');
  const unitPage = page.url();

  await page
    .getByRole('row', { name: new RegExp(temporary.name) })
    .getByRole('checkbox')
    .check();
  await button(page, t('unit.remind')).click();
  // The invitation was a mail about the course: nobody gets two in a day.
  await page.getByText(t('refusal.already-today')).waitFor();

  await leadsOn(page, () => link(page, t('groups.of')).click());
  await page.getByLabel(t('field.group')).fill('Feriearbetare vecka 25');
  await page.getByLabel(t('field.lastDay')).fill('2099-08-14');
  await page.getByLabel(t('field.size')).fill('10');
  await leadsOn(page, () => button(page, t('admin.groupButton')).click());
  const poster = await wordsOn(page.locator('.poster'));
  const groupCode = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(poster)?.[0] ?? '';
  const groupPage = page.url();

  const certificateAt = await takeTheCourse(groupCode);

  await page.goto(groupPage);
  await page.getByRole('checkbox', { name: t('groups.choose', { name: worker }) }).check();
  await button(page, t('groups.confirmChosen')).click();
  await page.getByText(t('groups.done.confirm')).waitFor();

  // The stranger who checks the certificate is told so.
  const checked = await new Visitor(app.url).get(certificateAt);
  expect(checked.text).toContain(worker);
  expect(checked.text).toContain(t('certificate.identity', { date: longDate(new Date().toISOString(), 'sv') }));
  await page.goto(unitPage);
  expect(await wordsOn(page.getByRole('row', { name: new RegExp(worker) }))).toContain(t('unit.state.done'));

  await strengthen(managersVisitor, { factor });
  const list = await managersVisitor.get(`${new URL(unitPage).pathname}/lista.csv`);
  expect(list.status).toBe(200);
  for (const name of [manager.name, temporary.name, worker]) expect(list.text).toContain(name);
  expect(list.text).not.toContain('Birgit Ström');
  expect(list.text.split('\n').find((line) => line.includes(worker))).toContain(t('unit.state.done'));
  await office.close();
  await managersDesk.close();
});

/** A browser at a desk in which this visitor is signed in. */
async function desk(visitor: Visitor): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'sv-SE' });
  await context.addCookies(visitor.cookies);
  return context;
}

async function buildOrganisation(page: Page): Promise<void> {
  const places = [
    ['committee', 'Omsorgsnämnden', '3', t('place.top')],
    ['unit', unit, '301', 'Omsorgsnämnden'],
    ['unit', 'Hemtjänst söder', '302', 'Omsorgsnämnden'],
  ] as const;
  for (const [kind, name, code, parent] of places) {
    await page.goto(app.url + paths.adminOrganisation());
    await page.getByLabel(t('place.kind'), { exact: true }).selectOption({ label: t(`place.${kind}`) });
    await page.getByLabel(t('place.name'), { exact: true }).fill(name);
    await page.getByLabel(t('place.code')).fill(code);
    await page.getByLabel(t('place.parent'), { exact: true }).selectOption({ label: parent });
    await button(page, t('place.addButton')).click();
    await page.getByText(t('place.saved')).waitFor();
  }
}

async function importStaff(page: Page): Promise<void> {
  await page.goto(app.url + paths.adminImport());
  await page
    .getByLabel(t('import.file'), { exact: true })
    .setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${staffCsv}`) });
  await page
    .getByLabel(t('import.inviteOn'))
    .fill(new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' }));
  await leadsOn(page, () => button(page, t('import.read')).click());
  await heading(page, t('import.kind.added', { count: 3 })).waitFor();
  await button(page, t('import.apply')).click();
  await page.getByText(t('import.done')).waitFor();
}

async function makeManager(page: Page): Promise<void> {
  await page.goto(app.url + paths.adminRoles());
  await page.getByLabel(t('admin.who')).fill(manager.email);
  await page.getByLabel(t('admin.role'), { exact: true }).selectOption({ label: t('role.unit-manager') });
  const place = page.getByLabel(t('admin.place'), { exact: true });
  const option = await place.getByRole('option', { name: new RegExp(unit) }).getAttribute('value');
  await place.selectOption(option);
  await button(page, t('admin.giveButton')).click();
  await page.getByText(t('place.saved')).waitFor();
}

/** The summer worker scans the poster, reads on the phone, and passes. @returns where the certificate is */
async function takeTheCourse(groupCode: string): Promise<string> {
  const phone = await newPhone(browser);
  const page = await phone.newPage();
  await page.goto(app.url + paths.joinGroup(groupCode.replace('-', '')));
  await page.getByLabel(t('field.ownName')).fill(worker);
  await leadsOn(page, () => button(page, t('join.button')).click());
  await leadsOn(page, () => button(page, t('joined.next')).click());
  await readEveryLesson(fingers(page));
  await leadsOn(page, () => button(page, t('next.start')).click());
  for (const question of await examQuestions(page))
    await answer(fingers(page), question, rightAnswer(question.scenario));
  await untilSaved(page);
  await leadsOn(page, () => button(page, t('exam.handIn')).click());
  await heading(page, t('certificate.congratulations')).waitFor();
  const { pathname } = new URL(page.url());
  await phone.close();
  return pathname;
}
