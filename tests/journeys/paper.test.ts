import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { button, heading, leadsOn, link } from '../support/journey-steps.ts';
import { paperFields, printPaper } from '../support/paper.ts';
import {
  course,
  type MadeGroup,
  makeAdministrator,
  makeGroup,
  makeParticipant,
  type WithRole,
} from '../support/people.ts';
import { Visitor } from '../support/visitor.ts';
import { wordsOn } from '../support/words-on.ts';

const t = translate('sv');
const worker = 'Åsa Utan Telefon';

let app: RunningApp;
let browser: Browser;
let administrator: WithRole;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  administrator = await makeAdministrator(app);
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeDataDir(app.dataDir);
});

/** With a keyboard and a screen of 360 px, or at a desk without scripts. */
const ways = {
  'on a phone': { viewport: { width: 360, height: 740 }, javaScriptEnabled: true },
  'without scripts': { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
} as const;

async function signedIn(way: keyof typeof ways): Promise<BrowserContext> {
  const context = await browser.newContext({ ...ways[way], locale: 'sv-SE' });
  await context.addCookies(administrator.visitor.cookies);
  return context;
}

/** What the paper says, typed in. @param passedOver the question that is forgotten, from 1 */
async function fillIn(page: Page, isRight: boolean, passedOver?: number): Promise<void> {
  const ids = await page
    .locator('.sheet__entry > li')
    .evaluateAll((items) =>
      items.map((item) => item.querySelector('[name^="q."]')?.getAttribute('name')?.split('.')[1] ?? ''),
    );
  for (const [place, id] of ids.entries()) {
    if (place + 1 === passedOver) continue;
    const scenario = course.scenarios.get(id);
    if (!scenario) throw new Error(`no scenario ${id}`);
    const answer = (isRight ? rightAnswer : wrongAnswer)(scenario);
    const field = (value: string) => page.locator(`[name="q.${id}"][value="${value}"]`);
    if (answer.kind === 'choose-one') await field(answer.option).check();
    if (answer.kind === 'choose-all') for (const option of answer.options) await field(option).check();
    if (answer.kind === 'order')
      for (const [step, name] of answer.steps.entries())
        await page.locator(`select[name="q.${id}.${name}"]`).selectOption(String(step + 1));
  }
}

async function sayWho(page: Page, name: string): Promise<void> {
  await page.getByLabel(t('paper.whose')).selectOption({ label: t('paper.somebodyNew') });
  await page.getByLabel(t('paper.name')).fill(name);
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
  await page.getByLabel(t('paper.takenOn')).fill(today);
  await page.getByLabel(t('paper.vouched')).check();
}

describe.each(Object.keys(ways) as (keyof typeof ways)[])('an exam on paper, entered %s', (way) => {
  let context: BrowserContext;
  let page: Page;
  let group: MadeGroup;
  beforeAll(async () => {
    context = await signedIn(way);
    page = await context.newPage();
    group = await makeGroup(administrator, { name: `Feriearbetare ${way}` });
  });
  afterAll(() => context.close());

  test('is printed from the group’s page, each on a sheet of its own, with nothing that gives the key away', async () => {
    await page.goto(app.url + paths.group(group.id));
    await leadsOn(page, () => link(page, t('paper.of')).click());
    await page.getByLabel(t('paper.count')).fill('2');
    await leadsOn(page, () => button(page, t('paper.printButton')).click());
    expect(await page.locator('.sheet').count()).toBe(2);
    const sheet = await wordsOn(page.locator('.sheet').first());
    expect(sheet).toContain(translate('sv-simple')('paper.attest'));
    const html = await page.locator('.sheet').first().innerHTML();
    expect(html).not.toMatch(/right|value=|data-/);
    const pages = await pagesWhenPrinted(page);
    expect(pages).toBeGreaterThanOrEqual(2);
  });

  test('that was filled in badly comes back with what was typed, and the fields named', async () => {
    await page.goto(app.url + paths.paperSheet(group.id, 1));
    await sayWho(page, worker);
    await fillIn(page, true, 3);
    await button(page, t('paper.checkButton')).click();
    const summary = page.getByRole('alert');
    expect(await wordsOn(summary)).toContain(t('paper.answer.missing', { place: 3 }));
    expect(await summary.getByRole('link').getAttribute('href')).toBe('#fraga-3');
    expect(await page.getByLabel(t('paper.name')).inputValue()).toBe(worker);
    expect(await page.locator('.sheet__entry :checked').count()).toBeGreaterThan(5);
  });

  test('is held against the paper, can be changed, and gives the certificate that a stranger is told about', async () => {
    await page.goto(app.url + paths.paperSheet(group.id, 1));
    await sayWho(page, worker);
    await fillIn(page, true);
    await button(page, t('paper.checkButton')).click();
    await heading(page, t('paper.check')).waitFor();
    await button(page, t('paper.change')).click();
    await page.getByText(t('paper.enterLead')).waitFor();
    expect(await page.getByLabel(t('paper.name')).inputValue()).toBe(worker);
    expect(await page.getByRole('alert').count()).toBe(0);
    await button(page, t('paper.checkButton')).click();
    await button(page, t('exam.handIn')).click();
    await page.getByText(t('paper.passedNext')).waitFor();
    const certificate = (await link(page, t('paper.seeCertificate')).getAttribute('href')) ?? '';
    const stranger = new Visitor(app.url);
    const shown = await stranger.get(certificate);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain(worker);
    expect(shown.text).toMatch(/Provet gjordes på papper den/);
    const { takenOnPaper, identity } = JSON.parse((await stranger.get(`${certificate}.json`)).text);
    expect(takenOnPaper).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(identity.onPaper).toBe(true);
    const pdf = await fetch(`${app.url}${certificate}.pdf`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
  });

  test('that was not passed says what to read again, and neither score nor answers', async () => {
    await page.goto(app.url + paths.paperSheet(group.id, 2));
    await sayWho(page, 'Bo Behöver Läsa');
    await fillIn(page, false);
    await button(page, t('paper.checkButton')).click();
    await button(page, t('exam.handIn')).click();
    await page.getByText(t('paper.readAgain')).waitFor();
    expect(await page.locator('main ul a').count()).toBeGreaterThan(0);
    expect(await wordsOn(page.locator('main'))).not.toMatch(/\d+ av \d+|%|poäng/);
  });

  test('is on the group’s page with both, and no sheet waits', async () => {
    await page.goto(app.url + paths.group(group.id));
    const row = await wordsOn(page.getByRole('row', { name: new RegExp(worker) }));
    expect(row).toContain(t('groups.onPaper'));
    await page.goto(app.url + paths.paperExams(group.id));
    const list = await wordsOn(page.locator('main'));
    expect(list).toContain(t('paper.none'));
    expect(list).toContain(t('paper.enteredCount', { count: 2 }));
  });
});

test('a sheet that two managers enter for two people belongs to one of them', async () => {
  const group = await makeGroup(administrator, { name: 'Två som skriver in' });
  await printPaper(administrator, group, 1);
  await makeParticipant(app, group, 'Redan Med');
  const page = (await administrator.visitor.get(paths.paperSheet(group.id, 1))).text;
  const known = /<option value="(\w+)"[^>]*>Redan Med</.exec(page)?.[1] ?? '';
  const forOne = await paperFields(administrator, group, 1, 'Ny Person', true);
  forOne.set('action', 'hand-in');
  const forOther = new URLSearchParams(forOne);
  forOther.set('who', known);
  const path = paths.paperSheet(group.id, 1);
  const replies = await Promise.all([forOne, forOther].map((fields) => administrator.visitor.post(path, fields)));
  const statuses = replies.map(({ status }) => status).sort();
  expect(statuses[0]).toBe(303);
  const members = (await administrator.visitor.get(paths.group(group.id))).text;
  expect(members.match(new RegExp(t('groups.onPaper'), 'g'))).toHaveLength(1);
});

async function pagesWhenPrinted(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4' });
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}
