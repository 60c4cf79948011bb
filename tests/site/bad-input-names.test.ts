import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { endApp } from '../support/end-app.ts';
import { plain, tagsOf, withoutValues } from '../support/html.ts';
import {
  invite,
  type MadeGroup,
  makeAdministrator,
  makeGroup,
  makeParticipant,
  passExam,
  readLessons,
  ticketFor,
  type WithPassword,
} from '../support/people.ts';
import { Visitor } from '../support/visitor.ts';

describe('names that look like code', () => {
  let app: RunningApp;
  let admin: WithPassword;
  let group: MadeGroup;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launchBrowser()]);
    admin = await makeAdministrator(app);
    group = await makeGroup(admin, { name: 'Grupp "&lt;b&gt;" & \'co\'', size: 100 });
  });
  afterAll(async () => {
    await browser?.close();
    await endApp(app);
  });

  const allowed = [
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '&quot;&#39;&amp;',
    '\u0024{alert(1)} {{7*7}} {alert(1)}',
    'javascript:alert(1)',
    "Robert'); DROP TABLE people;--",
    '&#60;img src=x&#62;',
    '\\u003cscript\\u003e',
    'محمد علي حسن',
    '王小明',
    '👩🏽 Sköterska',
    'Ñandú Öberg',
    '=HYPERLINK("http://evil")',
    `Å${'ö'.repeat(99)}`,
    '../../etc/passwd',
    '%3Cscript%3E',
    '(\\) Tj ET endstream endobj',
    'Name\\r\\nBcc: evil',
  ];

  test.each(allowed)('%j is shown as it was written, everywhere', async (name) => {
    const person = await makeParticipant(app, group, name);
    await readLessons(person);
    const code = await passExam(person);
    const context = await browser.newContext();
    const page = await context.newPage();
    const alerts: string[] = [];
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => alerts.push(dialog.message())));
    await context.addCookies(person.visitor.cookies);
    const shown = async (path: string, where: string) => {
      await page.goto(app.url + path);
      const texts = await page.locator(where).allTextContents();
      const strange = await page.evaluate(
        () =>
          document.querySelectorAll(
            '[onmouseover], [onfocus], [onerror], [autofocus], img, iframe, script:not([src]):not([type="application/json"])',
          ).length,
      );
      expect({ path, found: texts.some((text) => text.includes(name)), strange }).toEqual({
        path,
        found: true,
        strange: 0,
      });
    };
    await shown('/min-sida', 'h1');
    await shown(`/intyg/${code}`, '.licence dd');
    await context.clearCookies();
    await context.addCookies(admin.visitor.cookies);
    await shown(`/enhet/grupper/${group.id}`, 'tbody th');
    await shown('/admin/personer?utan=enhet', 'tbody th');
    expect(alerts).toEqual([]);
    await context.close();

    expect(JSON.parse((await person.visitor.get(`/intyg/${code}.json`)).text)).toMatchObject({ name, state: 'valid' });
    const pdf = await person.visitor.get(`/intyg/${code}.pdf`);
    expect(pdf.status).toBe(200);
    expect(pdf.text).toMatch(/^%PDF-1\.[4-7]/);
    expect(pdf.text).toMatch(/%%EOF\s*$/);
    expect(pdf.headers.get('content-disposition')).toBe(`attachment; filename="intyg-${code}.pdf"`);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '</title><svg onload=alert(1)>',
    'Å',
    'x'.repeat(101),
    '   ',
    'Ny\u0000rad',
    'Bell\u0007',
    // security F9
    '\u202Etxet desreveR',
    'Zero\u200Bwidth\u2060name',
    '👩🏽‍⚕️ Sköterska',
    'Samir\u0430 Holm',
    `Sa${'\u0301'.repeat(60)}mira Holm`,
    '\uFFFDsa \uFFFDberg',
    // bugs F12
    '\u200B\u200B',
    '\u3164\u3164',
    // learners M6
    '20080101-1234',
  ])('%j is no name: it is asked for again, and shown as it was typed', async (name) => {
    const visitor = new Visitor(app.url);
    const ticket = await ticketFor(visitor, group);
    const reply = await visitor.post(`/grupp/${group.code}`, { name, ticket, language: 'sv' });
    expect(reply.status).toBe(422);
    expect(visitor.cookies.filter((cookie) => cookie.name === 'session')).toEqual([]);
    expect(withoutValues(reply.text)).not.toMatch(/<script>|<img|<svg onload/);
    expect(tagsOf(reply.text, 'input').find((input) => input['name'] === 'name')?.['value']).toBe(name);
  });

  test('line breaks in a name become blanks, and get into no header of a mail', async () => {
    const email = 'radbruten@lindala.example';
    const link = await invite(app, admin, { name: 'Rad\r\nBcc: evil@evil.example\r\n\r\nBruten', email });
    expect(plain((await new Visitor(app.url).get(link)).text)).toContain('Rad Bcc: evil@evil.example Bruten');
    const folder = join(app.dataDir, 'mail');
    const mails = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
    for (const mail of mails) expect(mail.split('\r\n\r\n')[0]).not.toMatch(/evil/i);
  });

  test('what is typed into an address is shown as text', async () => {
    for (const path of [
      '/grupp?kod=',
      '/intyg?kod=',
      '/logga-in?till=',
      '/admin/personer?utan=enhet&efter=',
      '/grupp/',
      '/intyg/',
      '/ova/',
      '/',
      '/prov/',
      '/valkommen/',
    ]) {
      const reply = await admin.visitor.get(
        `${path}${encodeURIComponent('"><script>alert(1)</script><img src=x onerror=alert(1)>')}`,
      );
      expect({ path, raw: /<script>alert|<img src=x/.test(withoutValues(reply.text)) }).toEqual({ path, raw: false });
    }
  });
});
