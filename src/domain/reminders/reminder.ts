import type { AwakeGrant } from '#domain/access/grant-days.ts';
import { leadsUnits } from '#domain/access/unmanaged-units.ts';
import { invitationMinutes } from '#domain/account/sent-link.ts';
import {
  type AsOf,
  type Assignment,
  type AssignmentPolicy,
  assignmentStates,
  assignmentsOn,
  workAloneBlock,
} from '#domain/assignment/assignment.ts';
import { type NextStep, nextStep, type StepBasis } from '#domain/assignment/next-step.ts';
import { addDays, addMinutes, dateOf, hourOf, instantOf, isoWeekOf, weekdayOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, NodeId } from '#domain/kernel/ids.ts';
import type { Steps } from '#domain/kernel/steps.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { SentReminder } from '#domain/people/person.ts';
import { type HeldCertificate, isReachedByMail, type StaffRecord } from '#domain/people/staff-record.ts';
import { isActive, isOnLeave, staffingAt } from '#domain/people/staffing.ts';
import { isPaused, type MailKind, outlivesPause, type PausedMail } from '#domain/settings/mail-switch.ts';

/** One step of the reminders to a person: data in content/reminders.yaml. */
export type ReminderStep =
  | { readonly id: string; readonly on: 'assigned' }
  /** So many days from the last day for it. */
  | { readonly id: string; readonly on: 'due'; readonly days: number }
  | { readonly id: string; readonly on: 'renewal-opens' }
  /** So many days from the certificate's last day; 0 or before. */
  | { readonly id: string; readonly on: 'validity-ends'; readonly days: number }
  /** Not later than so many days after it was issued. */
  | { readonly id: string; readonly on: 'certificate'; readonly withinDays: number };

export interface ReminderRules {
  /** Hour of the day in Europe/Stockholm from which mail goes out. */
  readonly fromHour: number;
  /** The sender's first round after the server's start, and then how often. */
  readonly firstAfterSeconds: number;
  readonly everyMinutes: number;
  /** A hand-over without an outcome after so long was cut off. */
  readonly handOverMinutes: number;
  /** What the invitation came too late for is reminded of so many days after it. */
  readonly daysAfterInvitation: number;
  /** After the first failure, the second …; the last holds from then on. */
  readonly retryMinutes: readonly number[];
  /** A message that has failed so often is not tried again by itself. */
  readonly mostTries: number;
  /** From this day of the week, 1 is Monday. */
  readonly digest: { readonly weekday: number };
  readonly steps: readonly ReminderStep[];
  /** What is held back at the moment: chosen in the program, not in the file. */
  readonly paused?: readonly PausedMail[] | undefined;
}

/** Rules that are no steps. */
export const ownRules = ['invitation', 'by-hand', 'digest'] as const satisfies readonly MailKind[];

/** What one message is known by, together with the person: it goes out once. */
export interface ReminderKey {
  readonly rule: string;
  readonly cycle: string;
}

export type PersonReminder = ReminderKey &
  /** `assignment`: what is due first; absent where nothing is asked of the person. */
  (
    | { readonly says: 'invitation'; readonly assignment: Assignment | undefined }
    | { readonly says: 'certificate'; readonly certificate: HeldCertificate }
    | {
        readonly says: 'assigned' | 'before' | 'due' | 'overdue' | 'expiring' | 'by-hand';
        readonly assignment: Assignment;
      }
  );

/**
 * What is to be sent to this person now: nothing that has gone out, nothing that waits after a failure, and nothing before
 * the hour at which mail goes out. Who has no e-mail gets nothing; see `digestFor`.
 */
export function dueReminders(
  record: StaffRecord,
  basis: StepBasis,
  rules: ReminderRules,
  now: Date,
): readonly PersonReminder[] {
  if (hourOf(now) < rules.fromHour) return [];
  const asOf = { date: dateOf(now), known: instantOf(now) };
  return currentReminders(record, basis, rules, asOf).filter(
    (one) => !isPaused(one.says, rules.paused ?? []) && mayGoOut(record, one, rules, now),
  );
}

