import { addDays, dateOf, earlier, endOfDay, instantOf } from '#domain/kernel/calendar.ts';
import { type Category, categories } from '#domain/kernel/category.ts';
import type { CalendarDate, Instant, NodeId } from '#domain/kernel/ids.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { Decision } from '#domain/people/person.ts';
import type { HeldCertificate, StaffRecord } from '#domain/people/staff-record.ts';
import type { Engagement } from '#domain/people/staffing.ts';
import { isActive, isOnLeave, staffingAt } from '#domain/people/staffing.ts';
import { type Introduction, introductionAsOf } from '#domain/settings/introduction.ts';

/** Who must take which course by when: data in content/assignments.yaml. */
export interface AssignmentRule {
  readonly id: string;
  readonly category: Category;
  /** Codes of places; absent: everywhere. */
  readonly places?: readonly string[] | undefined;
  readonly track: Category;
  /** From the first day of work to the last day for the course; 0: the first day. */
  readonly days: number;
  /** May not work alone before there is a certificate. */
  readonly beforeAlone: boolean;
  /** Other tracks whose certificate will do. */
  readonly accepts: readonly Category[];
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
}

export interface AssignmentRules {
  /** A certificate can be renewed so many days before it ends. */
  readonly renewalOpensDays: number;
  /** What is proposed to who chooses how long those have who already work when the requirement is introduced. */
  readonly introductionDays: number;
  /** The first that fits holds. */
  readonly rules: readonly AssignmentRule[];
}

export const assignmentStates = ['overdue', 'expiring', 'under-way', 'not-started', 'done', 'exempt'] as const;
/** Worst first in `assignmentStates`. */
export type AssignmentState = (typeof assignmentStates)[number];

/** What a person has to take, as it stands on one day. */
export interface Assignment {
  readonly track: Category;
  /** Other tracks whose certificate will do. */
  readonly accepts: readonly Category[];
  /** The same as long as it is one and the same thing to do; another for each renewal. */
  readonly cycle: string;
  /** By a rule it is mandatory; what a manager gives besides is not. */
  readonly mandatory: boolean;
  readonly beforeAlone: boolean;
  /** Where the work is that it is for. */
  readonly units: readonly NodeId[];
  /** First day on which the work asks for it, or the day it was given. */
  readonly since: CalendarDate;
  /** Last day for it, inclusive. */
  readonly due: CalendarDate;
  /** Nobody has chosen when the requirement begins: the day moves until somebody has, and is none to tell anybody. */
  readonly isDueOpen?: true | undefined;
  readonly state: AssignmentState;
  /** The certificate that holds on the day. */
  readonly certificate?: HeldCertificate | undefined;
  /** From this day that certificate can be renewed; absent where it holds as long as the work does. */
  readonly renewableFrom?: CalendarDate | undefined;
  readonly exemption?: Extract<Decision, { kind: 'exempt' }> | undefined;
  /** By which a manager gave it. */
  readonly given?: Extract<Decision, { kind: 'assign' }> | undefined;
  /** By which a manager moved its last day. */
  readonly moved?: Extract<Decision, { kind: 'move-due' }> | undefined;
}

/** Which day is asked about, and what was known then: for a past day the end of that day, for others now. */
export interface AsOf {
  readonly date: CalendarDate;
  readonly known: Instant;
}

export function asOf(date: CalendarDate, now: Date): AsOf {
  return { date, known: date < dateOf(now) ? endOfDay(date) : instantOf(now) };
}

/** The rules on one tree: where a rule's places are. Make it once for many people. */
export interface AssignmentPolicy {
  readonly renewalOpensDays: number;
  /** Absent: nobody has chosen from which day the requirement holds, and until then nobody is late. */
  readonly introduction: Introduction | undefined;
  introductionAsOf(date: CalendarDate): Introduction;
  ruleFor(engagement: Engagement, date: CalendarDate): AssignmentRule | undefined;
}

export function assignmentPolicy(
  { rules, renewalOpensDays, introductionDays }: AssignmentRules,
  tree: Tree,
  introduction: Introduction | undefined,
): AssignmentPolicy {
  const codes = new Map<NodeId, readonly string[]>();
  const codesAt = (unit: NodeId): readonly string[] => {
    const known = codes.get(unit) ?? tree.pathOf(unit).flatMap((id) => tree.get(id)?.code ?? []);
    codes.set(unit, known);
    return known;
  };
  const byCategory = Map.groupBy(rules, ({ category }) => category);
  return {
    renewalOpensDays,
    introduction,
    introductionAsOf: (date) => introductionAsOf(introduction, introductionDays, date),
    ruleFor: ({ category, unit }, date) =>
      byCategory
        .get(category)
        ?.find(
          (rule) =>
            isWithin(rule, date) &&
            (!rule.places || (unit !== undefined && rule.places.some((code) => codesAt(unit).includes(code)))),
        ),
  };
}

