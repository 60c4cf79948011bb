import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileSecrets } from '#adapters/secrets/file-secrets.ts';
import { startAttempt } from '#domain/exam/exam.ts';
import { addDays, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { personalCode, personalCodeBytes } from '#domain/people/personal-code.ts';
import type { MailKind } from '#domain/settings/mail-switch.ts';
import { longDate, type Translate, translate, type UiKey } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import type { ToldChange } from '#usecases/account/tell-of-change.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { filesIn } from '../architecture/source-files.ts';
import { certificateCode, sampleAttempt, sampleCertificate, tokenHash } from '../contract/sample-documents.ts';
import { freePort, makeDataDir, type RunningApp, startApp, waitFor } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { plain } from '../support/html.ts';
import { introduceLongAgo } from '../support/introduction.ts';
import { course, goodPassword, passExam, readLessons, type WithRole } from '../support/people.ts';
import { openPreparedStore } from '../support/prepared-store.ts';
import { projectWhereMailAlwaysGoes } from '../support/project-folder.ts';
import { mailsIn, type ReadMail } from '../support/read-mail.ts';
import { addSecondFactor, strengthen } from '../support/second-factor.ts';
import { seededBytes } from '../support/seeded-bytes.ts';
import { places, sampleOrganisation } from '../support/staff.ts';
import { hashOf } from '../support/test-services.ts';
import { expectStatus, type Reply, Visitor } from '../support/visitor.ts';

/** People in every state, every kind of mail, sent by the program itself; each link opened as whoever got it. */

/** Everything that is ever mailed: a kind without a row below does not compile. */
type SentMail = MailKind | ToldChange | 'reset' | 'trial' | 'already-here';

const run = promisify(execFile);
const now = new Date();
const today = dateOf(now);
const track = course.tracks['new-employee'];
/** As content/assignments.yaml has it for new employees. */
const daysToTake = 14;
const words = personalCode(seededBytes(5)(personalCodeBytes));
const doneAt = { at: instantOf(now), courseVersion: course.version };
const lessons = (count: number = track.required.length) =>
  Object.fromEntries(track.required.slice(0, count).map((slug) => [slug, doneAt]));
const hours = (count: number) => instantOf(new Date(now.getTime() + count * 3_600_000));
const failed = (id: string, minutes: number) => ({
  ...sampleAttempt(id, []),
  handedInAt: instantOf(new Date(now.getTime() - minutes * 60_000)),
  result: { right: 0, total: 15, passed: false, criticalMissed: false, reread: [] },
});
const certificate = (holder: string, issued: number, until: number) =>
  sampleCertificate(holder, {
    name: nameOf(holder),
    courseVersion: course.version,
    issuedOn: addDays(today, issued),
    issuedAt: issued === 0 ? hours(-1) : `${addDays(today, issued)}T05:00:00.000Z`,
    validUntil: addDays(today, until),
  });

interface Somebody {
  /** Days from today to the last day for the course. */
  readonly due?: number;
  readonly language?: Language;
  /** Has not chosen a password. */
  readonly outside?: true;
  readonly holds?: Partial<Omit<Person, 'staffing'>>;
  readonly grants?: readonly Grant[];
  readonly unit?: (typeof places)[keyof typeof places];
}

/** Whom there is, by what their address begins with. */
const people = {
  never: { outside: true, due: -3 },
  planned: { outside: true, holds: { inviteOn: addDays(today, 3) } },
  today: { outside: true, due: 5, holds: { inviteOn: today } },
  'today-late': { outside: true, due: -3, holds: { inviteOn: today } },
  invited: { outside: true, due: 0, holds: invitedDaysAgo(8) },
  'invited-late': { outside: true, due: -3, holds: invitedDaysAgo(30) },
  'invited-done': {
    outside: true,
    holds: { ...invitedDaysAgo(3), certificates: [certificate('invited-done', 0, 365)] },
  },
  assigned: { due: 12 },
  'assigned-en': { due: 12, language: 'en' },
  begun: { due: 5, language: 'sv-simple', holds: { lessonsDone: lessons(2) } },
  'before-en': { due: 5, language: 'en' },
  ready: { due: 0, holds: { lessonsDone: lessons() } },
  'ready-en': { due: 0, language: 'en', holds: { lessonsDone: lessons() } },
  'under-way': {
    due: -3,
    language: 'sv-simple',
    holds: {
      lessonsDone: lessons(),
      attempts: [startAttempt(course, track, undefined, new Date(now.getTime() - 60_000), seededBytes(7))],
    },
  },
  paused: { due: -3, holds: { lessonsDone: lessons(), attempts: [failed('a', 30), failed('b', 20), failed('c', 10)] } },
  late: { due: -3, language: 'en', unit: places.night },
  leaves: { due: -3 },
  'passes-later': { due: -3, holds: { lessonsDone: lessons() } },
  certified: { holds: { certificates: [certificate('certified', 0, 365)] } },
  'certified-en': { language: 'en', holds: { certificates: [certificate('certified-en', 0, 365)] } },
  renews: { holds: { lessonsDone: lessons(), certificates: [certificate('renews', -355, 10)] } },
  'renews-simple': {
    language: 'sv-simple',
    holds: { lessonsDone: lessons(), certificates: [certificate('renews-simple', -355, 10)] },
  },
  code: { outside: true, due: -3 },
  'by-hand': { due: 20, holds: { lessonsDone: lessons() } },
  forgets: { due: 20 },
  'forgets-later': { due: 20, language: 'en' },
  tried: { due: 20 },
  changes: { due: 20 },
  'changes-en': { due: 20, language: 'en' },
  moves: { due: 20 },
  strong: { due: 20 },
  'role-to-be': { due: 10 },
  deputy: { due: 10, unit: places.south },
  'role-ends': { due: 10, grants: [{ role: 'unit-manager', place: places.south }] },
  'high-role': { due: 10, grants: [{ role: 'department-head', place: places.elderly }], unit: places.group },
  chief: { due: 10, grants: [{ role: 'unit-manager', place: places.north }] },
  'chief-late': { due: 10, language: 'en', grants: [{ role: 'unit-manager', place: places.north }] },
  admin: { due: 10, grants: [{ role: 'administrator', place: 'everything' }], unit: places.canteen },
  local: { due: 10, grants: [{ role: 'administrator', place: places.group }], unit: places.group },
} as const satisfies Readonly<Record<string, Somebody>>;
type Who = keyof typeof people;

const somebody = (who: Who): Somebody => people[who];
const addressOf = (who: string) => `${who}@lindala.example`;
function nameOf(who: string): string {
  return `Kim ${who.replaceAll('-', ' ')}`;
}

function invitedDaysAgo(days: number) {
  const at = hours(-24 * days);
  const sent = { rule: 'invitation', cycle: at, claimedAt: at, sentAt: at, failures: 0 };
  const expiresAt = hours(24 * (14 - days));
  return { invitation: { tokenHash: tokenHash(`${days} days ago`), expiresAt }, reminders: [sent] };
}

let app: RunningApp;
let project: string;
const withRole = new Map<Who, WithRole>();
let mails: readonly ReadMail[] = [];

beforeAll(async () => {
  project = await projectWhereMailAlwaysGoes();
  const dataDir = await makeDataDir();
  const passwordHash = await hashOf(goodPassword);
  const store = await openPreparedStore(dataDir);
  const { hashCode } = await openFileSecrets({ dataDir });
  await introduceLongAgo(store);
  await store.organisation.update(() => ({ save: sampleOrganisation('2020-01-01T00:00:00.000Z'), result: undefined }));
  for (const who of Object.keys(people) as Who[]) {
    const { due = 20, language = 'sv', outside, holds, grants = [], unit = places.north } = somebody(who);
    const way = who === 'code' ? { codeHash: hashCode(words) } : outside ? {} : { passwordHash };
    const known = {
      id: idOf(who),
      name: nameOf(who),
      nameGivenBy: 'employer',
      email: addressOf(who),
      language,
    } as const;
    const engagement = { category: 'new-employee', unit, from: addDays(today, due - daysToTake) } as const;
    await store.people.create(
      newPerson({ ...known, ...way, grants, ...holds }, engagement, new Date(now.getTime() - 86_400_000), randomBytes),
    );
  }
  await store.close();
  app = await startApp({ dataDir, port: await freePort(), cwd: project });
  for (const who of ['chief', 'chief-late', 'admin', 'local', 'high-role'] as const)
    withRole.set(who, await strongly(who));
}, 180_000);
afterAll(async () => {
  await endApp(app);
  await rm(project, { recursive: true, force: true });
});

function idOf(who: Who): PersonId {
  return `id-${who}` as PersonId;
}

async function signedIn(who: Who): Promise<Visitor> {
  const visitor = new Visitor(app.url);
  const fields = { email: addressOf(who), password: goodPassword };
  expectStatus(await visitor.post(paths.signIn(), fields), 303, `signing in as ${who}`);
  return visitor;
}

async function strongly(who: Who): Promise<WithRole> {
  const visitor = await signedIn(who);
  const factor = await addSecondFactor(visitor);
  const known = { name: nameOf(who), email: addressOf(who), password: goodPassword, invitation: '' };
  return { ...known, category: 'new-employee', visitor, factor };
}

const of = (who: Who): WithRole => withRole.get(who) ?? expect.fail(`${who} has no role`);
const browserOf = (who: Who) => ({ name: nameOf(who), category: 'new-employee' as const });

async function command(file: string, ...given: readonly string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: app.dataDir };
  return (await run(process.execPath, [file, ...given], { cwd: project, env })).stdout;
}

