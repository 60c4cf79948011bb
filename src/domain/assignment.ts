import { addDays } from './calendar.ts';
import type { CalendarDate, Instant, NodeId } from './ids.ts';
import type { Tree } from './organisation.ts';
import type { Category, Decision, Engagement } from './person.ts';
import type { HeldCertificate, StaffRecord } from './staff-record.ts';
import { isActive, isOnLeave, staffingAt } from './staffing.ts';

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
  /** The first that fits holds. */
  readonly rules: readonly AssignmentRule[];
}

export const assignmentStates = ['overdue', 'expiring', 'under-way', 'not-started', 'done', 'exempt'] as const;
/** Worst first in `assignmentStates`. */
export type AssignmentState = (typeof assignmentStates)[number];

/** What a person has to take, as it stands on one day. */
export interface Assignment {
  readonly track: Category;
  /** The same as long as it is one and the same thing to do; another after each certificate. */
  readonly cycle: string;
  /** By a rule it is mandatory; what a manager gives besides is not. */
  readonly mandatory: boolean;
  readonly beforeAlone: boolean;
  /** Where the work is that it is for. */
  readonly units: readonly NodeId[];
  /** First day of the work it is for, or the day it was given. */
  readonly since: CalendarDate;
  /** Last day for it, inclusive. */
  readonly due: CalendarDate;
  readonly state: AssignmentState;
  /** The certificate that holds on the day. */
  readonly certificate?: HeldCertificate | undefined;
  readonly exemption?: Extract<Decision, { kind: 'exempt' }> | undefined;
}

/** Which day is asked about, and what was known then: for a past day the end of that day, for others now. */
export interface AsOf {
  readonly date: CalendarDate;
  readonly known: Instant;
}

/** The rules on one tree: where a rule's places are. Make it once for many people. */
export interface RuleBook {
  readonly renewalOpensDays: number;
  ruleFor(engagement: Engagement, date: CalendarDate): AssignmentRule | undefined;
}

export function ruleBook({ rules, renewalOpensDays }: AssignmentRules, tree: Tree): RuleBook {
  const codes = new Map<NodeId, readonly string[]>();
  const codesAt = (unit: NodeId): readonly string[] => {
    const known = codes.get(unit) ?? tree.pathOf(unit).flatMap((id) => tree.get(id)?.code ?? []);
    codes.set(unit, known);
    return known;
  };
  return {
    renewalOpensDays,
    ruleFor: ({ category, unit }, date) =>
      rules.find(
        (rule) =>
          rule.category === category &&
          isWithin(rule, date) &&
          (!rule.places || (unit !== undefined && rule.places.some((code) => codesAt(unit).includes(code)))),
      ),
  };
}

/** Work in which the same track is asked for, without a day between. */
interface Spell {
  readonly track: Category;
  readonly from: CalendarDate;
  readonly to: CalendarDate | undefined;
  readonly parts: readonly { readonly engagement: Engagement; readonly rule: AssignmentRule }[];
}

/** Everything a person has to take on a day: by rule for the work they do or are about to begin, and what a manager has given. */
export function assignmentsOn(record: StaffRecord, book: RuleBook, asOf: AsOf): readonly Assignment[] {
  const staffing = staffingAt(record, asOf.known);
  if (!staffing) return [];
  const spells = relevantSpells(staffing.engagements, book, asOf.date);
  const byRule = spells.map((spell) => byRuleOn(record, spell, book, asOf));
  const works = staffing.engagements.some(({ to }) => to === undefined || to >= asOf.date);
  const given = works ? givenOn(record, asOf).filter(({ track }) => !byRule.some((one) => one.track === track)) : [];
  return [...byRule, ...given];
}