/** Work for which a rule asks for a track, and from when: the rule may be younger than the work. */
interface RuleApplication {
  readonly engagement: Engagement;
  readonly rule: AssignmentRule;
  readonly from: CalendarDate;
}

/** Work in which the same track is asked for, without a day between. */
interface EmploymentPeriod {
  readonly track: Category;
  readonly from: CalendarDate;
  readonly to: CalendarDate | undefined;
  readonly parts: readonly RuleApplication[];
  /** The one before it that asked for the same track. */
  readonly previous: EmploymentPeriod | undefined;
}

/** Everything a person has to take on a day: by rule for the work they do or are about to begin, and what a manager has given. */
export function assignmentsOn(record: StaffRecord, policy: AssignmentPolicy, asOf: AsOf): readonly Assignment[] {
  const staffing = staffingAt(record, asOf.known);
  if (!staffing) return [];
  const open = employmentPeriodsOf(staffing.engagements, policy, asOf.date).filter(
    (period) => !isOver(period, asOf.date),
  );
  const byRule = [...Map.groupBy(open, ({ track }) => track).values()].flatMap((periods) => {
    // Who has finished what today's work asks for has the coming work's in front of them.
    const assignments = periods.map((period) => byRuleOn(record, period, policy, asOf));
    return assignments.find(({ state }) => state !== 'done') ?? assignments[0] ?? [];
  });
  const works = staffing.engagements.some((engagement) => !isOver(engagement, asOf.date));
  const given = works
    ? givenOn(record, policy, asOf).filter(({ track }) => !byRule.some((one) => one.track === track))
    : [];
  return [...byRule, ...given];
}

function employmentPeriodsOf(
  engagements: readonly Engagement[],
  policy: AssignmentPolicy,
  date: CalendarDate,
): readonly EmploymentPeriod[] {
  const periods: EmploymentPeriod[] = [];
  const parts = engagements.flatMap((engagement) => ruleApplicationOf(engagement, policy, date) ?? []);
  for (const part of parts.toSorted((one, other) => inOrder(one.from, other.from))) {
    const { from, engagement, rule } = part;
    const last = periods.findLastIndex(({ track }) => track === rule.track);
    const before = periods[last];
    if (before && (before.to === undefined || from <= addDays(before.to, 1))) {
      periods[last] = { ...before, to: later(before.to, engagement.to), parts: [...before.parts, part] };
    } else periods.push({ track: rule.track, from, to: engagement.to, parts: [part], previous: before });
  }
  return periods;
}

/** A rule is chosen as of the day, or of the first day of work that has not begun. */
function ruleApplicationOf(
  engagement: Engagement,
  policy: AssignmentPolicy,
  date: CalendarDate,
): RuleApplication | undefined {
  if (engagement.to !== undefined && engagement.to < engagement.from) return undefined;
  const rule = policy.ruleFor(engagement, engagement.from > date ? engagement.from : date);
  return rule && { engagement, rule, from: askedFrom(engagement, rule, policy) };
}

/** A new rule gives those who already work its days from when it began; one that replaces another of the same track does not. */
function askedFrom(engagement: Engagement, rule: AssignmentRule, policy: AssignmentPolicy): CalendarDate {
  if (rule.from === undefined || rule.from <= engagement.from) return engagement.from;
  const before = policy.ruleFor(engagement, addDays(rule.from, -1));
  return before?.track === rule.track ? askedFrom(engagement, before, policy) : rule.from;
}