/** What would be sent now if it were not paused, and is not to be made up for when the pause ends. */
export function passedOverNow(
  record: StaffRecord,
  basis: StepBasis,
  rules: ReminderRules,
  now: Date,
): readonly PersonReminder[] {
  const { paused = [] } = rules;
  if (paused.length === 0) return [];
  return dueReminders(record, basis, { ...rules, paused: [] }, now).filter(
    ({ says }) => isPaused(says, paused) && !outlivesPause(says),
  );
}

/** Whether a message of this key has not gone out, and is neither on its way nor waiting after a failure. */
export function mayGoOut(
  record: Pick<StaffRecord, 'reminders'>,
  key: ReminderKey,
  { retryMinutes, handOverMinutes, mostTries }: Pick<ReminderRules, 'retryMinutes' | 'handOverMinutes' | 'mostTries'>,
  now: Date,
): boolean {
  const earlier = findReminder(record, key);
  if (!earlier) return true;
  if (earlier.sentAt || earlier.passedOverAt) return false;
  const { claimedAt, failures, lastFailureAt } = earlier;
  if (failures >= mostTries) return false;
  const hasFailed = lastFailureAt !== undefined && lastFailureAt >= claimedAt;
  const wait = hasFailed ? (retryMinutes[failures - 1] ?? retryMinutes.at(-1) ?? 0) : handOverMinutes;
  return addMinutes(hasFailed ? lastFailureAt : claimedAt, wait) <= instantOf(now);
}

export function findReminder(
  { reminders }: Pick<StaffRecord, 'reminders'>,
  { rule, cycle }: ReminderKey,
): SentReminder | undefined {
  return reminders.find((one) => one.rule === rule && one.cycle === cycle);
}

/**
 * Where the person stands on a day, in reminders: for each thing to do the latest step whose day has come, whether or not
 * it has been sent. A step that was missed is so made up for as long as it is the latest, and two never come together.
 * Whoever cannot sign in is sent the invitation first, and nothing else on the day that it went out.
 */
export function currentReminders(
  record: StaffRecord,
  basis: StepBasis,
  rules: ReminderRules,
  asOf: AsOf,
): readonly PersonReminder[] {
  const { date, known } = asOf;
  const staffing = staffingAt(record, known);
  if (!isReachedByMail(record) || !staffing || isOnLeave(staffing, date)) return [];
  const next = nextStep({ record }, { ...basis, asOf });
  if (next.state === 'gone' || next.state === 'unreachable') return [];
  const open = openAssignments(record, basis.policy, asOf);
  const key = invitationToSend(record, next, date);
  if (key) return [{ ...key, says: 'invitation', assignment: open[0] }];
  if (next.state === 'not-invited' || (next.state === 'invited' && invitedOn(record) === date)) return [];
  return [
    ...open.flatMap((assignment) => currentStep(record, assignment, basis.policy, rules, asOf) ?? []),
    ...certificateReminders(record, rules, asOf),
    ...(basis.policy.introduction ? byHand(record, open) : []),
  ];
}

/** What the person has left to do on a day, worst first. */
export function openAssignments(record: StaffRecord, policy: AssignmentPolicy, asOf: AsOf): readonly Assignment[] {
  const order = ({ state }: Assignment) => assignmentStates.indexOf(state);
  return assignmentsOn(record, policy, asOf)
    .filter(({ state }) => state !== 'done' && state !== 'exempt')
    .toSorted((one, other) => order(one) - order(other));
}