/** Waits for a mail of this subject to somebody. @param after how many such there were before */
async function mailTo(who: string, subject: RegExp, after = 0): Promise<ReadMail> {
  return waitFor(async () => (await mailsIn(app.dataDir)).filter(isTo(who, subject))[after]);
}

const isTo = (who: string, subject: RegExp) => (mail: ReadMail) =>
  mail.to === addressOf(who) && subject.test(mail.subject);

/** The subject in whichever language, with whatever stands in its gaps. */
function subjectOf(key: UiKey): RegExp {
  const texts = (['sv', 'sv-simple', 'en'] as const).map((language) =>
    translate(language)(key)
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  );
  return new RegExp(`^(?:${texts.join('|')})(?: / .*)?$`);
}

/** Goes where each redirect leads, as a browser does. */
async function arrive(visitor: Visitor, first: Reply): Promise<{ readonly path: string; readonly reply: Reply }> {
  let path = '';
  let reply = first;
  for (let step = 0; reply.status === 303 && step < 6; step++) {
    path = new URL(reply.location ?? '', app.url).pathname + new URL(reply.location ?? '', app.url).search;
    if (path.startsWith(paths.signIn()) || path.startsWith(paths.confirm())) break;
    reply = await visitor.get(path);
  }
  return { path, reply };
}

