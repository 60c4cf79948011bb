import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { qrSvg } from '#adapters/qr/qr-svg.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, examQuestions, untilSaved } from '../support/exam-page.ts';
import { fingers } from '../support/hands.ts';
import {
  button,
  certificateOnScreen,
  downloadPaper,
  heading,
  leadsOn,
  link,
  newPhone,
  readEveryLesson,
  troublesOf,
} from '../support/journey-steps.ts';
import { linkMailedTo } from '../support/mail.ts';
import { goodPassword } from '../support/people.ts';
import { codeWithTime } from '../support/second-factor.ts';
import { askThrough, startTlsProxy, type TlsProxy } from '../support/tls-proxy.ts';
import { wordsOn } from '../support/words-on.ts';

const t = translate('sv');
let proxy: TlsProxy;
let app: RunningApp;
let browser: Browser;
let admin: BrowserContext;
let page: Page;
/** Where the first administrator comes to. */
let landed: string;

beforeAll(async () => {
  [proxy, browser] = await Promise.all([startTlsProxy(), launchBrowser()]);
  app = await startApp({ env: { PUBLIC_URL: proxy.url, TRUST_PROXY: '1' } });
  proxy.passOnTo(app.url);
  // Nobody but the test has heard of the proxy's certificate.
  admin = await newPhone(browser, { ignoreHTTPSErrors: true });
  page = await admin.newPage();
  await page.goto(app.firstLink ?? '');
  await page.getByLabel(t('field.name')).fill('Maria Ek');
  await page.getByLabel(t('field.email')).fill('maria@lindala.example');
  await page.getByLabel(t('field.newPassword')).fill(goodPassword);
  await leadsOn(page, () => button(page, t('welcome.button')).click());
  landed = page.url();
  await page.getByLabel(t('strong.code')).fill(await codeWithTime(await page.locator('.secret').innerText(), 15));
  await button(page, t('strong.addApp')).click();
  await heading(page, t('strong.codesTitle')).waitFor();
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await proxy.close();
  await removeDataDir(app.dataDir);
});

