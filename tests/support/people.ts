import { loadCourse } from '#content/load-course.ts';
import type { Course } from '#domain/course/course.ts';
import type { Scenario } from '#domain/course/scenario.ts';
import type { Category } from '#domain/kernel/category.ts';
import { rightAnswer, wrongAnswer } from './answers.ts';
import type { RunningApp } from './app.ts';
import { introducedLongAgo } from './introduction.ts';
import { linkMailedTo, linksMailedTo } from './mail.ts';
import { addSecondFactor, type SecondFactor } from './second-factor.ts';
import { expectStatus, Visitor } from './visitor.ts';

/**
 * People who are signed in, made through the real ways in, over HTTP. `visitor` is their browser; put its `cookies` into
 * a Playwright context to go on as them there. Standings: see `readLessons`, `startExam`, `failExam`, `pause`, `passExam`.
 */
export interface SignedIn {
  readonly name: string;
  readonly category: Category;
  readonly visitor: Visitor;
}

export interface WithPassword extends SignedIn {
  readonly email: string;
  readonly password: string;
  /** The invitation that was used. */
  readonly invitation: string;
}

export interface Participant extends SignedIn {
  /** The personal code of five words. */
  readonly code: string;
}

export interface MadeGroup {
  readonly id: string;
  /** As on the poster, `ABCD-EFGH`. */
  readonly code: string;
  readonly name: string;
}

export const goodPassword = 'gurka hatt cykel';

/** The course with its key, as the server under test has it. */
export const course: Course = loadCourse();

/** Somebody with a role, who has shown a second factor. */
export interface WithRole extends WithPassword {
  readonly factor: SecondFactor;
}

/** The first administrator, by the link that a first start prints, with an app for codes. */
export async function makeAdministrator(
  app: RunningApp,
  who: { readonly name?: string; readonly email?: string; readonly introduces?: boolean } = {},
): Promise<WithRole> {
  const { name = 'Maria Ek', email = 'maria.ek@lindala.example', introduces = true } = who;
  const invitation = app.firstLink ?? '';
  const visitor = new Visitor(app.url);
  const fields = { name, email, password: goodPassword, language: 'sv' };
  expectStatus(await visitor.post(invitation, fields), 303, 'first administrator');
  const factor = await addSecondFactor(visitor);
  // So long ago that everybody has the days of their own first day of work.
  const [chosen] = introducedLongAgo.introductions;
  const introduction = { on: chosen?.on ?? '', days: String(chosen?.days) };
  if (introduces) expectStatus(await visitor.post('/admin/inforande', introduction), 303, 'the introduction');
  return { name, email, password: goodPassword, invitation, category: 'new-employee', visitor, factor };
}

interface Invited {
  readonly name: string;
  readonly email: string;
  readonly category?: Category;
  /** Last day of the engagement; needed for all but new employees. */
  readonly to?: string;
}

/** Invites a person. @returns the link in the mail, not used yet */
export async function invite(app: RunningApp, admin: SignedIn, who: Invited): Promise<string> {
  const { name, email, category = 'new-employee', to = '' } = who;
  const fields = { action: 'invite', name, email, category, to };
  const before = await linksMailedTo(app.dataDir, email, '/valkommen/');
  expectStatus(await admin.visitor.post('/admin', fields), 303, `inviting ${email}`);
  return linkMailedTo(app.dataDir, email, '/valkommen/', before.length);
}

/** Invites an employee, who accepts and is signed in. */
export async function makeEmployee(app: RunningApp, admin: SignedIn, who: Invited): Promise<WithPassword> {
  const invitation = await invite(app, admin, who);
  const visitor = new Visitor(app.url);
  expectStatus(await visitor.post(invitation, { password: goodPassword, language: 'sv' }), 303, 'accepting');
  const { name, email, category = 'new-employee' } = who;
  return { name, email, category, password: goodPassword, invitation, visitor };
}