function byRuleOn(
  record: StaffRecord,
  period: EmploymentPeriod,
  policy: AssignmentPolicy,
  { date, known }: AsOf,
): Assignment {
  const { track } = period;
  const parts = period.parts.filter(({ engagement }) => !isOver(engagement, date));
  const active = parts.filter(({ engagement }) => isActive(engagement, date));
  const accepts = categories.filter((one) => one !== track && parts.every(({ rule }) => rule.accepts.includes(one)));
  const held = heldBy(record, [track, ...accepts], known);
  const certificate = lastToEnd(held.filter((one) => holdsOn(one, date)));
  const renewableFrom =
    certificate && outlasts(period, certificate)
      ? addDays(certificate.validUntil, -policy.renewalOpensDays)
      : undefined;
  const isRenewal = renewableFrom !== undefined && date >= renewableFrom;
  // Certificates from before what is to be done now: all of them, or those before the one that it was done by.
  const isSettled = certificate !== undefined && !isRenewal;
  const past = held.filter((one) => !isSettled || one.issuedAt < certificate.issuedAt);
  const replaced = lastToEnd(past.filter(({ validUntil }) => validUntil >= period.from))?.validUntil;
  const decisions = decisionsOn(record, track, known);
  const moved = movedDue(decisions, cycleBegan(period, past));
  const exemption = exemptionOn(decisions, date);
  const introduction = policy.introductionAsOf(date);
  const due = dueByRule(period, introduction);
  const assignment = {
    track,
    accepts,
    cycle: `${track}:${replaced ?? period.from}`,
    mandatory: true,
    beforeAlone:
      !isInTransition(period, introduction, date) &&
      (active.length > 0 ? active : parts).some(({ rule }) => rule.beforeAlone),
    units: [...new Set(parts.flatMap(({ engagement }) => engagement.unit ?? []))],
    since: period.from,
    due: lastOf([moved?.due ?? lastOf([due, ...(replaced ? [replaced] : [])]) ?? due, introduction.on]) ?? due,
    ...(!policy.introduction && { isDueOpen: true as const }),
    certificate,
    renewableFrom,
    moved,
  };
  if (exemption && !certificate) return { ...assignment, state: 'exempt', exemption };
  if (certificate) return { ...assignment, state: isRenewal && !exemption ? 'expiring' : 'done' };
  return { ...assignment, state: unfinished(record, assignment, held, { date, known }) };
}

/**
 * The one rule of when a course is due (decision 0033): so long after the introduction for who worked before it, and by the rules
 * of their work for everybody who begins later. A manager may move the day, never to before the introduction.
 */
function dueByRule(period: EmploymentPeriod, introduction: Introduction): CalendarDate {
  if (isFromBefore(period, introduction)) return addDays(introduction.on, introduction.days);
  return period.parts.map(({ from, rule }) => addDays(from, rule.days)).reduce(earlier);
}

function isFromBefore({ from }: EmploymentPeriod, { on }: Introduction): boolean {
  return from < on;
}

/** Who worked before the introduction goes on as before, also alone, until their days have passed. */
function isInTransition(period: EmploymentPeriod, introduction: Introduction, date: CalendarDate): boolean {
  return isFromBefore(period, introduction) && date <= dueByRule(period, introduction);
}

/** What nobody asks for by rule. A certificate from after it was given settles it for good, one that still holds until it ends. */
function givenOn(record: StaffRecord, policy: AssignmentPolicy, { date, known }: AsOf): readonly Assignment[] {
  const tracks = new Set(record.decisions.flatMap((one) => (one.kind === 'assign' ? [one.track] : [])));
  return [...tracks].flatMap((track): Assignment[] => {
    const decisions = decisionsOn(record, track, known);
    const given = decisions.findLast((one) => one.kind === 'assign');
    if (!given) return [];
    const held = heldBy(record, [track], known);
    const certificate = lastToEnd(held.filter((one) => holdsOn(one, date)));
    const before = held.filter(({ issuedAt }) => issuedAt < given.at);
    const isDone = certificate !== undefined || before.length < held.length;
    const moved = movedDue(decisions, given.at);
    const exemption = exemptionOn(decisions, date);
    const due = lastOf([given.due, ...before.map(({ validUntil }) => validUntil)]) ?? given.due;
    const assignment = {
      track,
      accepts: [],
      cycle: `${track}:${given.id}`,
      mandatory: false,
      beforeAlone: false,
      units: given.unit ? [given.unit] : [],
      since: dateOf(new Date(given.at)),
      due: lastOf([moved?.due ?? due, policy.introductionAsOf(date).on]) ?? due,
      ...(!policy.introduction && { isDueOpen: true as const }),
      certificate,
      given,
      moved,
    };
    if (isDone) return [{ ...assignment, state: 'done' }];
    if (exemption) return [{ ...assignment, state: 'exempt', exemption }];
    return [{ ...assignment, state: unfinished(record, assignment, held, { date, known }) }];
  });
}

function heldBy(record: StaffRecord, tracks: readonly Category[], known: Instant): readonly HeldCertificate[] {
  return record.certificates.filter(({ track, issuedAt }) => tracks.includes(track) && issuedAt <= known);
}

function holdsOn({ issuedOn, validUntil }: HeldCertificate, date: CalendarDate): boolean {
  return issuedOn <= date && date <= validUntil;
}

/** A certificate that ends while the work goes on is to be renewed. */
function outlasts({ to }: EmploymentPeriod, { validUntil }: HeldCertificate): boolean {
  return to === undefined || to > validUntil;
}

/**
 * Decisions from before this moment were about something else to do: what an earlier certificate settled, or earlier work
 * that came to its end without one.
 */