/** Opens a link that asks for an account as its receiver: in a browser that is signed in, and in one that is not and signs in. */
async function openedBy(who: Who, link: string): Promise<readonly string[]> {
  const inside = withRole.get(who)?.visitor ?? (await signedIn(who));
  const shown = await arrive(inside, await inside.get(link));
  const outside = new Visitor(app.url);
  const asked = await arrive(outside, await outside.get(link));
  expect([who, asked.path]).toEqual([who, `${paths.signIn()}?till=${encodeURIComponent(new URL(link).pathname)}`]);
  const till = new URL(asked.path, app.url).searchParams.get('till') ?? '';
  const fields = { email: addressOf(who), password: goodPassword, till };
  let after = await arrive(outside, await outside.post(paths.signIn(), fields));
  if (after.path.startsWith(paths.confirm())) {
    const recovery = of(who).factor.recoveryCodes.pop() ?? '';
    const back = new URL(after.path, app.url).searchParams.get('till') ?? '';
    after = await arrive(outside, await outside.post(paths.confirm(), { way: 'recovery', recovery, till: back }));
  }
  return [shown.reply, after.reply].map((reply) => plain(expectStatus(reply, 200, `${link} as ${who}`).text));
}

const receiverOf = ({ to }: ReadMail) => to.split('@')[0] as Who;
const inTheirs = (mail: ReadMail): Translate => translate(somebody(receiverOf(mail)).language ?? 'sv');
const dateFor = (who: Who, day: CalendarDate) => longDate(day, somebody(who).language ?? 'sv');
const textOf = (t: Translate, key: UiKey) => (t(key).split('{')[0] ?? '').trim();