function relevantSpells(engagements: readonly Engagement[], book: RuleBook, date: CalendarDate): readonly Spell[] {
  const spells: Spell[] = [];
  for (const engagement of engagements.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    if (engagement.to !== undefined && engagement.to < engagement.from) continue;
    // A rule is chosen as of the day, or of the first day of work that has not begun.
    const rule = book.ruleFor(engagement, engagement.from > date ? engagement.from : date);
    if (!rule) continue;
    const part = { engagement, rule };
    const last = spells.findLastIndex(({ track }) => track === rule.track);
    const before = spells[last];
    if (before && (before.to === undefined || engagement.from <= addDays(before.to, 1))) {
      spells[last] = { ...before, to: later(before.to, engagement.to), parts: [...before.parts, part] };
    } else spells.push({ track: rule.track, from: engagement.from, to: engagement.to, parts: [part] });
  }
  const tracks = [...new Set(spells.map(({ track }) => track))];
  return tracks.flatMap((track) => {
    const open = spells.filter((spell) => spell.track === track && (spell.to === undefined || spell.to >= date));
    return open[0] ?? [];
  });
}

function byRuleOn(record: StaffRecord, spell: Spell, book: RuleBook, { date, known }: AsOf): Assignment {
  const parts = spell.parts.filter(({ engagement }) => engagement.to === undefined || engagement.to >= date);
  const active = parts.filter(({ engagement }) => isActive(engagement, date));
  const first = spell.parts[0];
  const accepted = [spell.track, ...new Set(spell.parts.flatMap(({ rule }) => rule.accepts))];
  const held = record.certificates.filter(({ track, issuedAt }) => accepted.includes(track) && issuedAt <= known);
  const valid = lastToEnd(held.filter(({ issuedOn, validUntil }) => issuedOn <= date && date <= validUntil));
  const ended = lastToEnd(held.filter(({ validUntil }) => validUntil < date && validUntil >= spell.from));
  const isRenewed = valid !== undefined && isRenewal(valid, spell, book, date);
  const began = isRenewed ? valid.validUntil : valid === undefined ? ended?.validUntil : undefined;
  const original = began ?? addDays(spell.from, first?.rule.days ?? 0);
  const cycle = `${spell.track}:${began ?? spell.from}`;
  const decisions = decisionsOn(record, spell.track, known);
  const base = {
    track: spell.track,
    cycle,
    mandatory: true,
    beforeAlone: (active.length > 0 ? active : parts).some(({ rule }) => rule.beforeAlone),
    units: [...new Set(parts.flatMap(({ engagement }) => engagement.unit ?? []))],
    since: spell.from,
    due: movedDue(decisions, lastOf([...held].map(({ issuedAt }) => issuedAt))) ?? original,
    certificate: valid,
  };
  const exemption = exemptionOn(decisions, date);
  if (exemption && !valid) return { ...base, state: 'exempt', exemption };
  if (valid) return { ...base, state: isRenewed ? 'expiring' : 'done' };
  return { ...base, state: unfinished(record, base, known, date) };
}

/** What nobody asks for by rule. A certificate from after it was given settles it for good, one that still holds until it ends. */
function givenOn(record: StaffRecord, { date, known }: AsOf): readonly Assignment[] {
  const given = record.decisions.filter(
    (decision): decision is Extract<Decision, { kind: 'assign' }> => decision.kind === 'assign' && decision.at <= known,
  );
  const tracks = [...new Set(given.map(({ track }) => track))];
  return tracks.flatMap((track): Assignment[] => {
    const decisions = decisionsOn(record, track, known);
    const assigned = decisions.findLast((one) => one.kind === 'assign');
    if (assigned?.kind !== 'assign') return [];
    const held = record.certificates.filter((one) => one.track === track && one.issuedAt <= known);
    const settled =
      held.find(({ issuedAt }) => issuedAt >= assigned.at) ??
      lastToEnd(held.filter(({ issuedOn, validUntil }) => issuedOn <= date && date <= validUntil));
    const base = {
      track,
      cycle: `${track}:${assigned.id}`,
      mandatory: false,
      beforeAlone: false,
      units: [],
      since: assigned.at.slice(0, 10) as CalendarDate,
      due: movedDue(decisions, assigned.at) ?? assigned.due,
      certificate: settled,
    };
    const exemption = exemptionOn(decisions, date);
    if (exemption && !settled) return [{ ...base, state: 'exempt', exemption }];
    return [{ ...base, state: settled ? 'done' : unfinished(record, base, known, date) }];
  });
}