function cycleBegan({ previous }: EmploymentPeriod, past: readonly HeldCertificate[]): Instant | undefined {
  const last = lastOf(past.map(({ issuedAt }) => issuedAt));
  if (!previous?.to) return last;
  const { from, to } = previous;
  // A certificate that ended before the work did left a renewal undone.
  if (past.some(({ issuedOn, validUntil }) => issuedOn >= from && validUntil >= to)) return last;
  return lastOf([endOfDay(to), ...(last ? [last] : [])]);
}

/** @param held what was done for one of these does not count again */
function unfinished(
  { examBegun, lessonsDone }: StaffRecord,
  { track, due }: Pick<Assignment, 'track' | 'due'>,
  held: readonly HeldCertificate[],
  { date, known }: AsOf,
): AssignmentState {
  if (date > due) return 'overdue';
  const begun = [...Object.values(lessonsDone), ...(examBegun[track] ? [examBegun[track]] : [])];
  const hasBegun = begun.some((at) => at <= known && held.every(({ issuedAt }) => issuedAt < at));
  return hasBegun ? 'under-way' : 'not-started';
}

/** What holds of a manager's decisions about a track: known by then, and not taken back. Oldest first. */
function decisionsOn(record: StaffRecord, track: Category, known: Instant): readonly Decision[] {
  const made = record.decisions.filter((decision) => decision.track === track && decision.at <= known);
  const withdrawn = new Set(made.flatMap((one) => (one.kind === 'withdraw' ? [one.decision] : [])));
  return made.filter(({ id, kind }) => kind !== 'withdraw' && !withdrawn.has(id));
}

/** @param since a date moved before this moment was for an earlier cycle */
function movedDue(decisions: readonly Decision[], since: Instant | undefined) {
  return decisions.filter((one) => one.kind === 'move-due').findLast(({ at }) => since === undefined || at > since);
}

/** Whoever gives the course, or a date for it, after an exemption has thought again. */
function exemptionOn(decisions: readonly Decision[], date: CalendarDate) {
  const last = decisions.at(-1);
  return last?.kind === 'exempt' && (last.until === undefined || date <= last.until) ? last : undefined;
}

/**
 * Why somebody may not work alone in a unit on a day: at work there and not on leave, with something mandatory to take for
 * which no certificate holds that day, and either a rule that says “not before the certificate” or a last day that has passed.
 * Nobody because of an introduction whose days have not passed.
 */
export function workAloneBlock(
  record: StaffRecord,
  unit: NodeId,
  policy: AssignmentPolicy,
  asOf: AsOf,
): { readonly assignment: Assignment; readonly why: 'before-alone' | 'overdue' } | undefined {
  const { date, known } = asOf;
  const staffing = staffingAt(record, known);
  if (!staffing || isOnLeave(staffing, date)) return undefined;
  for (const period of employmentPeriodsOf(staffing.engagements, policy, date)) {
    const here = period.parts.filter(({ engagement }) => engagement.unit === unit && isActive(engagement, date));
    // Another unit's rule may be stricter: what counts here is whether a certificate will do here.
    const open = here.filter(
      ({ rule }) => !heldBy(record, [rule.track, ...rule.accepts], known).some((one) => holdsOn(one, date)),
    );
    if (open.length === 0) continue;
    const assignment = byRuleOn(record, period, policy, asOf);
    if (assignment.state === 'exempt') continue;
    const hasTime = isInTransition(period, policy.introductionAsOf(date), date);
    if (!hasTime && open.some(({ rule }) => rule.beforeAlone)) return { assignment, why: 'before-alone' };
    if (date > assignment.due) return { assignment, why: 'overdue' };
  }
  return undefined;
}

function isOver({ to }: { readonly to?: CalendarDate | undefined }, date: CalendarDate): boolean {
  return to !== undefined && to < date;
}

function isWithin(rule: Pick<AssignmentRule, 'from' | 'to'>, date: CalendarDate): boolean {
  return (rule.from === undefined || rule.from <= date) && (rule.to === undefined || date <= rule.to);
}

function inOrder(one: CalendarDate, other: CalendarDate): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Of two last days; open-ended is later than any. */
function later(one: CalendarDate | undefined, other: CalendarDate | undefined): CalendarDate | undefined {
  if (one === undefined || other === undefined) return undefined;
  return one > other ? one : other;
}

function lastToEnd(certificates: readonly HeldCertificate[]): HeldCertificate | undefined {
  return certificates.reduce<HeldCertificate | undefined>(
    (last, one) => (last === undefined || one.validUntil > last.validUntil ? one : last),
    undefined,
  );
}

function lastOf<T extends Instant | CalendarDate>(moments: readonly T[]): T | undefined {
  return moments.toSorted().at(-1);
}