/** What Min sida says first, for what the mail says of the step that comes next. */
const steps: readonly (readonly [promise: UiKey, page: UiKey])[] = [
  ['reminder.mail.step.renew', 'task.renewNow'],
  ['reminder.mail.step.ready', 'next.ready'],
  ['reminder.mail.step.under-way', 'next.underWay'],
  ['reminder.mail.step.paused', 'next.paused'],
  ['reminder.mail.step.begun', 'next.reading'],
  ['reminder.mail.step.reading', 'next.reading'],
];

/** Opens every link of a mail as its receiver. @returns the rooms that they lead to */
async function follow(mail: ReadMail): Promise<readonly string[]> {
  const who = receiverOf(mail);
  const t = inTheirs(mail);
  const told = `${mail.subject} (${mail.to})`;
  expect([told, mail.text.match(/\{\w+\}|undefined|NaN/)]).toEqual([told, null]);
  expect(mail.headers).toMatch(/^Auto-Submitted: auto-generated$/m);
  const rooms: string[] = [];
  for (const link of mail.links) {
    const [, room = '', secret = ''] = new URL(link).pathname.split('/');
    rooms.push(room);
    switch (room) {
      case 'valkommen': {
        const page = plain(expectStatus(await new Visitor(app.url).get(link), 200, told).text);
        expect(page).toContain(nameOf(who));
        expect(page).toContain(translate('sv')('welcome.button'));
        const { due = 20 } = somebody(who);
        if (mail.text.includes(textOf(translate('sv'), 'mail.invitation.due')) && due >= 0)
          expect(page).toContain(longDate(addDays(today, due), 'sv'));
        break;
      }
      case 'glomt-losenord':
        expect(plain(expectStatus(await new Visitor(app.url).get(link), 200, told).text)).toContain(
          translate('sv')('field.email'),
        );
        break;
      case 'nytt-losenord':
        expect(plain(expectStatus(await new Visitor(app.url).get(link), 200, told).text)).toContain(
          translate('sv')('reset.title'),
        );
        break;
      case 'intyg': {
        expect([told, secret]).toEqual([told, certificateCode(who)]);
        const page = plain(expectStatus(await new Visitor(app.url).get(link), 200, told).text);
        expect(page).toContain(translate('sv')('check.valid'));
        expect(page).toContain(nameOf(who));
        expect(page).toContain(longDate(addDays(today, 365), 'sv'));
        if (somebody(who).outside) break;
        const own = plain(expectStatus(await (await signedIn(who)).get(link), 200, told).text);
        expect(own).toContain(t('certificate.congratulations'));
        expect(mail.text).toContain(dateFor(who, addDays(today, 365)));
        break;
      }
      case 'kom-tillbaka': {
        const visitor = new Visitor(app.url);
        expectStatus(await visitor.get(link), 200, told);
        const inside = await arrive(visitor, await visitor.post(link, { code: words, till: paths.myPage() }));
        expect(inside.path).toBe(paths.myPage());
        expect(plain(inside.reply.text)).toContain(t('next.reading'));
        break;
      }
      case 'min-sida': {
        const promised = steps.find(([promise]) => mail.text.includes(textOf(t, promise)));
        for (const page of await openedBy(who, link)) {
          expect([told, page.includes(t(promised?.[1] ?? 'next.paused'))]).toEqual([told, true]);
          expect([told, page.includes(t(`track.new-employee`))]).toEqual([told, true]);
          for (const day of daysIn(mail, who)) expect([told, day, page.includes(day)]).toEqual([told, day, true]);
        }
        break;
      }
      case 'enhet': {
        const lines = [...mail.text.matchAll(/^– (Kim [\w ]+) \(([^)]+)\)/gm)];
        for (const page of await openedBy(who, link)) {
          for (const [, name = '', unit = ''] of lines) {
            // Whoever sees to several units comes to a list of them first.
            const shown = page.includes(name) ? page : page.includes(unit) ? await unitPage(who, unit) : '';
            expect([told, name, shown.includes(name)]).toEqual([told, name, true]);
          }
          if (lines.length === 0) expect([told, page.includes('Äldreomsorg')]).toEqual([told, true]);
        }
        break;
      }
      default:
        expect.fail(`${told} leads to ${link}`);
    }
  }
  return rooms;
}

