import { once } from 'node:events';
import { connect } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choiceIds } from '#domain/course/question.ts';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Person } from '#domain/people/person.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, examQuestions, type ShownQuestion, untilSaved } from '../support/exam-page.ts';
import { examWithKinds } from '../support/exam-with-kinds.ts';
import { restartWithExpiredSessions } from '../support/expired-sessions.ts';
import { fingers } from '../support/hands.ts';
import { button, comeBackWithCode, heading, leadsOn, link, newPhone } from '../support/journey-steps.ts';
import { restartAfter } from '../support/past.ts';
import {
  answerExam,
  course,
  goodPassword,
  handIn,
  type MadeGroup,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  makeParticipant,
  type Participant,
  readLessons,
  type SignedIn,
  type StartedExam,
  startExam,
  type WithPassword,
} from '../support/people.ts';
import { expectStatus } from '../support/visitor.ts';
import { wordsOn } from '../support/words-on.ts';

const t = translate('sv');
let app: RunningApp;
let browser: Browser;
let bo: WithPassword;
let eva: WithPassword;
let group: MadeGroup;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  const admin = await makeAdministrator(app);
  bo = await makeEmployee(app, admin, { name: 'Bo Ek', email: 'bo@lindala.example' });
  eva = await makeEmployee(app, admin, { name: 'Eva Lind', email: 'eva@lindala.example' });
  await Promise.all([readLessons(bo), readLessons(eva)]);
  group = await makeGroup(admin, { size: 500 });
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeDataDir(app.dataDir);
});

interface OpenExam {
  readonly participant: Participant;
  readonly exam: StartedExam;
  readonly phone: BrowserContext;
  readonly page: Page;
}

/** A participant in the middle of an exam, on a phone. */
async function openExam(): Promise<OpenExam> {
  const participant = await makeParticipant(app, group, 'Åsa Öberg');
  await readLessons(participant);
  const exam = await startExam(participant);
  return { participant, exam, ...(await onPhone(participant, exam)) };
}

async function onPhone(
  person: SignedIn,
  exam: StartedExam,
  options: BrowserContextOptions = {},
): Promise<{ phone: BrowserContext; page: Page }> {
  const phone = await newPhone(browser, options);
  await phone.addCookies(person.visitor.cookies);
  const page = await phone.newPage();
  await page.goto(app.url + paths.attempt(exam.attempt));
  return { phone, page };
}

const status = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

/** The person's attempt with another question of the same kind in this one's place. */
function withoutQuestion(person: Person, exam: StartedExam, gone: Scenario): Person {
  const drawn = exam.scenarios.map(({ id }) => id);
  const other = [...course.scenarios.values()].find(
    ({ use, kind, id }) => use === 'exam' && kind === gone.kind && !drawn.includes(id),
  );
  if (!other) throw new Error('the bank has no other question');
  const items = (attempt: Attempt) =>
    attempt.items.map((item) =>
      item.scenario === gone.id ? { scenario: other.id, version: other.version, order: choiceIds(other) } : item,
    );
  const attempts = person.attempts.map((attempt) =>
    attempt.id === exam.attempt ? { ...attempt, items: items(attempt) } : attempt,
  );
  return { ...person, attempts };
}

/** Questions that are answered by one choice, in the order shown. */
async function choices(page: Page, language: Language = 'sv'): Promise<ShownQuestion[]> {
  return (await examQuestions(page, language)).filter(({ scenario }) => scenario.kind === 'choose-one');
}

/** Answers these questions rightly, and returns what is to be found chosen afterwards. */
async function answerRightly(page: Page, questions: readonly ShownQuestion[]): Promise<string[]> {
  for (const question of questions) await answer(fingers(page), question, rightAnswer(question.scenario));
  return questions.map(({ scenario }) => scenario.id);
}

/** The choose-one questions whose right answer is chosen on the page. */
async function answeredOn(page: Page, language: Language = 'sv'): Promise<string[]> {
  const found: string[] = [];
  for (const { item, scenario, text } of await choices(page, language)) {
    const right = rightAnswer(scenario);
    const words = right.kind === 'choose-one' ? text.options?.[right.option]?.text : undefined;
    if (await item.getByRole('radio', { name: words ?? '', exact: true }).isChecked()) found.push(scenario.id);
  }
  return found;
}

/** What another phone shows is what the server has: a page keeps for itself what it could not send. */
async function answeredElsewhere(person: SignedIn, exam: StartedExam): Promise<string[]> {
  const { page, phone } = await onPhone(person, exam);
  const found = await answeredOn(page);
  await phone.close();
  return found;
}

