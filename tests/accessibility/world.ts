import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { choiceIds } from '#domain/course/question.ts';
import type { Scenario } from '#domain/course/scenario.ts';
import type { DrawnItem } from '#domain/exam/exam.ts';
import type { Group } from '#domain/groups/group.ts';
import type { Person } from '#domain/people/person.ts';
import { makeDataDir, type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { linkMailedTo } from '../support/mail.ts';
import { enterPaper, printPaper } from '../support/paper.ts';
import {
  ended,
  restartAfter,
  restedFor,
  shielded,
  withCertificateToRenew,
  withExpiredCertificate,
  withExpiredLinks,
  withOutdatedSheet,
  withTasks,
} from '../support/past.ts';
import {
  answerExam,
  closeGroup,
  course,
  failExam,
  invite,
  type MadeGroup,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  makeParticipant,
  type Participant,
  passExam,
  pause,
  readLessons,
  type SignedIn,
  type StartedExam,
  startExam,
  type WithRole,
} from '../support/people.ts';
import { addSampleStaff } from '../support/staff.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { addStaffOfEveryKind, staffAtTheDoor } from './staff-of-every-kind.ts';

/** People in every standing, groups and links in every state: what the pages of the site can show. */
export interface World {
  readonly browser: Browser;
  readonly app: RunningApp;
  /** A server that was started for the first time: nobody is there yet. */
  readonly firstStart: RunningApp;
  /** A server with an administrator and nothing else. */
  readonly empty: RunningApp;
  readonly emptyAdmin: SignedIn;
  /** A server with an organisation, people in every state and those who are set over them. */
  readonly staffed: RunningApp;
  /** The cookie of somebody there, by the ids of `sampleStaff` and `staffOfEveryKind`. Who has a role has shown a second factor just now. */
  readonly staffCookie: (who: string) => Promise<string>;
  readonly admin: WithRole;
  readonly people: Readonly<Record<Standing, SignedIn>>;
  readonly participant: Participant;
  readonly exams: Readonly<Record<'untouched' | 'partly' | 'answered' | 'english', StartedExam>>;
  readonly attempts: Readonly<Record<'failed' | 'critical' | 'paused', string>>;
  readonly certificates: Readonly<
    Record<'certified' | 'self' | 'expired' | 'longName' | 'shielded' | 'onPaper', string>
  >;
  readonly groups: Readonly<Record<'open' | 'empty' | 'closed' | 'full' | 'ended', MadeGroup>>;
  /** Of the open group: the first two sheets have been entered, on the last a question has changed since. */
  readonly sheets: Readonly<Record<'passed' | 'notPassed' | 'open' | 'outdated', number>>;
  /** Paths of links that were sent. */
  readonly links: Readonly<
    Record<
      | 'invitation'
      | 'newInvitation'
      | 'invitationUsed'
      | 'invitationExpired'
      | 'invitationReplaced'
      | 'invitationWithdrawn'
      | 'invitationToNewAddress'
      | 'reset'
      | 'resetUsed'
      | 'resetExpired'
      | 'resetReplaced'
      | 'resetWithdrawn'
      | 'resetOfAdministrator',
      string
    >
  >;
}

const standings = [
  'newcomer',
  'halfway',
  'ready',
  'untouched',
  'partly',
  'answered',
  'failed',
  'critical',
  'paused',
  'certified',
  'expired',
  'tasked',
  'renewing',
  'shielded',
  'longName',
  'english',
] as const;
export type Standing = (typeof standings)[number];

const names: Readonly<Record<Standing, string>> = {
  newcomer: 'Nils Nyberg',
  halfway: 'Hanna Halvars',
  ready: 'Rut Redo',
  untouched: 'Ulla Orörd',
  partly: 'Pelle Påbörjad',
  answered: 'Siv Svarat',
  failed: 'Mats Miss',
  critical: 'Kaj Kritisk',
  paused: 'Vera Vila',
  certified: 'Klara Färdig',
  expired: 'Uno Utgången',
  tasked: 'Ulrika Uppgift',
  renewing: 'Filip Förnyar',
  shielded: 'Sanna Skyddad',
  english: 'Emma English',
  longName: 'Maximiliana Wilhelmina Konstantinopolitansdotter-Oxenstierna af Södermanlands-Västergötlanderhielm',
};

/** One of each kind that the exam can hold, and one that must not be missed: what is drawn by chance shows them seldom. */
export const examOfEveryKind: readonly Scenario[] = pickExamItems();

const sheets = { passed: 1, notPassed: 2, open: 3, outdated: 4 } as const;

export async function makeWorld(): Promise<World> {
  const staffDir = await makeDataDir();
  const staffCookies = new Map([...(await addSampleStaff(staffDir)), ...(await addStaffOfEveryKind(staffDir))]);
  const [browser, first, firstStart, empty, staffed] = await Promise.all([
    launchBrowser(),
    startTrusting(),
    startApp(),
    startApp(),
    startApp({ dataDir: staffDir }),
  ]);
  const emptyAdmin = await makeAdministrator(empty, { introduces: false });
  const admin = await makeAdministrator(first);
  const people = Object.fromEntries(
    await Promise.all(standings.map(async (standing) => [standing, await makeOne(first, admin, standing)] as const)),
  ) as Record<Standing, SignedIn>;
  const groups = {
    open: await makeGroup(admin),
    empty: await makeGroup(admin, { name: 'Feriearbetare vecka 26' }),
    closed: await makeGroup(admin, { name: 'Elever våren 2026', category: 'student' }),
    full: await makeGroup(admin, { name: 'Vikarier i sommar', category: 'temporary-staff', size: 1 }),
    ended: await makeGroup(admin, { name: 'Feriearbetare förra året' }),
  };
  await closeGroup(admin, groups.closed);
  await makeParticipant(first, groups.full, 'Vidar Vikarie', 'temporary-staff');
  const participant = await makeParticipant(first, groups.open, 'Freja Ferie');
  const lostCode = await makeParticipant(first, groups.open, 'Tove Tappat');
  await printPaper(admin, groups.open, 4);
  const onPaper = await enterPaper(admin, groups.open, sheets.passed, 'Petra Papper', true);
  await enterPaper(admin, groups.open, sheets.notPassed, 'Nisse Nära', false);
  const links = await sendLinks(first, admin);

  for (const standing of standings) await read(people[standing], standing);
  await readLessons(participant);
  await readLessons(lostCode);
  for (const standing of ['untouched', 'partly', 'answered', 'english', 'critical'] as const)
    await startExam(people[standing]);
  for (const standing of ['expired', 'renewing', 'shielded'] as const) await passExam(people[standing]);

  const halfway = await idOf(people.halfway);
  const app = await restartAfter(
    first,
    {
      people: (person) => {
        if (person.name === names.expired) return withExpiredCertificate(person);
        if (person.name === names.tasked) return withTasks(person);
        if (person.name === names.renewing) return withCertificateToRenew(person);
        if (person.name === names.shielded) return shielded(person);
        if (person.email?.startsWith('forsenad')) return withExpiredLinks(person);
        return withExamOfEveryKind(person);
      },
      groups: (group) =>
        group.id === groups.ended.id ? ended(group) : withOutdatedSheet(withSheetsOfEveryKind(group)),
      sessions: (session) => (session.personId === halfway ? restedFor(2)(session) : session),
    },
    trusting,
  );

  const partly = await startExam(people.partly);
  await answerExam(people.partly, { ...partly, scenarios: partly.scenarios.slice(0, 1) });
  const answered = await startExam(people.answered);
  await answerExam(people.answered, answered);
  await people.english.visitor.post('/sprak', { language: 'en', return: '/min-sida' });
  return {
    browser,
    app,
    firstStart,
    empty,
    emptyAdmin,
    staffed,
    staffCookie: staffAtTheDoor(staffed, staffCookies),
    admin,
    people,
    participant,
    groups,
    sheets,
    links,
    exams: { untouched: await startExam(people.untouched), partly, answered, english: await startExam(people.english) },
    attempts: {
      failed: await failExam(people.failed),
      critical: await failExam(people.critical, (scenario) => !scenario.critical),
      paused: await pause(people.paused),
    },
    certificates: {
      certified: await passExam(people.certified),
      self: await passExam(participant),
      onPaper: onPaper ?? '',
      longName: await passExam(people.longName),
      expired: await certificateOf(people.expired),
      shielded: await certificateOf(people.shielded),
    },
  };
}

export async function endWorld(world: World | undefined): Promise<void> {
  await world?.browser.close();
  for (const app of world ? [world.app, world.firstStart, world.empty, world.staffed] : []) {
    await app.stop();
    await removeDataDir(app.dataDir);
  }
}

/** States that use up the tries of a network address come from an address of their own. */
const trusting = { TRUST_PROXY: '1' };

function startTrusting(): Promise<RunningApp> {
  return startApp({ env: trusting });
}

function makeOne(app: RunningApp, admin: SignedIn, standing: Standing): Promise<SignedIn> {
  return makeEmployee(app, admin, { name: names[standing], email: `${standing.toLowerCase()}@lindala.example` });
}

async function idOf({ visitor }: SignedIn): Promise<string> {
  return (JSON.parse((await visitor.get('/min-sida/uppgifter.json')).text) as { id: string }).id;
}

async function read(person: SignedIn, standing: Standing): Promise<void> {
  if (standing === 'newcomer') return;
  if (standing !== 'halfway') return readLessons(person);
  const lesson = course.tracks[person.category].required[0] ?? '';
  expectStatus(await person.visitor.post('/lektion-klar', { lesson, language: 'sv' }), 303, 'reading one lesson');
}

async function sendLinks(app: RunningApp, admin: SignedIn): Promise<World['links']> {
  const used = await makeEmployee(app, admin, { name: 'Ada Använd', email: 'anvand@lindala.example' });
  const late = await makeEmployee(app, admin, { name: 'Fia Försenad', email: 'forsenad.reset@lindala.example' });
  const forgetful = await makeEmployee(app, admin, { name: 'Gun Glömsk', email: 'glomsk@lindala.example' });
  const resetReplaced = await askForReset(app, forgetful.email);
  const [resetUsed, resetExpired, reset] = await Promise.all(
    [used, late, forgetful].map((one) => askForReset(app, one.email, one === forgetful ? 1 : 0)),
  );
  expectStatus(
    await new Visitor(app.url).post(resetUsed ?? '', { password: 'paraply sten moln' }),
    303,
    'a new password',
  );
  const invitation = await invite(app, admin, { name: 'Ines Inbjuden', email: 'inbjuden@lindala.example' });
  const newInvitation = await invite(app, admin, { name: 'Nora Ny', email: 'ny@lindala.example' });
  const invitationExpired = await invite(app, admin, { name: 'Folke Försenad', email: 'forsenad@lindala.example' });
  const path = (link = '') => new URL(link).pathname;
  return {
    ...(await sendLaterLinks(app, admin)),
    resetOfAdministrator: path(await administratorsLink(app)),
    invitation: path(invitation),
    newInvitation: path(newInvitation),
    invitationUsed: path(used.invitation),
    invitationExpired: path(invitationExpired),
    reset: path(reset),
    resetReplaced: path(resetReplaced),
    resetUsed: path(resetUsed),
    resetExpired: path(resetExpired),
  };
}

/** Links that a newer mail has replaced, and links to an address that somebody has no longer. */
async function sendLaterLinks(app: RunningApp, admin: SignedIn) {
  const [twice, moved] = ['tva.ganger@lindala.example', 'flyttad@lindala.example'];
  const invitationReplaced = await invite(app, admin, { name: 'Tyra Tvågång', email: twice });
  await administer(admin, 'tyra', { action: 'again' });
  await linkMailedTo(app.dataDir, twice, '/valkommen/', 1);
  const invitationWithdrawn = await invite(app, admin, { name: 'Fanny Flyttad', email: moved });
  const newAddress = 'fanny.ny@lindala.example';
  await administer(admin, 'fanny', { action: 'contact', name: 'Fanny Flyttad', email: newAddress });
  const forgetful = await makeEmployee(app, admin, { name: 'Berta Byter', email: 'byter@lindala.example' });
  const resetWithdrawn = await askForReset(app, forgetful.email);
  const contact = { action: 'contact', name: 'Berta Byter', email: 'berta.ny@lindala.example' };
  await administer(admin, 'berta', contact);
  const path = (link: string) => new URL(link).pathname;
  return {
    invitationReplaced: path(invitationReplaced),
    invitationWithdrawn: path(invitationWithdrawn),
    invitationToNewAddress: path(await linkMailedTo(app.dataDir, newAddress, '/valkommen/')),
    resetWithdrawn: path(resetWithdrawn),
  };
}

/** Sends a form of the page of somebody who is found by a name. */
async function administer(
  { visitor }: SignedIn,
  name: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const sought = expectStatus(await visitor.post('/admin/personer', { q: name }), 303, `looking for ${name}`);
  const found = await visitor.get(sought.location ?? '');
  const page = /href="(\/admin\/personer\/[^"?]+)"/.exec(found.text)?.[1] ?? '';
  expectStatus(await visitor.post(page, fields), 303, `${fields['action']} for ${name}`);
}

