import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import { longDate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { makeDataDir, type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { plain } from '../support/html.ts';
import {
  addPeopleWithTasks,
  codeIn,
  dayFromToday,
  nameIn,
  reasons,
  type Situation,
} from '../support/people-with-tasks.ts';
import { Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

let app: RunningApp;
let cookies: Readonly<Record<Situation, string>>;
beforeAll(async () => {
  const dataDir = await makeDataDir();
  cookies = await addPeopleWithTasks(dataDir, loadCourse().lessons);
  app = await startApp({ dataDir });
});
afterAll(() => endApp(app));

const date = (days: number) => longDate(dayFromToday(days), 'sv');
const as = (situation: Situation, path: string) => new Visitor(app.url).get(path, { cookie: cookies[situation] });
const begin = (situation: Situation) =>
  new Visitor(app.url).request('POST', paths.exam(), {
    headers: { cookie: cookies[situation] },
    body: new URLSearchParams(),
  });

describe('Min sida says what there is to do', () => {
  const expected: Readonly<Record<Situation, readonly string[]>> = {
    overdue: [t('task.overdue'), t('task.wasDue', { date: date(-3) }), t('task.beforeAlone')],
    inTwoUnits: [t('task.not-started'), t('task.due', { date: date(2) })],
    managerToo: [t('task.due', { date: date(29) }), t('task.covered', { track: t('track.unit-manager') })],
    moved: [t('task.due', { date: date(9) }), t('task.moved', { reason: reasons.moved })],
    exempt: [
      t('task.titleDone'),
      t('task.exempt'),
      t('task.exemptUntil', { date: date(30) }),
      t('task.reason', { reason: reasons.exempt }),
    ],
    extra: [t('task.due', { date: date(20) }), t('task.given', { reason: reasons.given }), t('task.done')],
    renewing: [
      t('task.renewNow'),
      t('task.renewNowText', { date: date(30) }),
      t('task.expiring'),
      t('task.renew', { until: date(30) }),
      t('certificate.valid'),
    ],
    certified: [
      t('task.titleDone'),
      t('task.done'),
      t('task.renewFrom', { from: date(275 - 60), until: date(275) }),
      t('next.certified'),
    ],
    shielded: [nameIn('shielded'), t('task.done')],
  };

  test.for(Object.entries(expected) as [Situation, readonly string[]][])('to %s', async ([situation, said]) => {
    const page = await as(situation, paths.myPage());
    expect(page.status).toBe(200);
    const words = plain(page.text);
    for (const text of said) expect(words).toContain(plain(text.replaceAll('<', '&lt;')));
    const isOpen = !said.includes(t('task.done')) && situation !== 'exempt';
    if (isOpen) expect(words).toContain(t('task.title'));
  });

  test('once for two units, and with what the manager wrote as words, not as code', async () => {
    const twice = plain((await as('inTwoUnits', paths.myPage())).text);
    expect(twice.split(t('task.not-started'))).toHaveLength(2);
    expect((await as('extra', paths.myPage())).text).not.toContain('<b>i höst</b>');
  });
});

describe('the exam', () => {
  test('of what is renewed is open while the old certificate still holds', async () => {
    const started = await begin('renewing');
    expect(started.status).toBe(303);
    expect(plain((await as('renewing', started.location ?? '')).text)).toContain(t('exam.title'));
    const check = await new Visitor(app.url).get(paths.certificate(codeIn('renewing')));
    expect(plain(check.text)).toContain(t('check.valid'));
  });

  test('is refused in the order that always held', async () => {
    expect(plain((await begin('certified')).text)).toContain(t('refusal.already-certified'));
    expect(plain((await begin('extra')).text)).toContain(t('refusal.lessons-left'));
  });
});

describe('the certificate of somebody with protected identity', () => {
  const addresses = () => {
    const code = codeIn('shielded');
    return [paths.certificate(code), paths.certificateJson(code), paths.certificatePdf(code)];
  };

  test('names nobody to a stranger, on the page, in JSON or on paper, nor to another who is signed in', async () => {
    for (const path of addresses()) {
      for (const { status, text } of [await new Visitor(app.url).get(path), await as('certified', path)]) {
        expect(status, path).toBe(200);
        expect(text, path).not.toContain(nameIn('shielded'));
        expect(text, path).not.toContain('shielded');
      }
    }
    const page = plain((await new Visitor(app.url).get(paths.certificate(codeIn('shielded')))).text);
    expect(page).toContain(t('certificate.nameHidden'));
    expect(page).toContain(t('certificate.identityOnPaper', { date: date(-80) }));
    const json = await new Visitor(app.url).get(paths.certificateJson(codeIn('shielded')));
    expect(JSON.parse(json.text)).toMatchObject({
      state: 'valid',
      name: null,
      identity: { confirmedOn: dayFromToday(-80), onPaper: true },
    });
  });

  test('shows the holder their own name', async () => {
    const page = plain((await as('shielded', paths.certificate(codeIn('shielded')))).text);
    expect(page).toContain(nameIn('shielded'));
    expect(page).toContain(t('certificate.nameHiddenFromOthers'));
    // The title of a paper is in its metadata, which is not compressed.
    expect((await as('shielded', paths.certificatePdf(codeIn('shielded')))).text).toContain(nameIn('shielded'));
    const json = await as('shielded', paths.certificateJson(codeIn('shielded')));
    expect(JSON.parse(json.text)).toMatchObject({ name: nameIn('shielded') });
  });

  test('of anybody else shows the name as before', async () => {
    const page = plain((await new Visitor(app.url).get(paths.certificate(codeIn('certified')))).text);
    expect(page).toContain(nameIn('certified'));
    expect(page).not.toContain(t('certificate.nameHiddenFromOthers'));
    const json = await new Visitor(app.url).get(paths.certificateJson(codeIn('certified')));
    expect(JSON.parse(json.text)).toMatchObject({ name: nameIn('certified'), identity: null });
  });
});