describe('in the middle of an exam nothing is lost', () => {
  test('by reloading', async () => {
    const { page, phone } = await openExam();
    const answered = await answerRightly(page, (await choices(page)).slice(0, 3));
    await untilSaved(page);
    await page.reload();
    expect(await answeredOn(page)).toEqual(answered);
    await phone.close();
  });

  test.for(['sv-simple', 'en'] as const)('by changing the language to %s', async (language) => {
    const { page, phone } = await openExam();
    const answered = await answerRightly(page, (await choices(page)).slice(0, 3));
    await untilSaved(page);
    await page.getByRole('banner').locator('summary').click();
    await button(page, translate(language)('language.own')).click();
    await heading(page, translate(language)('exam.title')).waitFor();
    expect(await answeredOn(page, language)).toEqual(answered);
    // What is answered in the new language is kept beside it.
    const [next] = (await choices(page, language)).slice(3);
    if (next) await answer(fingers(page), next, rightAnswer(next.scenario), language);
    await untilSaved(page, language);
    await page.reload();
    expect(await answeredOn(page, language)).toEqual(next ? [...answered, next.scenario.id] : answered);
    await phone.close();
  });

  test('by going on with another phone, and back', async () => {
    const { page, phone, participant } = await openExam();
    const questions = await choices(page);
    const first = await answerRightly(page, questions.slice(0, 2));
    await untilSaved(page);
    const other = await newPhone(browser);
    const otherPage = await other.newPage();
    await comeBackWithCode(otherPage, app.url, participant.code);
    await leadsOn(otherPage, () => link(otherPage, t('next.continue')).click());
    expect(await answeredOn(otherPage)).toEqual(first);
    const second = await answerRightly(otherPage, (await choices(otherPage)).slice(2, 4));
    await untilSaved(otherPage);
    await page.reload();
    expect(await answeredOn(page)).toEqual([...first, ...second]);
    await Promise.all([phone.close(), other.close()]);
  });

  test('by losing the network: answers stay, and are saved by themselves when it is back', async () => {
    const { page, phone, participant, exam } = await openExam();
    await phone.setOffline(true);
    const answered = await answerRightly(page, (await choices(page)).slice(0, 3));
    await status(page, t('exam.notSaved'));
    expect(await answeredOn(page)).toEqual(answered);
    await phone.setOffline(false);
    await untilSaved(page);
    expect(await answeredElsewhere(participant, exam)).toEqual(answered);
    await phone.close();
  });

  test('by a server that is down: answers stay, and are saved when one tries again', async () => {
    const { page, phone, participant, exam } = await openExam();
    const port = Number(new URL(app.url).port);
    await app.kill();
    const answered = await answerRightly(page, (await choices(page)).slice(0, 3));
    await status(page, t('exam.notSaved'));
    app = await startApp({ dataDir: app.dataDir, port });
    await button(page, t('exam.retry')).click();
    await untilSaved(page);
    expect(await answeredElsewhere(participant, exam)).toEqual(answered);
    await phone.close();
  });

  test('by a server that is down and a page that is reloaded when it is back', async () => {
    const { page, phone, participant, exam } = await openExam();
    const port = Number(new URL(app.url).port);
    await app.kill();
    const answered = await answerRightly(page, (await choices(page)).slice(0, 2));
    await status(page, t('exam.notSaved'));
    app = await startApp({ dataDir: app.dataDir, port });
    await page.reload();
    await untilSaved(page);
    expect(await answeredOn(page)).toEqual(answered);
    expect(await answeredElsewhere(participant, exam)).toEqual(answered);
    await phone.close();
  });

  test('by an answer to a question that was replaced while the server was down: the others are saved all the same', async () => {
    const { page, phone, participant, exam } = await openExam();
    const port = Number(new URL(app.url).port);
    await app.kill();
    const [replaced, ...kept] = (await choices(page)).slice(0, 3);
    if (!replaced) throw new Error('nothing to choose');
    await answerRightly(page, [replaced, ...kept]);
    await status(page, t('exam.notSaved'));
    // A new edition of the course has withdrawn the question, and another has taken its place.
    app = await startApp({ dataDir: app.dataDir, port });
    app = await restartAfter(app, { people: (person) => withoutQuestion(person, exam, replaced.scenario) });
    await page.reload();
    await untilSaved(page);
    expect(await answeredElsewhere(participant, exam)).toEqual(kept.map(({ scenario }) => scenario.id));
    await phone.close();
  });

  test('by a session that has run out: one signs in beside it and tries again', async () => {
    const exam = await startExam(bo);
    const { page, phone } = await onPhone(bo, exam);
    const before = await answerRightly(page, (await choices(page)).slice(0, 2));
    await untilSaved(page);
    app = await restartWithExpiredSessions(app);
    const after = await answerRightly(page, (await choices(page)).slice(2, 4));
    await status(page, t('exam.signedOut'));
    expect(await answeredOn(page)).toEqual([...before, ...after]);

    const [tab] = await Promise.all([page.waitForEvent('popup'), link(page, t('exam.signInAgain')).click()]);
    await tab.getByLabel(t('field.email')).fill(bo.email);
    await tab.getByLabel(t('field.password')).fill(goodPassword);
    await leadsOn(tab, () => button(tab, t('signIn.button')).click());
    await heading(tab, t('myPage.hello', { name: 'Bo Ek' })).waitFor();
    await tab.close();

    await button(page, t('exam.retry')).click();
    await untilSaved(page);
    await page.reload();
    expect(await answeredOn(page)).toEqual([...before, ...after]);
    await phone.close();
  });

  test('by handing in on another phone: the first one is led to the result', async () => {
    const { page, phone, participant, exam } = await openExam();
    const [question] = await choices(page);
    if (!question) throw new Error('nothing to choose');
    await answerExam(participant, exam);
    const certificate = await handIn(participant, exam);
    // The page goes away under the finger: there is nothing to see of the choice.
    await question.item.getByRole('radio').first().click();
    await page.waitForURL(app.url + certificate);
    await heading(page, t('certificate.congratulations')).waitFor();
    await phone.close();
  });
});