/** The link that `npm run admin:reset` prints to whoever runs the server. */
async function administratorsLink({ dataDir, url }: RunningApp): Promise<string> {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: new URL(url).port };
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'admin:reset'], { env });
  return /http\S+\/nytt-losenord\/[\w-]+/.exec(stdout)?.[0] ?? '';
}

/** @param after how many times the person has asked before */
export async function askForReset(app: RunningApp, email: string, after = 0): Promise<string> {
  expectStatus(await new Visitor(app.url).post('/glomt-losenord', { email }), 200, 'forgotten password');
  return linkMailedTo(app.dataDir, email, '/nytt-losenord/', after);
}

async function certificateOf(person: SignedIn): Promise<string> {
  return /href="\/intyg\/([0-9A-Z]{20})"/.exec((await person.visitor.get('/min-sida')).text)?.[1] ?? '';
}

function withExamOfEveryKind(person: Person): Person {
  const attempts = person.attempts.map((attempt) =>
    attempt.handedInAt ? attempt : { ...attempt, items: examOfEveryKind.map(drawnBackwards) },
  );
  return { ...person, attempts };
}

/** The same for sheets that wait for their answers, as far as paper can ask. */
function withSheetsOfEveryKind(group: Group): Group {
  const items = examOfEveryKind.filter(({ kind }) => kind !== 'conversation').map(drawnBackwards);
  return { ...group, sheets: group.sheets?.map((sheet) => (sheet.person ? sheet : { ...sheet, items })) };
}

/** In the order shown that is the right one backwards: the same page each time. */
function drawnBackwards(scenario: Scenario): DrawnItem {
  return { scenario: scenario.id, version: scenario.version, order: choiceIds(scenario).reverse() };
}

function pickExamItems(): Scenario[] {
  const items = [...course.scenarios.values()].filter((scenario) => scenario.use === 'exam');
  const critical = items.filter((scenario) => scenario.critical).slice(0, 1);
  const kinds = (['choose-one', 'choose-all', 'order'] as const).map((kind) =>
    items.find((item) => item.kind === kind && !item.critical),
  );
  const channels = items.filter((item) => item.kind === 'conversation');
  return [...critical, ...kinds.filter((item) => item !== undefined), ...channels];
}