/** The invitation that waits to go out: one that was sent by hand and has not arrived, or the one whose day has come. */
function invitationToSend(record: StaffRecord, next: NextStep, date: CalendarDate): ReminderKey | undefined {
  const { reminders, inviteOn } = record;
  if (next.state !== 'not-invited' && next.state !== 'invited') return undefined;
  const last = reminders
    .filter(({ rule }) => rule === 'invitation')
    .toSorted(byClaim)
    .at(-1);
  if (last && !last.sentAt) return { rule: 'invitation', cycle: last.cycle };
  if (inviteOn === undefined || inviteOn > date) return undefined;
  // Whoever waits with an invitation gets it again where somebody has chosen a later day for that.
  const isSent = next.state === 'invited' && (invitedOn(record) ?? '') >= inviteOn;
  return isSent ? undefined : { rule: 'invitation', cycle: inviteOn };
}

function byClaim(one: SentReminder, other: SentReminder): number {
  return one.claimedAt < other.claimedAt ? -1 : 1;
}

/** When the newest invitation went out; undefined for who has had none. */
function invitedAt({ reminders, invitation }: StaffRecord): Instant | undefined {
  const sent = reminders.flatMap(({ rule, sentAt }) => (rule === 'invitation' && sentAt ? [sentAt] : [])).sort();
  return sent.at(-1) ?? (invitation && addMinutes(invitation.expiresAt, -invitationMinutes));
}

/** The day on which the newest invitation went out. */
export function invitedOn(record: StaffRecord): CalendarDate | undefined {
  const at = invitedAt(record);
  return at === undefined ? undefined : dateOf(new Date(at));
}

function currentStep(
  record: StaffRecord,
  assignment: Assignment,
  policy: AssignmentPolicy,
  rules: ReminderRules,
  asOf: AsOf,
): PersonReminder | undefined {
  const { certificate, due, cycle } = assignment;
  // Nothing can be said of a last day that nobody has chosen.
  if (!certificate && !policy.introduction) return undefined;
  const reached = rules.steps
    .flatMap((step) => dayOf(step, assignment) ?? [])
    .filter(({ day }) => day <= asOf.date)
    .sort((one, other) => (one.day < other.day ? -1 : 1))
    .at(-1);
  if (!reached) return undefined;
  const rule = reached.step.id;
  if (reached.step.on === 'assigned') {
    return isSaidByInvitation(record, cycle, policy) ? undefined : { rule, cycle, says: 'assigned', assignment };
  }
  // Nobody is told that they are late by the mail after the invitation.
  const invited = invitedOn(record);
  if (invited && reached.day <= invited && asOf.date < addDays(invited, rules.daysAfterInvitation)) return undefined;
  if (certificate) return { rule, cycle: `${cycle}@${certificate.validUntil}`, says: 'expiring', assignment };
  return { rule, cycle: `${cycle}@${due}`, says: saysOn(asOf.date, due), assignment };
}

/** As it stands when the mail goes out, which may be some days late. */
function saysOn(date: CalendarDate, due: CalendarDate): 'before' | 'due' | 'overdue' {
  if (date === due) return 'due';
  return date < due ? 'before' : 'overdue';
}

/** While a certificate holds there is only its renewal to speak of, else only the last day. */
function dayOf(
  step: ReminderStep,
  { certificate, renewableFrom, due }: Assignment,
): { readonly step: ReminderStep; readonly day: CalendarDate } | undefined {
  if (certificate) {
    if (step.on === 'renewal-opens') return renewableFrom && { step, day: renewableFrom };
    return step.on === 'validity-ends' ? { step, day: addDays(certificate.validUntil, step.days) } : undefined;
  }
  // Before every other.
  if (step.on === 'assigned') return { step, day: '' as CalendarDate };
  return step.on === 'due' ? { step, day: addDays(due, step.days) } : undefined;
}

/** Who was invited when there was this to do has been told so by the invitation. */
function isSaidByInvitation(record: StaffRecord, cycle: string, policy: AssignmentPolicy): boolean {
  const known = invitedAt(record);
  if (known === undefined) return false;
  const then = assignmentsOn(record, policy, { date: dateOf(new Date(known)), known });
  return then.some((assignment) => assignment.cycle === cycle);
}

