import { type Actor, can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { addDays, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, PersonId } from '#domain/kernel/ids.ts';
import { type Tree, treeOf } from '#domain/people/organisation.ts';
import type { SentReminder } from '#domain/people/person.ts';
import { type StaffRecord, staffRecordOf } from '#domain/people/staff-record.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { comingReminders, currentReminders, kindOf, type ReminderKey } from '#domain/reminders/reminder.ts';
import type { Services } from '#src/services.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';
import { isMailPaused, rulesNow } from '#usecases/settings/mail-switches.ts';
import { turns } from '#usecases/shared/in-turns.ts';
import { digestDuties, type ReminderNeeds, sendDigest, sendReminder } from './send-reminders.ts';

type Needs = ReminderNeeds & Pick<Services, 'audit'>;

export interface ReminderRow extends ReminderKey {
  readonly record: StaffRecord;
  /** False for who has protected identity and is not to be named to this actor. */
  readonly mayName: boolean;
  readonly kind: ReturnType<typeof kindOf>;
  /** When it went out, was last tried, or the day on which it will go out. */
  readonly at: Instant | CalendarDate;
  readonly failures: number;
}

/** The first ones, and how many there are. */
export interface ReminderList {
  readonly rows: readonly ReminderRow[];
  readonly count: number;
}

/** Somebody whose address the mail server does not know. */
export interface RefusedRow extends Pick<ReminderRow, 'record' | 'mayName'> {
  readonly at: Instant;
}

export interface RefusedList {
  readonly rows: readonly RefusedRow[];
  readonly count: number;
}

const shownAtMost = 50;
const daysBack = 30;
const daysAhead = 14;

/**
 * What has gone out, what will and what the mail server has refused, to people in an administrator's places. The units whose
 * people are shown stand in the log as opened lists, those who are in none each by themselves.
 */
export async function reminderOverview(
  needs: Needs,
  actor: ActingPerson,
): Promise<{
  readonly sent: ReminderList;
  readonly coming: ReminderList;
  readonly failed: ReminderList;
  readonly refused: RefusedList;
}> {
  const { store, clock, reminderRules, course } = needs;
  const now = clock();
  const rules = await rulesNow(needs);
  const tree = treeOf(await store.organisation.get());
  const basis = { course, policy: await currentPolicy(needs) };
  const asOf = { date: dateOf(now), known: instantOf(now) };
  const since = addDays(asOf.date, -daysBack);
  const sent: ReminderRow[] = [];
  const coming: ReminderRow[] = [];
  const failed: ReminderRow[] = [];
  const refused: RefusedRow[] = [];
  for await (const { record, mayName } of peopleFor(needs, actor, tree, now)) {
    const row = ({ rule, cycle }: ReminderKey, at: Instant | CalendarDate, failures = 0): ReminderRow => {
      return { record, mayName, rule, cycle, kind: kindOf(rule, reminderRules), at, failures };
    };
    for (const one of record.reminders) if (one.sentAt && one.sentAt >= since) sent.push(row(one, one.sentAt));
    for (const one of comingReminders(record, basis, rules, now, daysAhead)) coming.push(row(one, one.day));
    if (record.mailRefusedAt) refused.push({ record, mayName, at: record.mailRefusedAt });
    const tried = record.reminders.filter((one) => hasFailed(one) && !one.passedOverAt);
    const current = tried.length > 0 ? currentReminders(record, basis, reminderRules, asOf) : [];
    for (const one of tried) {
      const stillHolds = one.rule === 'digest' || current.some((key) => isSame(key, one));
      if (stillHolds) failed.push(row(one, one.lastFailureAt ?? one.claimedAt, one.failures));
    }
  }
  const lists = {
    sent: listOf(sent.sort((one, other) => inOrder(other.at, one.at))),
    coming: listOf(coming.sort((one, other) => inOrder(one.at, other.at))),
    failed: listOf(failed.sort((one, other) => inOrder(other.at, one.at))),
  };
  const ofRefused = { rows: refused.slice(0, shownAtMost), count: refused.length };
  const shown = [...Object.values(lists), ofRefused].flatMap(({ rows }) => rows.map(({ record }) => record));
  await recordLook(needs, actor, shown, instantOf(now));
  return { ...lists, refused: ofRefused };
}

/** An administrator tries again at once what the mail server has refused. What is paused stays so, and that is what is said. */
export async function retryReminder(
  needs: Needs,
  actor: ActingPerson,
  id: PersonId,
  key: ReminderKey,
): Promise<'sent' | 'failed' | 'gone' | 'paused' | 'not-found'> {
  const opened = await accessPerson(needs, administering(actor), 'remind:person', id, { action: 'remind' });
  if (!opened) return 'not-found';
  const found = opened.person.reminders.find((one) => isSame(one, key));
  if (!found || !hasFailed(found)) return 'gone';
  const kind = kindOf(key.rule, needs.reminderRules);
  if (kind !== 'gone' && (await isMailPaused(needs, kind))) return 'paused';
  if (found.passedOverAt) return 'gone';
  const atOnce = {
    ...needs,
    reminderRules: { ...needs.reminderRules, fromHour: 0, retryMinutes: [0], mostTries: Number.POSITIVE_INFINITY },
  };
  const basis = { course: needs.course, policy: await currentPolicy(needs) };
  const outcome =
    key.rule === 'digest'
      ? await sendDigest(
          atOnce,
          basis,
          opened.tree,
          (await digestDuties(needs, opened.tree))(staffRecordOf(opened.person)),
        )
      : await sendReminder(atOnce, basis, id, key);
  return outcome ?? 'gone';
}

/** An administrator knows that an address is right after all: what is due goes there again from the next round on. */
export async function tryAddressAgain(
  needs: Needs,
  actor: ActingPerson,
  id: PersonId,
): Promise<'cleared' | 'gone' | 'not-found'> {
  const opened = await accessPerson(needs, administering(actor), 'remind:person', id, { action: 'remind' });
  if (!opened) return 'not-found';
  return needs.store.people.update(id, (person) =>
    person.mailRefusedAt === undefined
      ? { result: 'gone' as const }
      : { save: { ...person, mailRefusedAt: undefined }, result: 'cleared' as const },
  );
}

/** A manager who also administers another place sees that place's people here. */
function administering(actor: ActingPerson): ActingPerson {
  return { ...actor, grants: actor.grants.filter(({ role }) => role === 'administrator') };
}

async function* peopleFor(
  { store }: Needs,
  person: ActingPerson,
  tree: Tree,
  now: Date,
): AsyncGenerator<{ readonly record: StaffRecord; readonly mayName: boolean }> {
  const actor: Actor = administering(person);
  const limit = 500;
  const rest = turns();
  for (let after: PersonId | undefined; ; ) {
    const page = await store.people.listStaff({ after, limit });
    for (const record of page) {
      await rest();
      const subject = personSubject(record, tree, now);
      if (can(actor, 'remind:person', subject)) yield { record, mayName: can(actor, 'name:person', subject) };
    }
    after = page.at(-1)?.id;
    if (page.length < limit) return;
  }
}

async function recordLook(
  { audit }: Needs,
  { pseudonym: actor }: ActingPerson,
  shown: readonly StaffRecord[],
  at: Instant,
): Promise<void> {
  const places = new Set(shown.flatMap((record) => unitsOf(record)));
  for (const place of places) await audit.append({ at, actor, action: 'open-list', place });
  const unplaced = new Set(shown.filter((record) => unitsOf(record).length === 0).map(({ pseudonym }) => pseudonym));
  for (const subject of unplaced) await audit.append({ at, actor, action: 'open-list', subject });
}

function unitsOf(record: StaffRecord) {
  return currentStaffing(record).engagements.flatMap(({ unit }) => unit ?? []);
}

function hasFailed({ sentAt, failures }: SentReminder): boolean {
  return sentAt === undefined && failures > 0;
}

function listOf(rows: readonly ReminderRow[]): ReminderList {
  return { rows: rows.slice(0, shownAtMost), count: rows.length };
}

function isSame(one: ReminderKey, other: ReminderKey): boolean {
  return one.rule === other.rule && one.cycle === other.cycle;
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