/** Earlier tests may have let everybody's sessions run out. */
async function signInAnew({ visitor, email, password }: WithPassword): Promise<void> {
  expectStatus(await visitor.post(paths.signIn(), { email, password }), 303, 'signing in');
}

describe('without scripts, an answer that is sent when the session has run out', () => {
  /** Chooses and sends; what comes is the page to sign in on. */
  async function sendsTooLate(page: Page): Promise<ShownQuestion> {
    app = await restartWithExpiredSessions(app);
    const [question] = await choices(page);
    if (!question) throw new Error('nothing to choose');
    await answer(fingers(page), question, rightAnswer(question.scenario));
    await question.item.getByRole('button', { name: t('exam.save') }).click();
    await heading(page, t('signIn.title')).waitFor();
    return question;
  }

  test('is there after signing in with a password, also when that was wrong at first', async () => {
    await signInAnew(eva);
    const exam = await startExam(eva);
    const { page, phone } = await onPhone(eva, exam, { javaScriptEnabled: false });
    const { scenario } = await sendsTooLate(page);
    await page.getByLabel(t('field.email')).fill(eva.email);
    await page.getByLabel(t('field.password')).fill('fel lösenord här');
    await button(page, t('signIn.button')).first().click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(t('field.password')).fill(goodPassword);
    await button(page, t('signIn.button')).first().click();
    await heading(page, t('exam.title')).waitFor();
    expect(await answeredOn(page)).toEqual([scenario.id]);
    await phone.close();
  });

  test('is there after coming back with the code of words', async () => {
    const { participant, exam, phone: withScripts } = await openExam();
    await withScripts.close();
    const { page, phone } = await onPhone(participant, exam, { javaScriptEnabled: false });
    const { scenario } = await sendsTooLate(page);
    await page.getByLabel(t('field.code')).fill(participant.code);
    const withCode = page
      .getByRole('main')
      .locator('form')
      .filter({ has: page.getByLabel(t('field.code')) });
    await withCode.getByRole('button').click();
    await heading(page, t('exam.title')).waitFor();
    expect(await answeredOn(page)).toEqual([scenario.id]);
    await phone.close();
  });
});

test('Min sida tells how many questions are answered: not a conversation that was begun anew, nor boxes that were emptied', async () => {
  const { person, exam } = await examWithKinds(app, group, ['conversation', 'choose-all', 'choose-one']);
  const save = (scenario: Scenario, given: Answer) =>
    person.visitor.postJson(paths.attemptAnswer(exam.attempt), { scenario: scenario.id, answer: given });
  for (const scenario of exam.scenarios) {
    if (scenario.kind === 'conversation') await save(scenario, { kind: 'conversation', path: [] });
    if (scenario.kind === 'choose-all') await save(scenario, { kind: 'choose-all', options: [] });
  }
  const one = exam.scenarios.find((scenario) => scenario.kind === 'choose-one');
  if (one) await save(one, rightAnswer(one));
  const { page, phone } = await onPhone(person, exam);
  await page.goto(app.url + paths.myPage());
  const [sentence = ''] = t('next.underWayText').split('{');
  const said = await wordsOn(page.getByRole('main').getByText(sentence));
  expect(said).toBe(t('next.underWayText', { done: 1, total: exam.scenarios.length }));
  await phone.close();
});

test('a server that is told to stop does, though a phone holds a connection on which it has asked for nothing', async () => {
  const other = await startApp();
  const connection = connect(Number(new URL(other.url).port), '127.0.0.1');
  await once(connection, 'connect');
  const stopped = once(other.process, 'exit');
  other.process.kill('SIGTERM');
  try {
    expect(await Promise.race([stopped.then(() => 'stopped'), waitedLong()])).toBe('stopped');
  } finally {
    connection.destroy();
    await stopped;
    await removeDataDir(other.dataDir);
  }
});

/** As long as whoever runs a server would wait before they kill it. */
function waitedLong(): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('still running after 30 seconds'), 30_000).unref());
}