async function unitPage(who: Who, name: string): Promise<string> {
  const unit = sampleOrganisation('').nodes.find(({ versions }) => versions[0]?.name === name);
  return plain(expectStatus(await of(who).visitor.get(paths.unit(unit?.id ?? '')), 200, name).text);
}

/** The last days that a mail speaks of. */
function daysIn({ text }: ReadMail, who: Who): readonly string[] {
  const { due = 20, holds } = somebody(who);
  const until = holds?.certificates?.[0]?.validUntil;
  return [dateFor(who, addDays(today, due)), ...(until ? [dateFor(who, until)] : [])].filter((day) =>
    text.includes(day),
  );
}

/** One for each kind of mail: who gets it when, and where its links lead. */
interface Row {
  readonly subject: UiKey;
  /** Makes the program send it. */
  readonly send?: () => Promise<unknown>;
  readonly to: readonly Who[];
  /** Rooms that its links lead to, of all who get it. */
  readonly leads: readonly string[];
}

const round = () => command('src/cli/reminders.ts');
const roles = (fields: Readonly<Record<string, string>>) => () => postAs('admin', paths.adminRoles(), fields);
const onPerson =
  (who: Who, fields: Readonly<Record<string, string>>, by: Who = 'admin') =>
  () =>
    postAs(by, paths.adminPerson(idOf(who)), fields);

async function postAs(who: Who, path: string, fields: Readonly<Record<string, string>>, status = 303): Promise<Reply> {
  return expectStatus(await of(who).visitor.post(path, fields), status, `${path} as ${who}`);
}

async function forgotten(who: Who): Promise<string> {
  const before = (await mailsIn(app.dataDir)).filter(isTo(who, subjectOf('mail.reset.subject'))).length;
  expectStatus(await new Visitor(app.url).post(paths.forgotPassword(), { email: addressOf(who) }), 200, 'asking');
  return (await mailTo(who, subjectOf('mail.reset.subject'), before)).links[0] ?? '';
}

/** Whose work ends. */
const endsWork = (who: Who) => {
  const { due = 20, unit = places.north } = somebody(who);
  const from = addDays(today, due - daysToTake);
  return {
    action: 'dates',
    place: '0',
    engagement: `${unit}:new-employee:${from}`,
    'from-0': from,
    'to-0': addDays(today, -1),
  };
};