function certificateReminders(
  { certificates }: StaffRecord,
  { steps }: ReminderRules,
  { date, known }: AsOf,
): readonly PersonReminder[] {
  return steps.flatMap((step) => {
    if (step.on !== 'certificate') return [];
    const fresh = certificates.filter(
      ({ issuedAt, issuedOn, validUntil }) =>
        issuedAt <= known && date <= addDays(issuedOn, step.withinDays) && date <= validUntil,
    );
    return fresh.map((certificate) => ({
      rule: step.id,
      cycle: `${certificate.track}:${certificate.code}`,
      says: 'certificate' as const,
      certificate,
    }));
  });
}

/** What kind of message a rule sends; `gone` is a step that the rules no longer have. */
export function kindOf(rule: string, { steps }: ReminderRules) {
  const own = ownRules.find((one) => one === rule);
  if (own) return own;
  const step = steps.find(({ id }) => id === rule);
  if (!step) return 'gone';
  if (step.on === 'renewal-opens' || step.on === 'validity-ends') return 'expiring';
  if (step.on !== 'due') return step.on;
  return step.days === 0 ? 'due' : step.days < 0 ? 'before' : 'overdue';
}

/** What will go out from today on for so many days, if nothing changes. */
export function comingReminders(
  record: StaffRecord,
  basis: StepBasis,
  rules: ReminderRules,
  now: Date,
  days: number,
): readonly (PersonReminder & { readonly day: CalendarDate })[] {
  let coming = record;
  return Array.from({ length: days }, (_, count) => addDays(dateOf(now), count)).flatMap((day) => {
    const asOf = { date: day, known: instantOf(now) };
    const next = currentReminders(coming, basis, rules, asOf).filter(
      (one) => !isPaused(one.says, rules.paused ?? []) && !findReminder(coming, one),
    );
    coming = next.reduce((before, reminder) => asIfSent(before, reminder, day), coming);
    return next.map((reminder) => ({ ...reminder, day }));
  });
}

function asIfSent(record: StaffRecord, { rule, cycle, says }: PersonReminder, day: CalendarDate): StaffRecord {
  const at = `${day}T12:00:00.000Z`;
  const reminders = [...record.reminders, { rule, cycle, claimedAt: at, sentAt: at, failures: 0 }];
  const invitation = says === 'invitation' ? { expiresAt: addMinutes(at, invitationMinutes) } : record.invitation;
  return { ...record, reminders, invitation };
}

/** What a manager has sent and did not arrive, as long as there is something to remind of. */
function byHand({ reminders }: StaffRecord, open: readonly Assignment[]): readonly PersonReminder[] {
  const [assignment] = open;
  if (!assignment) return [];
  return reminders
    .filter(({ rule, sentAt, passedOverAt }) => rule === 'by-hand' && !sentAt && !passedOverAt)
    .map(({ rule, cycle }) => ({ rule, cycle, says: 'by-hand' as const, assignment }));
}

/** Somebody in a manager's digest. */
export interface DigestLine {
  readonly person: StaffRecord;
  /** No invitation has gone out, and no day has been chosen for it: the person knows nothing of the course. */
  readonly isUninvited: boolean;
  readonly why: 'before-alone' | 'overdue' | 'not-invited' | 'no-email';
  readonly assignment: Assignment;
}

export interface Digest extends ReminderKey {
  readonly lines: readonly DigestLine[];
  /** Of units without a manager, for who takes over: an administrator by name, a department head in numbers alone. */
  readonly unmanaged: {
    readonly lines: readonly DigestLine[];
    readonly counts: readonly { readonly unit: NodeId; readonly counts: DigestCounts }[];
  };
}

export type DigestCounts = Readonly<Record<DigestLine['why'], number>>;

export function countLines(lines: readonly DigestLine[]): DigestCounts {
  const count = (why: DigestLine['why']) => lines.filter((line) => line.why === why).length;
  return {
    'before-alone': count('before-alone'),
    overdue: count('overdue'),
    'not-invited': count('not-invited'),
    'no-email': count('no-email'),
  };
}

