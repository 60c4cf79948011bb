import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { createMemoryStore } from '#adapters/memory/memory-store.ts';
import { type AsOf, assignmentsOn, workAloneBlock } from '#domain/assignment/assignment.ts';
import { endOfDay } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { staffingAt } from '#domain/people/staffing.ts';
import { type Mail, MailNotSentError } from '#ports/mailer.ts';
import type { Store } from '#ports/store.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import { introduceLongAgo } from '../support/introduction.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { testServices } from '../support/test-services.ts';
import { Municipality, organisation } from './municipality.ts';
import { type Expected, expectedOn, plus } from './oracle.ts';

/** The process is gone in the middle of something. */
class CutOff extends Error {}

/** Mail goes; no sender runs; the mail server refuses all day; it refuses at first, or takes it and its reply is lost; the server is stopped again and again. */
type Weather = 'fine' | 'down' | 'refused' | 'flaky' | 'cut off';

/** The sender's rounds of a day, by the clock in Sweden. At seven nothing may go out. */
const rounds = [7, 8, 12, 18, 20];
/** Those that may be cut off: a later one of the same day gets through. */
const mayBeCut = [8, 12];

test('730 days: every reminder once, none wrong, and every past day again', { timeout: 600_000 }, async () => {
  const store = createMemoryStore();
  const seen = await simulate({ seed: 1, days: 730, store, reopen: async () => store });
  expect(seen.mails).toBeGreaterThan(500);
  expect(seen.kinds).toEqual([
    'assigned',
    'before',
    'certificate',
    'digest',
    'due',
    'expiring',
    'invitation',
    'overdue',
  ]);
  expect(seen.handedOverAgain).toBeGreaterThan(20);
});

test('45 days on a disk, opened again after each stop', { timeout: 600_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'simulation-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const store = await openLowdbStore({ dataDir });
  const reopen = async (old: Store) => {
    await old.close();
    return openLowdbStore({ dataDir });
  };
  const seen = await simulate({ seed: 3, days: 45, store, reopen, stormy: true });
  expect(seen.mails).toBeGreaterThan(20);
});

interface Run {
  readonly seed: number;
  readonly days: number;
  readonly store: Store;
  readonly reopen: (old: Store) => Promise<Store>;
  /** Trouble every other day. */
  readonly stormy?: boolean;
}

async function simulate({ seed, days, store: opened, reopen, stormy = false }: Run) {
  const random = seededRandom(seed);
  let store = opened;
  let now = new Date('2026-03-01T05:00:00Z');
  const first = '2026-03-01';
  const mailServer = new MailServer(random);
  const { services } = testServices();
  await store.organisation.update(() => ({ save: organisation(now.toISOString()), result: undefined }));
  await introduceLongAgo(store);
  const town = new Municipality(random, store);
  await town.addManagers(first, now);
  const evenings = new Map<string, string>();
  const kinds = new Set<string>();

  for (let number = 0; number < days; number++) {
    const day = plus(first, number);
    const weather = weatherOf(random(), stormy);
    mailServer.morning(weather);
    now = at(day, 6);
    await town.live(day, now);
    for (const hour of weather === 'down' ? [] : rounds) {
      now = at(day, hour);
      const cut = weather === 'cut off' && mayBeCut.includes(hour) ? new Cutter(random) : undefined;
      const needs = {
        ...services,
        clock: () => now,
        store: cut?.store(store) ?? store,
        mailer: mailServer.mailer(cut),
      };
      try {
        await sendReminders(needs);
      } catch (error) {
        if (!(error instanceof CutOff)) throw error;
        store = await reopen(store);
        town.reopened(store);
      }
      if (hour < 8) expect(mailServer.today, `${day} before the hour`).toEqual([]);
    }
    const canSend = weather !== 'down' && weather !== 'refused';
    const expected = canSend ? expectedOn(town.facts, day) : [];
    expect(inOrder(mailServer.today.map(readMail)), `${day} (${weather})`).toEqual(inOrder(expected.map(inWords)));
    for (const { kind } of expected) kinds.add(kind);
    now = at(day, 23);
    await town.live(day, now);
    evenings.set(day, await statesOf(store, { date: day as CalendarDate, known: now.toISOString() }));
  }

  for (const [day, states] of evenings) {
    const date = day as CalendarDate;
    expect(await statesOf(store, { date, known: endOfDay(date) }), `${day} asked for again`).toBe(states);
  }
  await store.close();
  return { mails: mailServer.messages.size, handedOverAgain: mailServer.again, kinds: [...kinds].sort() };
}

function weatherOf(chance: number, stormy: boolean): Weather {
  const [down, refused, flaky, cut] = stormy ? [0.1, 0.2, 0.35, 0.6] : [0.06, 0.12, 0.2, 0.32];
  if (chance < down) return 'down';
  if (chance < refused) return 'refused';
  if (chance < flaky) return 'flaky';
  return chance < cut ? 'cut off' : 'fine';
}

