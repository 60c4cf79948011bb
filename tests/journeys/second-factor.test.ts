import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { runAxe } from '../accessibility/axe.ts';
import { missingBasics, sidewaysScrolling, smallTargets } from '../accessibility/checks.ts';
import { freePort, type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { fingers, type Hands, keyboardAlone } from '../support/hands.ts';
import { button, heading, leadsOn, link, newPhone, troublesOf } from '../support/journey-steps.ts';
import { goodPassword } from '../support/people.ts';
import { codeWithTime, nextCodeOfApp } from '../support/second-factor.ts';

const t = translate('sv');
const email = 'maria.ek@lindala.example';
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** The first administrator, from the link of a first start to the page where one adds a factor. */
async function welcome({ page, press, write }: Hands, app: RunningApp): Promise<void> {
  await page.goto(app.firstLink ?? '');
  await write(page.getByLabel(t('field.name'), { exact: true }), 'Maria Ek');
  await write(page.getByLabel(t('field.email')), email);
  await write(page.getByLabel(t('field.newPassword')), goodPassword);
  await leadsOn(page, () => press(button(page, t('welcome.button'))));
  await heading(page, t('strong.page')).waitFor();
}

/** On another day: with the password, and on to the administration. */
async function signInAgain({ page, press, write }: Hands, url: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${url}${paths.signIn()}?till=${paths.admin()}`);
  await write(page.getByLabel(t('field.email')), email);
  await write(page.getByLabel(t('field.password')), goodPassword);
  await leadsOn(page, () => press(button(page, t('signIn.button')).first()));
  await heading(page, t('strong.title')).waitFor();
}

/** The codes that are shown once. */
async function codesOn(page: Page): Promise<string[]> {
  await heading(page, t('strong.codesTitle')).waitFor();
  const codes = (await page.getByRole('main').innerText()).match(/\b[0-9A-Z]{5}(-[0-9A-Z]{5}){3}-[0-9A-Z]{6}\b/g) ?? [];
  expect(codes).toHaveLength(10);
  return codes;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations, unjudged } = await runAxe(page);
  expect({ violations, unjudged }).toEqual({ violations: [], unjudged: [] });
  expect(await missingBasics(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  expect(await sidewaysScrolling(page)).toEqual([]);
}

describe('an app with codes', () => {
  const ways: readonly (readonly [string, (page: Page) => Hands, BrowserContextOptions])[] = [
    ['by keyboard alone', keyboardAlone, {}],
    ['without scripts', fingers, { javaScriptEnabled: false }],
  ];

  test.for(ways)('is added and opens the administration, %s', async ([, handsOf, options]) => {
    const app = await startApp();
    try {
      const phone = await newPhone(browser, options);
      const troubles = troublesOf(phone);
      const page = await phone.newPage();
      const hands = handsOf(page);
      await welcome(hands, app);

      const secret = (await page.locator('.secret').innerText()).replaceAll(/\s/g, '');
      expect(secret).toMatch(/^[A-Z2-7]{32}$/);
      const code = await codeWithTime(secret, 20);
      await hands.write(page.getByLabel(t('strong.code')), code);
      await hands.press(button(page, t('strong.addApp')));
      const [recovery = ''] = await codesOn(page);
      await leadsOn(page, () => hands.press(link(page, t('strong.continue'))));
      await heading(page, t('myPage.hello', { name: 'Maria Ek' })).waitFor();
      await leadsOn(page, () => hands.press(link(page, t('strong.page'))));

      await signInAgain(hands, app.url);
      // The code that the app was added with is used.
      await hands.write(page.getByLabel(t('strong.code')), code);
      await hands.press(button(page, t('strong.button')).first());
      await page.getByText(t('refusal.wrong-app-code')).first().waitFor();
      await hands.write(page.getByLabel(t('strong.code')), await nextCodeOfApp(secret));
      await leadsOn(page, () => hands.press(button(page, t('strong.button')).first()));
      await heading(page, t('admin.title')).waitFor();
      expect(new URL(page.url()).pathname).toBe(paths.admin());

      await signInAgain(hands, app.url);
      await hands.write(page.getByLabel(t('strong.recovery')), recovery.toLowerCase());
      await leadsOn(page, () => hands.press(button(page, t('strong.button')).last()));
      await heading(page, t('admin.title')).waitFor();
      // A wrong code is answered with 422, which the browser tells its console.
      expect(troubles.filter((trouble) => !trouble.includes('422'))).toEqual([]);
      await phone.close();
    } finally {
      await app.stop();
      await removeDataDir(app.dataDir);
    }
  });
});

describe('a passkey', () => {
  let app: RunningApp;
  let phone: BrowserContext;
  let page: Page;
  let device: CDPSession;
  let authenticatorId: string;

  beforeAll(async () => {
    // Browsers make passkeys for names only, and without TLS for this name only.
    const port = await freePort();
    const url = `http://localhost:${port}`;
    app = { ...(await startApp({ port, env: { PUBLIC_URL: url, HOST: 'localhost' } })), url };
    phone = await newPhone(browser);
    page = await phone.newPage();
    device = await phone.newCDPSession(page);
    await device.send('WebAuthn.enable');
    ({ authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    }));
  });
  afterAll(async () => {
    await phone?.close();
    await app?.stop();
    await removeDataDir(app?.dataDir);
  });

  test('is the first factor, opens the administration, and is not good as a copy', async () => {
    const hands = fingers(page);
    const troubles = troublesOf(phone);
    await welcome(hands, app);
    await page.getByRole('button', { name: t('strong.addPasskey') }).waitFor();
    await expectAccessible(page);
    await hands.write(page.getByLabel(t('strong.label')), 'Jobbtelefonen');
    await hands.press(button(page, t('strong.addPasskey')));
    await codesOn(page);
    await expectAccessible(page);
    await leadsOn(page, () => hands.press(link(page, t('strong.continue'))));

    await signInAgain(hands, app.url);
    await button(page, t('strong.usePasskey')).waitFor();
    await expectAccessible(page);
    await leadsOn(page, () => hands.press(button(page, t('strong.usePasskey'))));
    await heading(page, t('admin.title')).waitFor();
    await page.goto(app.url + paths.security());
    await page.getByText('Jobbtelefonen').waitFor();
    await expectAccessible(page);

    // A copy from before it was last used counts from there.
    const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId });
    const [credential] = credentials;
    if (!credential) throw new Error('the authenticator has no passkey');
    await device.send('WebAuthn.clearCredentials', { authenticatorId });
    await device.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } });
    await signInAgain(hands, app.url);
    await hands.press(button(page, t('strong.usePasskey')));
    await page.getByText(t('refusal.passkey-not-accepted')).first().waitFor();

    // Whoever does not unlock the device is told, and stays.
    await device.send('WebAuthn.clearCredentials', { authenticatorId });
    await hands.press(button(page, t('strong.usePasskey')));
    await page.getByText(t('strong.passkeyFailed')).waitFor({ timeout: 90_000 });
    await expectAccessible(page);
    expect(troubles.filter((trouble) => !trouble.includes('422'))).toEqual([]);
  });
});