const nothing: readonly string[] = [];
const rows: Readonly<Record<SentMail, Row>> = {
  invitation: {
    subject: 'mail.invitation.subject',
    send: round,
    to: ['today', 'today-late'],
    leads: ['valkommen', 'glomt-losenord'],
  },
  assigned: { subject: 'reminder.mail.assigned.subject', to: ['assigned', 'assigned-en'], leads: ['min-sida'] },
  before: { subject: 'reminder.mail.before.subject', to: ['begun', 'before-en'], leads: ['min-sida'] },
  due: {
    subject: 'reminder.mail.due.subject',
    to: ['ready', 'ready-en', 'invited'],
    leads: ['min-sida', 'valkommen', 'glomt-losenord'],
  },
  overdue: {
    subject: 'reminder.mail.overdue.subject',
    to: ['under-way', 'paused', 'late', 'leaves', 'passes-later', 'invited-late', 'code'],
    leads: ['min-sida', 'valkommen', 'glomt-losenord', 'kom-tillbaka'],
  },
  expiring: { subject: 'reminder.mail.expiring.subject', to: ['renews', 'renews-simple'], leads: ['min-sida'] },
  certificate: {
    subject: 'reminder.mail.certificate.subject',
    to: ['certified', 'certified-en', 'invited-done'],
    leads: ['intyg'],
  },
  digest: { subject: 'reminder.digest.subject', to: ['chief', 'chief-late', 'admin', 'high-role'], leads: ['enhet'] },
  'by-hand': {
    subject: 'reminder.mail.by-hand.subject',
    send: () => postAs('chief', paths.unit(places.north), { action: 'remind', chosen: idOf('by-hand') }),
    to: ['by-hand'],
    leads: ['min-sida'],
  },
  reset: { subject: 'mail.reset.subject', send: () => forgotten('forgets'), to: ['forgets'], leads: ['nytt-losenord'] },
  trial: {
    subject: 'reminder.trial.subject',
    send: () => postAs('admin', paths.adminMail('overdue'), { language: 'sv' }),
    to: ['admin'],
    leads: ['min-sida'],
  },
  'already-here': {
    subject: 'mail.alreadyHere.subject',
    send: () =>
      postAs('local', paths.admin(), {
        ...{ action: 'invite', name: 'Kim Annan', email: addressOf('changes'), category: 'new-employee' },
        ...{ unit: places.group, from: '', to: '' },
      }),
    to: ['changes'],
    leads: nothing,
  },
  'account-begun': {
    subject: 'tell.account-begun.subject',
    send: async () => {
      const { links } = await mailTo('today', subjectOf('mail.invitation.subject'));
      const fields = { password: goodPassword, language: 'sv' };
      expectStatus(await new Visitor(app.url).post(links[0] ?? '', fields), 303, 'accepting');
    },
    to: ['today'],
    leads: nothing,
  },
  'administrator-reset': {
    subject: 'tell.administrator-reset.subject',
    send: () => command('src/cli/admin-reset.ts', addressOf('admin')),
    to: ['admin'],
    leads: nothing,
  },
  'email-changed': {
    subject: 'tell.email-changed.subject',
    send: () => onPerson('moves', { action: 'contact', name: nameOf('moves'), email: 'new-moves@lindala.example' })(),
    to: ['moves'],
    leads: nothing,
  },
  'password-changed': {
    subject: 'tell.password-changed.subject',
    send: async () => {
      const fields = { present: goodPassword, password: 'kaffe tåg moln lampa' };
      expectStatus(await (await signedIn('changes-en')).post(paths.changePassword(), fields), 303, 'a new password');
    },
    to: ['changes-en'],
    leads: nothing,
  },
  'password-reset': {
    subject: 'tell.password-reset.subject',
    send: async () => {
      const link = await forgotten('forgets-later');
      expectStatus(await new Visitor(app.url).post(link, { password: goodPassword }), 303, 'a new password');
    },
    to: ['forgets-later'],
    leads: nothing,
  },
  'factor-added': {
    subject: 'tell.factor-added.subject',
    send: async () => withRole.set('strong', await strongly('strong')),
    to: ['strong', 'chief', 'admin'],
    leads: nothing,
  },
  'recovery-renewed': {
    subject: 'tell.recovery-renewed.subject',
    send: () => postAs('strong', paths.security(), { action: 'recovery' }, 200),
    to: ['strong'],
    leads: nothing,
  },
  'factors-reset': {
    subject: 'tell.factors-reset.subject',
    send: onPerson('strong', { action: 'reset-factors', recognised: 'seen' }),
    to: ['strong'],
    leads: nothing,
  },
  'factor-removed': {
    subject: 'tell.factor-removed.subject',
    send: async () => {
      withRole.set('strong', await strongly('strong'));
      return postAs('strong', paths.security(), { action: 'remove' });
    },
    to: ['strong'],
    leads: nothing,
  },
  'sessions-ended': {
    subject: 'tell.sessions-ended.subject',
    send: async () => {
      await signedIn('tried');
      await onPerson('tried', { action: 'end-sessions' })();
    },
    to: ['tried'],
    leads: nothing,
  },
  'many-failures': {
    subject: 'tell.many-failures.subject',
    send: async () => {
      const fields = { email: addressOf('tried'), password: 'fel' };
      for (let count = 0; count < 10; count++) await new Visitor(app.url).post(paths.signIn(), fields);
    },
    to: ['tried'],
    leads: nothing,
  },
  'role-given': {
    subject: 'tell.role-given.subject',
    send: roles({
      action: 'give',
      who: addressOf('role-to-be'),
      role: 'unit-manager',
      place: places.north,
      from: '',
      to: '',
    }),
    to: ['role-to-be'],
    leads: nothing,
  },
  'role-taken': {
    subject: 'tell.role-taken.subject',
    send: () => roles({ action: 'take-back', person: idOf('role-to-be'), grant: `unit-manager:${places.north}` })(),
    to: ['role-to-be'],
    leads: nothing,
  },
  'deputy-appointed': {
    subject: 'tell.deputy-appointed.subject',
    send: () =>
      postAs('chief', paths.deputies(places.north), {
        ...{ action: 'appoint', who: addressOf('deputy'), from: today, to: addDays(today, 5) },
      }),
    to: ['deputy'],
    leads: nothing,
  },
  'deputy-ended': {
    subject: 'tell.deputy-ended.subject',
    send: () => postAs('chief', paths.deputies(places.north), { action: 'end', person: idOf('deputy') }),
    to: ['deputy'],
    leads: nothing,
  },
  'role-ends': {
    subject: 'tell.role-ends.subject',
    send: () => onPerson('role-ends', endsWork('role-ends'))(),
    to: ['role-ends'],
    leads: nothing,
  },
  'role-of-other-ends': {
    subject: 'tell.role-of-other-ends.subject',
    send: () => onPerson('high-role', endsWork('high-role'), 'local')(),
    to: ['admin'],
    leads: nothing,
  },
  // Whoever signs in with five words has no address: this is never a mail.
  'code-replaced': { subject: 'tell.code-replaced.subject', to: [], leads: nothing },
};

