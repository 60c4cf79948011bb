import { awakeGrants } from '#domain/access/grant-days.ts';
import { nearestWith, unitsWithoutManager } from '#domain/access/unmanaged-units.ts';
import { nextStep, type StepBasis } from '#domain/assignment/next-step.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { type Tree, treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { type StaffRecord, staffRecordOf } from '#domain/people/staff-record.ts';
import {
  countLines,
  digestDue,
  digestLines,
  dueReminders,
  type Leader,
  mayGoOut,
  type PersonReminder,
  passedOverNow,
  type ReminderKey,
  unitsLedBy,
} from '#domain/reminders/reminder.ts';
import { isPaused } from '#domain/settings/mail-switch.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { Mail } from '#ports/mailer.ts';
import { NoSuchDocumentError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';
import { handOver, withClaim } from '#usecases/mail/hand-over-reminder.ts';
import { withInvitation } from '#usecases/mail/invitation-link.ts';
import { invitationMail } from '#usecases/mail/mails.ts';
import { digestMail, type MailedStep, reminderMail } from '#usecases/mail/reminder-mails.ts';
import { passOver, rulesNow } from '#usecases/settings/mail-switches.ts';
import { inTurns, turns } from '#usecases/shared/in-turns.ts';

export type ReminderNeeds = Pick<
  Services,
  | 'store'
  | 'secrets'
  | 'mailer'
  | 'clock'
  | 'publicUrl'
  | 'municipality'
  | 'course'
  | 'assignmentRules'
  | 'reminderRules'
>;

export interface SendingReport {
  readonly sent: number;
  readonly failed: number;
}

const pageSize = 200;

/**
 * Sends everything that is due: reminders, invitations whose day has come, and the week's digests. Safe to run again and
 * to be cut off anywhere: each message is claimed in the person's document before it is handed over, and a claim without
 * an outcome is handed over again under the same id. One at a time: the caller sees to that.
 *
 * @param stop after the message that is under way
 * @throws NotSavedError: then nothing more is sent
 */
export async function sendReminders(needs: ReminderNeeds, stop?: AbortSignal): Promise<SendingReport> {
  const { store, clock, course } = needs;
  const tree = treeOf(await store.organisation.get());
  const basis = { course, policy: await policyOn(needs, tree) };
  const dutyOf = await digestDuties(needs, tree);
  const report = { sent: 0, failed: 0 };
  for await (const record of everybody(store)) {
    const rules = await rulesNow(needs);
    for (const key of passedOverNow(record, basis, rules, clock()))
      await ifThere(() => passOver(needs, record.id, key));
    for (const key of dueReminders(record, basis, rules, clock())) {
      if (stop?.aborted) return report;
      count(report, await sendReminder(needs, basis, record.id, key));
    }
    if (stop?.aborted) return report;
    count(report, await sendDigest(needs, basis, tree, dutyOf(record)));
  }
  return report;
}

/** Sends one reminder, unless it is not due after all. */
export async function sendReminder(
  needs: ReminderNeeds,
  basis: StepBasis,
  id: PersonId,
  key: ReminderKey,
): Promise<'sent' | 'failed' | undefined> {
  const { store, clock } = needs;
  const reminderRules = await rulesNow(needs);
  const now = clock();
  const claimed = await ifThere(() =>
    store.people.update(id, (current) => {
      const due = dueReminders(staffRecordOf(current), basis, reminderRules, now);
      const reminder = due.find((one) => isSame(one, key));
      if (!reminder) return { result: undefined };
      const result = { ...claimFor(needs, current, reminder, basis, now), reminder };
      return { save: result.person, result };
    }),
  );
  if (!claimed) return undefined;
  return ifThere(() => handOver(needs, id, key, mailOf(needs, claimed)));
}

export interface ClaimedReminder extends MailedStep {
  /** With the message claimed, and the link that it carries. */
  readonly person: Person;
  readonly reminder: PersonReminder;
}

/** Claims a message, and works out what its receiver can do next: whoever has not signed in yet is given the link to. */
export function claimFor(
  needs: Pick<ReminderNeeds, 'secrets'>,
  current: Person,
  reminder: PersonReminder,
  basis: StepBasis,
  now: Date,
): ClaimedReminder {
  const asOf = { date: dateOf(now), known: instantOf(now) };
  const facts = { record: staffRecordOf(current), attempts: current.attempts };
  const next = nextStep(facts, { ...basis, asOf });
  const person = withClaim(current, reminder, now);
  const opens = reminder.says === 'invitation' || (next.state === 'invited' && reminder.says !== 'certificate');
  return { reminder, next, ...(opens ? withInvitation(needs, person, reminder, now) : { person }) };
}

export function mailOf(needs: ReminderNeeds, claimed: ClaimedReminder): Omit<Mail, 'id'> {
  const { person, reminder, token = '' } = claimed;
  return reminder.says === 'invitation'
    ? invitationMail(needs, person, reminder.assignment, token)
    : reminderMail(needs, person, reminder, claimed);
}

/** What somebody's digest is about. */
export interface DigestDuty {
  readonly manager: Leader;
  readonly leads: readonly NodeId[];
  /** Units that nobody leads today, which the nearest administrator sees to by name and the nearest department head in numbers. */
  readonly takesOver: readonly NodeId[];
  readonly counts: readonly NodeId[];
}

/** Whose digest is about which units today: a unit without a manager is seen to from one step up (managers B2). */
export async function digestDuties(
  { store, clock }: Pick<ReminderNeeds, 'store' | 'clock'>,
  tree: Tree,
): Promise<(record: StaffRecord) => DigestDuty> {
  const basis = await grantBasis(store, dateOf(clock()));
  const granted = await store.people.staffWithGrants();
  const leaders = granted.map((record): Leader => ({ ...record, grants: awakeGrants(record, basis) }));
  const reached = leaders.filter(({ canSignIn }) => canSignIn);
  const units = tree.places.filter(({ kind }) => kind === 'unit').map(({ id }) => id);
  // A manager who cannot sign in yet sees to nothing here.
  const leading = granted.filter(({ canSignIn }) => canSignIn);
  const alone = unitsWithoutManager(units, leading, basis, 0).map(({ unit }) => unit);
  const duties = (role: 'administrator' | 'department-head') => {
    const nearest = alone.map((unit) => ({ unit, people: nearestWith(role, unit, reached, tree) }));
    return (id: PersonId) =>
      nearest.filter(({ people }) => people.some((one) => one.id === id)).map(({ unit }) => unit);
  };
  const [byName, inNumbers] = [duties('administrator'), duties('department-head')];
  const byId = new Map(leaders.map((leader) => [leader.id, leader]));
  return (record) => {
    const manager = byId.get(record.id) ?? { ...record, grants: [] };
    return {
      manager,
      leads: unitsLedBy(manager, tree),
      takesOver: manager.grants.length > 0 ? byName(record.id) : [],
      counts: manager.grants.length > 0 ? inNumbers(record.id) : [],
    };
  };
}

/** Sends somebody's digest, if it is due and there is something to tell. */
export async function sendDigest(
  needs: ReminderNeeds,
  basis: StepBasis,
  tree: Tree,
  { manager, leads, takesOver, counts }: DigestDuty,
): Promise<'sent' | 'failed' | undefined> {
  const { store, clock } = needs;
  const reminderRules = await rulesNow(needs);
  const now = clock();
  const key = digestDue(manager, reminderRules, now);
  if (key && isPaused('digest', reminderRules.paused ?? [])) {
    await ifThere(() => passOver(needs, manager.id, key));
    return undefined;
  }
  if (!key || leads.length + takesOver.length + counts.length === 0) return undefined;
  const asOf = { date: dateOf(now), known: instantOf(now) };
  const linesOf = async (units: readonly NodeId[]) =>
    units.length === 0 ? [] : inTurns(digestLines(manager, await store.people.staffOf(units), units, basis, asOf));
  const [lines, unmanagedLines] = [await linesOf(leads), await linesOf(takesOver)];
  const counted = [];
  // Who also sees the names needs no numbers.
  for (const unit of counts.filter((one) => !takesOver.includes(one))) {
    const found = await linesOf([unit]);
    if (found.length > 0) counted.push({ unit, counts: countLines(found) });
  }
  if (lines.length + unmanagedLines.length + counted.length === 0) return undefined;
  const digest = { ...key, lines, unmanaged: { lines: unmanagedLines, counts: counted } };
  const person = await ifThere(() =>
    store.people.update(manager.id, (current) => {
      if (!mayGoOut(current, key, reminderRules, now)) return { result: undefined };
      const claim = withClaim(current, key, now);
      return { save: claim, result: claim };
    }),
  );
  if (!person) return undefined;
  return ifThere(() => handOver(needs, person.id, key, digestMail(needs, person, digest, tree)));
}

async function* everybody({ people }: ReminderNeeds['store']): AsyncGenerator<StaffRecord> {
  const rest = turns();
  for (let after: PersonId | undefined; ; ) {
    const page = await people.listStaff({ after, limit: pageSize });
    for (const record of page) {
      await rest();
      yield record;
    }
    after = page.at(-1)?.id;
    if (page.length < pageSize) return;
  }
}

/** Somebody may be purged while the mails go out. */
async function ifThere<R>(step: () => Promise<R>): Promise<R | undefined> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof NoSuchDocumentError) return undefined;
    throw error;
  }
}

function isSame(one: ReminderKey, other: ReminderKey): boolean {
  return one.rule === other.rule && one.cycle === other.cycle;
}

function count(report: { sent: number; failed: number }, outcome: 'sent' | 'failed' | undefined): void {
  if (outcome) report[outcome] += 1;
}