/** A certificate that ends while the work goes on is to be renewed, from some time before. */
function isRenewal(valid: HeldCertificate, spell: Spell, book: RuleBook, date: CalendarDate): boolean {
  const outlasts = spell.to === undefined || spell.to > valid.validUntil;
  return outlasts && date >= addDays(valid.validUntil, -book.renewalOpensDays);
}

function unfinished(
  record: StaffRecord,
  { track, due }: Pick<Assignment, 'track' | 'due'>,
  known: Instant,
  date: CalendarDate,
): AssignmentState {
  if (date > due) return 'overdue';
  const begun = record.examBegun[track];
  const hasBegun =
    (begun !== undefined && begun <= known) || Object.values(record.lessonsDone).some((at) => at <= known);
  return hasBegun ? 'under-way' : 'not-started';
}

/** What holds of a manager's decisions about a track: known by then, and not taken back. Oldest first. */
function decisionsOn(record: StaffRecord, track: Category, known: Instant): readonly Decision[] {
  const made = record.decisions.filter((decision) => decision.track === track && decision.at <= known);
  const withdrawn = new Set(made.flatMap((one) => (one.kind === 'withdraw' ? [one.decision] : [])));
  return made.filter(({ id, kind }) => kind !== 'withdraw' && !withdrawn.has(id));
}

/** @param since a date moved before this moment was for an earlier cycle */
function movedDue(decisions: readonly Decision[], since: Instant | undefined): CalendarDate | undefined {
  const moved = decisions.findLast((one) => one.kind === 'move-due' && (since === undefined || one.at > since));
  return moved?.kind === 'move-due' ? moved.due : undefined;
}

function exemptionOn(decisions: readonly Decision[], date: CalendarDate) {
  const exempt = decisions.findLast((one) => one.kind === 'exempt');
  return exempt?.kind === 'exempt' && (exempt.until === undefined || date <= exempt.until) ? exempt : undefined;
}

/**
 * Why somebody may not work alone in a unit on a day: at work there and not on leave, with something mandatory to take for
 * which no certificate holds that day, and either a rule that says “not before the certificate” or a last day that has passed.
 */
export function barredFrom(
  record: StaffRecord,
  unit: NodeId,
  book: RuleBook,
  asOf: AsOf,
): { readonly assignment: Assignment; readonly why: 'before-alone' | 'overdue' } | undefined {
  const staffing = staffingAt(record, asOf.known);
  if (!staffing || isOnLeave(staffing, asOf.date)) return undefined;
  const here = staffing.engagements.filter((one) => one.unit === unit && isActive(one, asOf.date));
  if (here.length === 0) return undefined;
  const rules = here.flatMap((engagement) => book.ruleFor(engagement, asOf.date) ?? []);
  for (const assignment of assignmentsOn(record, book, asOf)) {
    const forHere = rules.filter(({ track }) => track === assignment.track);
    if (!assignment.mandatory || forHere.length === 0) continue;
    if (assignment.certificate || assignment.state === 'exempt') continue;
    if (forHere.some(({ beforeAlone }) => beforeAlone)) return { assignment, why: 'before-alone' };
    if (assignment.state === 'overdue') return { assignment, why: 'overdue' };
  }
  return undefined;
}

function isWithin(rule: Pick<AssignmentRule, 'from' | 'to'>, date: CalendarDate): boolean {
  return (rule.from === undefined || rule.from <= date) && (rule.to === undefined || date <= rule.to);
}

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

function lastOf(instants: readonly Instant[]): Instant | undefined {
  return instants.toSorted().at(-1);
}