describe('managers B1: each kind of mail, opened as its receiver in each state', () => {
  for (const [kind, row] of Object.entries(rows)) {
    test(`${kind} leads to what it promises`, async () => {
      await row.send?.();
      for (const who of row.to) await mailTo(who, subjectOf(row.subject));
      mails = (await mailsIn(app.dataDir)).filter((mail) => subjectOf(row.subject).test(mail.subject));
      const rooms: string[] = [];
      for (const who of row.to) {
        const own = mails.filter(({ to }) => to === addressOf(who));
        for (const mail of own) rooms.push(...(kind === 'trial' ? await exampleRooms(mail) : await follow(mail)));
      }
      expect([...new Set(rooms)].sort()).toEqual([...row.leads].sort());
    });
  }

  test('who has not been invited has got none, and whose day is to come', async () => {
    for (const who of ['never', 'planned']) {
      expect((await mailsIn(app.dataDir)).filter(({ to }) => to === addressOf(who))).toEqual([]);
    }
  });

  test('there is no other road by which the program mails', async () => {
    const calls = /\b(?:mailer\.send|sendLater|handOver)\(/;
    const senders = filesIn('src', ['.ts', '.tsx', '.astro'])
      .filter(({ text }) => calls.test(text))
      .map(({ path }) => path.replace(/^.*\//, ''));
    expect(senders.sort()).toEqual([
      'example-mail.ts', // trial
      'hand-over-reminder.ts',
      'hint-holder.ts', // already-here
      'invite-person.ts', // invitation
      'marking-mailer.ts',
      'remind-person.ts', // by-hand
      'reset-password.ts', // reset
      'send-later.ts',
      'send-reminders.ts', // invitations and reminders, digest
      'tell-of-change.ts',
    ]);
  });
});

/** A trial’s links are the receiver’s own where they can be: it says that names, days and links are examples. */
async function exampleRooms(mail: ReadMail): Promise<readonly string[]> {
  for (const link of mail.links) expectStatus(await of('admin').visitor.get(link), 200, link);
  return mail.links.map((link) => new URL(link).pathname.slice(1));
}

describe('managers B1: a mail that is opened when things have changed', () => {
  const link = async (who: Who, subject: UiKey, after = 0) =>
    (await mailTo(who, subjectOf(subject), after)).links[0] ?? '';
  const said = async (visitor: Visitor, path: string, status: number) =>
    plain(expectStatus(await visitor.get(path), status, path).text);
  const t = translate('sv');

  test('an invitation that has been used says so, and where to sign in', async () => {
    const page = await said(new Visitor(app.url), await link('today', 'mail.invitation.subject'), 410);
    expect(page).toContain(t('link.used'));
    expect(page).toContain(t('welcome.signIn'));
  });

  test('an invitation that was sent again says that there is a newer one, and that one opens; so does “Glömt lösenord”', async () => {
    const first = await link('today-late', 'mail.invitation.subject');
    await onPerson('today-late', { action: 'again' })();
    const second = await link('today-late', 'mail.invitation.subject', 1);
    expect(await said(new Visitor(app.url), first, 410)).toContain(t('link.replaced'));
    expect(await said(new Visitor(app.url), second, 200)).toContain(nameOf('today-late'));
    await new Visitor(app.url).post(paths.forgotPassword(), { email: addressOf('today-late') });
    expect(await link('today-late', 'mail.invitation.subject', 2)).toBe(second);
  });

  test('bugs F20: of two mails about a new password the first says that there is a newer one; used, the second says that', async () => {
    const first = await link('forgets', 'mail.reset.subject');
    const second = await forgotten('forgets');
    expect(await said(new Visitor(app.url), first, 410)).toContain(t('link.replaced'));
    expectStatus(await new Visitor(app.url).post(second, { password: goodPassword }), 303, 'a new password');
    expect(await said(new Visitor(app.url), second, 410)).toContain(t('link.used'));
  });

  test('a reminder whose course has been done since leads to a page that says so, with the certificate', async () => {
    const to = await link('passes-later', 'reminder.mail.overdue.subject');
    const visitor = await signedIn('passes-later');
    const code = await passExam({ ...browserOf('passes-later'), visitor });
    const page = expectStatus(await visitor.get(to), 200, 'Min sida').text;
    expect(plain(page)).toContain(t('next.certified'));
    expect(page).toContain(paths.certificate(code));
    expect(plain(page)).not.toContain(t('next.ready'));
  });

  test('a mail about renewal that has been renewed since: Min sida is done, and the old certificate is said to hold as long as it does', async () => {
    const visitor = await signedIn('renews');
    await readLessons({ ...browserOf('renews'), visitor });
    const code = await passExam({ ...browserOf('renews'), visitor });
    const to = await link('renews', 'reminder.mail.expiring.subject');
    const page = expectStatus(await visitor.get(to), 200, 'Min sida').text;
    expect(plain(page)).toContain(t('next.certified'));
    expect(page).toContain(paths.certificate(code));
    const old = await said(new Visitor(app.url), paths.certificate(certificateCode('renews')), 200);
    expect(old).toContain(t('check.validText', { date: longDate(addDays(today, 10), 'sv') }));
  });

  test('a weekly list whose receiver leads nothing any more shows nobody', async () => {
    const to = await link('chief-late', 'reminder.digest.subject');
    await strengthen(of('admin').visitor, of('admin'));
    await roles({ action: 'take-back', person: idOf('chief-late'), grant: `unit-manager:${places.north}` })();
    const visitor = await signedIn('chief-late');
    const { reply } = await arrive(visitor, await visitor.get(to));
    expect(reply.status).not.toBe(200);
    expect(plain(reply.text)).not.toContain(nameOf('late'));
  });

  test('a reminder to who has left since: there is no course to take', async () => {
    const to = await link('leaves', 'reminder.mail.overdue.subject');
    await onPerson('leaves', endsWork('leaves'))();
    const visitor = await signedIn('leaves');
    expect(await said(visitor, to, 200)).toContain(t('next.gone'));
  });

  test('a link to an address that has been changed since opens nothing, and what it says is true', async () => {
    const to = await link('invited-late', 'reminder.mail.overdue.subject');
    await strengthen(of('admin').visitor, of('admin'));
    await onPerson('invited-late', {
      action: 'contact',
      name: nameOf('invited-late'),
      email: 'other@lindala.example',
    })();
    expect(await said(new Visitor(app.url), to, 410)).toContain(t('link.withdrawn'));
  });
});