/** Everybody's states on a day as known at a moment, as text. */
async function statesOf(store: Store, asOf: AsOf): Promise<string> {
  const { assignmentRules } = testRules;
  const policy = await policyOn({ store, assignmentRules }, treeOf(await store.organisation.get(), asOf.known));
  const staff = await store.people.listStaff({ limit: 10_000 });
  const known = staff.filter(({ createdAt }) => createdAt <= asOf.known);
  return JSON.stringify(
    known.map((record) => [
      record.id,
      assignmentsOn(record, policy, asOf),
      unitsOf(record, asOf).map((unit) => workAloneBlock(record, unit, policy, asOf)?.why),
    ]),
  );
}

const testRules = testServices().services;

function unitsOf(record: StaffRecord, { known }: AsOf): readonly NodeId[] {
  return [...new Set(staffingAt(record, known)?.engagements.flatMap(({ unit }) => unit ?? []))];
}

/** Counts the operations of a run, and cuts it off before or after one of them. */
class Cutter {
  #left: number;
  readonly #isAfter: boolean;

  constructor(random: () => number) {
    this.#left = 1 + Math.floor(random() * 8);
    this.#isAfter = random() < 0.5;
  }

  async through<T>(operation: () => Promise<T>): Promise<T> {
    this.#left -= 1;
    if (this.#left === 0 && !this.#isAfter) throw new CutOff();
    const result = await operation();
    if (this.#left === 0) throw new CutOff();
    return result;
  }

  store(store: Store): Store {
    const { people } = store;
    return {
      ...store,
      people: {
        ...people,
        update: (id, change) => this.through(() => people.update(id, change)),
        listStaff: (page) => this.through(() => people.listStaff(page)),
        staffOf: (of) => this.through(() => people.staffOf(of)),
      },
    };
  }
}

/** Everybody's mailboxes, which show one of several messages with the same id. */
class MailServer {
  readonly messages = new Map<string, Mail>();
  today: Mail[] = [];
  again = 0;
  #weather: Weather = 'fine';
  readonly #hasFailed = new Set<string>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  morning(weather: Weather): void {
    this.#weather = weather;
    this.today = [];
  }

  mailer(cut: Cutter | undefined) {
    const send = (mail: Mail) => this.#take(mail);
    return { destination: '', send: (mail: Mail) => (cut ? cut.through(() => send(mail)) : send(mail)) };
  }

  async #take(mail: Mail): Promise<void> {
    const id = mail.id ?? '';
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const isRefusing = this.#weather === 'refused';
    const isFlaky = this.#weather === 'flaky' && !this.#hasFailed.has(id);
    const fails = isRefusing || (isFlaky && this.#random() < 0.6);
    const isTaken = !fails || (!isRefusing && this.#random() < 0.5);
    if (isTaken) this.#deliver(id, mail);
    if (fails) {
      this.#hasFailed.add(id);
      throw new MailNotSentError('no');
    }
  }

  #deliver(id: string, mail: Mail): void {
    const earlier = this.messages.get(id);
    if (earlier) {
      this.again += 1;
      expect([mail.to, mail.subject]).toEqual([earlier.to, earlier.subject]);
      return;
    }
    this.messages.set(id, mail);
    this.today.push(mail);
  }
}

/** By the clock in Sweden. */
function at(day: string, hour: number): Date {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', hour: 'numeric', day: 'numeric' });
  const inZone = (offset: string) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00${offset}`);
  const expected = clock.format(inZone('+01:00'));
  return expected.endsWith(` ${String(hour).padStart(2, '0')}`) ? inZone('+01:00') : inZone('+02:00');
}

const subjects: readonly (readonly [RegExp, string])[] = [
  [/^Du har en kurs/, 'assigned'],
  [/^Gör klart din kurs/, 'before'],
  [/^I dag är sista dagen/, 'due'],
  [/är försenad/, 'overdue'],
  [/^Ditt intyg gäller/, 'expiring'],
  [/^Grattis/, 'certificate'],
  [/^Veckans lista/, 'digest'],
  [/^Din kurs om sekretess i/, 'invitation'],
];

function readMail({ to, subject, text }: Mail): string {
  const kind = subjects.find(([pattern]) => pattern.test(subject))?.[1] ?? subject;
  const names = [...text.matchAll(/^– (Person \w+)/gm)].map(([, name]) => name).sort();
  const date = kind === 'invitation' || kind === 'digest' ? '' : (/\d+ [a-z]+ \d{4}/.exec(text)?.[0] ?? '');
  return [to.split('@')[0], kind, date, ...names].join(' | ');
}

const written = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: 'UTC' });

function inWords({ to, kind, date, names = [] }: Expected): string {
  return [to, kind, date && written.format(new Date(date)), ...names].join(' | ');
}

function inOrder(lines: readonly string[]): string[] {
  return lines.toSorted();
}