/** Somebody's record with the grants that are awake. */
export type Leader = Omit<StaffRecord, 'grants'> & { readonly grants: readonly AwakeGrant[] };

/**
 * The week's digest for who leads units, or takes over one that nobody leads, and is at work, if the time has come and it has not gone out. From its weekday
 * through Sunday: a server that was down that day, or a week that begins with nothing to tell, gets it later in the week.
 */
export function digestDue(manager: Leader, rules: ReminderRules, now: Date): ReminderKey | undefined {
  const today = dateOf(now);
  if (hourOf(now) < rules.fromHour || weekdayOf(today) < rules.digest.weekday) return undefined;
  // Its link leads to a page for who can sign in.
  if (!manager.canSignIn || !isReachedByMail(manager) || manager.grants.length === 0) return undefined;
  const staffing = staffingAt(manager, instantOf(now));
  if (!staffing?.engagements.some((one) => isActive(one, today)) || isOnLeave(staffing, today)) return undefined;
  const key = { rule: 'digest', cycle: isoWeekOf(today) };
  return mayGoOut(manager, key, rules, now) ? key : undefined;
}

/** The units that somebody leads, also those below a place that they lead. */
export function unitsLedBy({ grants }: Pick<Leader, 'grants'>, tree: Tree): readonly NodeId[] {
  const units = grants
    .filter(leadsUnits)
    .flatMap(({ place }) =>
      place === 'everything' ? tree.places.filter(({ kind }) => kind === 'unit') : tree.unitsUnder(place),
    );
  return [...new Set(units.map(({ id }) => id))];
}

const swedish = new Intl.Collator('sv');
export const digestOrder = ['before-alone', 'overdue', 'not-invited', 'no-email'] as const;

/**
 * Who a manager has to see to: may not work alone, is overdue, or has something to do and has not been invited
 * to it or has no e-mail to be reminded by.
 * Nobody on leave, and not the manager, who is reminded as everybody else.
 */
export function* digestLines(
  manager: Pick<StaffRecord, 'id'>,
  staff: readonly StaffRecord[],
  units: readonly NodeId[],
  basis: StepBasis,
  asOf: AsOf,
): Steps<readonly DigestLine[]> {
  if (!basis.policy.introduction) return [];
  const lines: DigestLine[] = [];
  for (const person of staff) {
    yield;
    const line = person.id === manager.id ? undefined : digestLine(person, units, basis, asOf);
    if (line) lines.push(line);
  }
  const order = ({ why }: DigestLine) => digestOrder.indexOf(why);
  return lines.toSorted(
    (one, other) => order(one) - order(other) || swedish.compare(one.person.name, other.person.name),
  );
}

function digestLine(
  person: StaffRecord,
  units: readonly NodeId[],
  basis: StepBasis,
  asOf: AsOf,
): DigestLine | undefined {
  const staffing = staffingAt(person, asOf.known);
  if (!staffing || isOnLeave(staffing, asOf.date)) return undefined;
  const next = nextStep({ record: person }, { ...basis, asOf });
  const isUninvited = next.state === 'not-invited' && next.on === undefined;
  for (const unit of units) {
    const barred = workAloneBlock(person, unit, basis.policy, asOf);
    if (barred) return { person, isUninvited, ...barred };
  }
  const worksHere = staffing.engagements.some(
    (one) => one.unit !== undefined && units.includes(one.unit) && (one.to === undefined || one.to >= asOf.date),
  );
  const open = openAssignments(person, basis.policy, asOf).filter(({ units: forUnits }) =>
    forUnits.length === 0 ? worksHere : forUnits.some((unit) => units.includes(unit)),
  );
  const [worst] = open;
  if (!worst) return undefined;
  const line = { person, isUninvited, assignment: worst };
  if (worst.state === 'overdue') return { ...line, why: 'overdue' };
  if (isUninvited) return { ...line, why: 'not-invited' };
  return isReachedByMail(person) ? undefined : { ...line, why: 'no-email' };
}