/** The picture of this address as pages draw it: a QR code says one thing only. */
const pictureOf = (address: string) => /d="M[^"]*h\dv1[^"]*"/.exec(qrSvg(address))?.[0] ?? 'no picture';

describe('behind a proxy that ends TLS', () => {
  test('the first administrator’s link is on the public address, and its form signs in', async () => {
    expect(app.firstLink).toMatch(new RegExp(`^${proxy.url}/valkommen/`));
    expect(landed).toBe(proxy.url + paths.security());
    await leadsOn(page, () => link(page, t('strong.continue')).click());
    await heading(page, t('myPage.hello', { name: 'Maria Ek' })).waitFor();
  });

  test('the cookie is tied to this host and to HTTPS', async () => {
    const cookies = await admin.cookies();
    const hint = '__Host-inloggad';
    expect(cookies.map(({ name }) => name).sort()).toEqual(['__Host-device', hint, '__Host-session', '__Host-sprak']);
    // The hint is for the script of pages that are built ahead: it opens nothing (decision 0025).
    for (const cookie of cookies) {
      const httpOnly = cookie.name !== hint;
      expect(cookie).toMatchObject({ secure: true, httpOnly, sameSite: 'Lax', path: '/', domain: 'localhost' });
    }
  });

  test('every reply says that the site is to be reached by HTTPS', async () => {
    for (const path of [paths.home(), paths.signIn(), paths.myPage(), '/finns-inte']) {
      expect((await askThrough(proxy, path)).headers['strict-transport-security'], path).toMatch(/max-age=\d{7,}/);
    }
  });

  test('redirects stay on the public address', async () => {
    const { status, headers } = await askThrough(proxy, paths.myPage());
    expect(status).toBe(303);
    expect(new URL(String(headers['location']), proxy.url).origin).toBe(proxy.url);
  });
});

describe('the Origin', () => {
  const post = (headers: Record<string, string>) =>
    askThrough(proxy, paths.signIn(), {
      method: 'POST',
      headers,
      form: { email: 'ingen@lindala.example', password: 'fel' },
    });

  test('of the public address is taken', async () => {
    expect((await post({ origin: proxy.url })).status).toBe(401);
    expect((await post({ origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(401);
  });

  test('of any other is refused, that of the server behind the proxy too', async () => {
    const others = [
      app.url,
      proxy.url.replace('https:', 'http:'),
      'https://localhost',
      'https://elak.example',
      'null',
      '',
    ];
    for (const origin of others) expect((await post(origin === '' ? {} : { origin })).status, origin).toBe(403);
  });

  test('that is forged by a forwarded host is refused', async () => {
    const forged = { origin: 'https://elak.example', host: 'elak.example', 'x-forwarded-host': 'elak.example' };
    expect((await post(forged)).status).toBe(403);
  });
});

describe('what leaves the site', () => {
  test('a poster’s QR code and address are on the public address', async () => {
    await page.goto(proxy.url + paths.admin());
    await page.getByLabel(t('field.group'), { exact: true }).fill('Feriearbetare vecka 25');
    await page.getByLabel(t('field.lastDay')).fill('2099-06-30');
    await page.getByLabel(t('field.size')).fill('20');
    await leadsOn(page, () => button(page, t('admin.groupButton')).click());
    const poster = await wordsOn(page.getByRole('main'));
    const code = /\b\w{4}-\w{4}\b/.exec(poster)?.[0].replace('-', '') ?? '';
    expect(poster).toContain(proxy.url + paths.joinGroup());
    const picture = page.getByRole('img', { name: t('poster.qr') });
    expect(await picture.innerHTML()).toContain(pictureOf(proxy.url + paths.joinGroup(code)));
  });

  test('an invited employee comes by the mail’s link, through every form, to a certificate whose QR code and paper lead back here', {
    timeout: 600_000,
  }, async () => {
    await page.goto(proxy.url + paths.admin());
    await page.getByLabel(t('field.name'), { exact: true }).fill('Anna Andersson');
    await page.getByLabel(t('field.email')).fill('anna@lindala.example');
    await leadsOn(page, () => button(page, t('admin.inviteButton')).click());
    const invitation = await linkMailedTo(app.dataDir, 'anna@lindala.example', '/valkommen/');
    expect(invitation).toMatch(new RegExp(`^${proxy.url}/valkommen/[\\w-]{43}$`));

    const phone = await newPhone(browser, { ignoreHTTPSErrors: true });
    const troubles = troublesOf(phone);
    const hands = fingers(await phone.newPage());
    await hands.page.goto(invitation);
    await hands.page.getByLabel(t('field.newPassword')).fill(goodPassword);
    await leadsOn(hands.page, () => button(hands.page, t('welcome.button')).click());
    await readEveryLesson(hands);
    await leadsOn(hands.page, () => button(hands.page, t('next.start')).click());
    for (const question of await examQuestions(hands.page))
      await answer(hands, question, rightAnswer(question.scenario));
    await untilSaved(hands.page);
    await leadsOn(hands.page, () => button(hands.page, t('exam.handIn')).click());

    const code = (await certificateOnScreen(hands.page, 'Anna Andersson')).replaceAll('-', '');
    const address = proxy.url + paths.certificate(code);
    expect(hands.page.url()).toBe(address);
    expect(await hands.page.getByRole('img', { name: t('pdf.qr') }).innerHTML()).toContain(pictureOf(address));
    expect((await downloadPaper(hands)).toString('latin1')).toContain(`(${address})`);
    expect(troubles).toEqual([]);

    await hands.page.goto(proxy.url + paths.myPage());
    await leadsOn(hands.page, () => button(hands.page, t('nav.signOut')).click());
    // The device stays known: that is for when somebody has signed out (decision 0023). So does the language.
    expect((await phone.cookies()).map(({ name }) => name).sort()).toEqual(['__Host-device', '__Host-sprak']);
    await phone.close();
  });

  test('the link to a new password is on the public address', async () => {
    const stranger = await newPhone(browser, { ignoreHTTPSErrors: true });
    const form = await stranger.newPage();
    await form.goto(proxy.url + paths.forgotPassword());
    await form.getByLabel(t('field.email')).fill('maria@lindala.example');
    await button(form, t('forgot.button')).click();
    await heading(form, t('forgot.sent')).waitFor();
    const address = await linkMailedTo(app.dataDir, 'maria@lindala.example', '/nytt-losenord/');
    expect(address).toMatch(new RegExp(`^${proxy.url}/nytt-losenord/[\\w-]{43}$`));
    await stranger.close();
  });
});