/** Makes a group that is open. */
export async function makeGroup(
  admin: SignedIn,
  wanted: {
    readonly name?: string;
    readonly size?: number;
    readonly lastDay?: string;
    readonly category?: Category;
  } = {},
): Promise<MadeGroup> {
  const { name = 'Feriearbetare vecka 25', size = 20, lastDay = '2099-06-30', category = 'summer-worker' } = wanted;
  const fields = { action: 'group', group: name, category, lastDay, size: String(size) };
  const made = expectStatus(await admin.visitor.post('/admin', fields), 303, `group ${name}`);
  const id = made.location?.split('/').at(-1) ?? '';
  const page = expectStatus(await admin.visitor.get(`/enhet/grupper/${id}`), 200, `page of group ${name}`);
  return { id, name, code: /class="code"[^>]*>([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(page.text)?.[1] ?? '' };
}

export async function closeGroup(admin: SignedIn, group: MadeGroup): Promise<void> {
  expectStatus(await admin.visitor.post(`/enhet/grupper/${group.id}`, { action: 'close' }), 303, 'closing a group');
}

/** The ticket in the form of a group, as this visitor is shown it. */
export async function ticketFor(visitor: Visitor, group: MadeGroup): Promise<string> {
  const form = expectStatus(await visitor.get(`/grupp/${group.code}`), 200, 'the form of a group');
  return /name="ticket" value="(\w+)"/.exec(form.text)?.[1] ?? '';
}

/** The personal code on a page that shows one. */
export function wordsIn(page: string): string {
  return /class="secret"[^>]*>([^<]+)</.exec(page)?.[1]?.trim() ?? '';
}

/** Joins a group by its code, and has saved the words. */
export async function makeParticipant(
  app: RunningApp,
  group: MadeGroup,
  name: string,
  category: Category = 'summer-worker',
): Promise<Participant> {
  const visitor = new Visitor(app.url);
  const ticket = await ticketFor(visitor, group);
  expectStatus(await visitor.post(`/grupp/${group.code}`, { name, ticket, language: 'sv', new: 'ja' }), 303, 'joining');
  const code = wordsIn(expectStatus(await visitor.get('/min-sida/koden'), 200, 'the code').text);
  expectStatus(await visitor.post('/min-sida/koden'), 303, 'saving the code');
  return { name, category, visitor, code };
}

/** Ready for the exam: every lesson of the track read. */
export async function readLessons(person: SignedIn): Promise<void> {
  for (const lesson of course.tracks[person.category].required) {
    expectStatus(await person.visitor.post('/lektion-klar', { lesson, language: 'sv' }), 303, `reading ${lesson}`);
  }
}

/** An attempt under way, with the scenarios that were drawn, in the order shown. */
export interface StartedExam {
  readonly attempt: string;
  readonly scenarios: readonly Scenario[];
}

/** Starts an attempt, or goes on with the open one. The person must have read the lessons. */
export async function startExam(person: SignedIn): Promise<StartedExam> {
  const started = expectStatus(await person.visitor.post('/prov'), 303, 'starting the exam');
  const attempt = started.location?.split('/').at(-1) ?? '';
  const record = JSON.parse((await person.visitor.get('/min-sida/uppgifter.json')).text) as {
    attempts: { id: string; items: { scenario: string }[] }[];
  };
  const items = record.attempts.find(({ id }) => id === attempt)?.items ?? [];
  return { attempt, scenarios: items.flatMap(({ scenario }) => course.scenarios.get(scenario) ?? []) };
}

/** Saves an answer to each question, in the way that the exam's script does. */
export async function answerExam(
  person: SignedIn,
  exam: StartedExam,
  isRight: (scenario: Scenario, place: number) => boolean = () => true,
): Promise<void> {
  for (const [place, scenario] of exam.scenarios.entries()) {
    const answer = isRight(scenario, place) ? rightAnswer(scenario) : wrongAnswer(scenario);
    const reply = await person.visitor.postJson(`/prov/${exam.attempt}/svar`, { scenario: scenario.id, answer });
    expectStatus(reply, 200, `answering ${scenario.id}`);
  }
}

/** Hands in. @returns where the site leads: the certificate, the result, or the page that says what is missing */
export async function handIn(person: SignedIn, exam: StartedExam): Promise<string> {
  const reply = await person.visitor.post(`/prov/${exam.attempt}`, { action: 'hand-in' });
  return expectStatus(reply, 303, 'handing in').location ?? '';
}

/** Starts, answers and hands in an attempt that fails. @returns its id */
export async function failExam(
  person: SignedIn,
  isRight: (scenario: Scenario, place: number) => boolean = () => false,
): Promise<string> {
  const exam = await startExam(person);
  await answerExam(person, exam, isRight);
  const next = await handIn(person, exam);
  if (next !== `/prov/${exam.attempt}/resultat`) throw new Error(`the exam was not failed: ${next}`);
  return exam.attempt;
}

/** Fails so often that the exam is closed for a while. @returns the last attempt's id */
export async function pause(person: SignedIn): Promise<string> {
  let attempt = '';
  for (let failed = 0; failed < course.pass.pauseAfterFailed; failed++) attempt = await failExam(person);
  return attempt;
}

/** Passes. @returns the certificate's code */
export async function passExam(person: SignedIn): Promise<string> {
  const exam = await startExam(person);
  await answerExam(person, exam);
  const next = await handIn(person, exam);
  if (!next.startsWith('/intyg/')) throw new Error(`the exam was not passed: ${next}`);
  return next.slice('/intyg/'.length);
}
