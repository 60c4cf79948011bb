/**
 * What should have been sent, told in the words of the assignment rules and without the code that is tested. It has facts
 * of its own, kept by the simulation beside those in the store. Days are `YYYY-MM-DD` and are compared as text.
 */

export interface Work {
  unit: string;
  from: string;
  to?: string | undefined;
}

export interface Fact {
  readonly id: string;
  readonly name: string;
  readonly hasEmail: boolean;
  readonly isProtected: boolean;
  readonly category: 'new-employee' | 'temporary-staff' | 'unit-manager';
  readonly leads: readonly string[];
  readonly work: Work[];
  readonly leaves: { from: string; to: string }[];
  readonly certificates: { track: string; on: string; until: string; code: string }[];
  /** Another last day for one thing to do. */
  readonly moved: Map<string, string>;
  /** The last decision about a track, if it is that it need not be taken. */
  readonly exempt: Map<string, { until: string | undefined }>;
  extra?: { due: string; thing: string } | undefined;
  inviteOn?: string | undefined;
  hasAccount: boolean;
  /** What has been sent, and what the invitation told of. */
  readonly sent: Set<string>;
  invitedOn?: string | undefined;
  toldByInvitation: readonly string[];
}

export interface Thing {
  readonly name: string;
  readonly track: string;
  readonly due: string;
  /** The last day of the certificate that is to be renewed and still holds. */
  readonly renewing?: string | undefined;
  readonly beforeAlone: boolean;
  readonly isExtra: boolean;
}

export interface Expected {
  readonly to: string;
  readonly kind: string;
  readonly date: string;
  /** For the digest: who is named. */
  readonly names?: readonly string[];
}

const days = { 'new-employee': 14, 'temporary-staff': 0, 'unit-manager': 30 };
const willDo = {
  'new-employee': ['new-employee', 'unit-manager'],
  'temporary-staff': ['temporary-staff', 'new-employee'],
  'unit-manager': ['unit-manager'],
};

export function plus(date: string, count: number): string {
  return new Date(Date.parse(date) + count * 86_400_000).toISOString().slice(0, 10);
}

export const isEmployed = ({ work }: Fact, day: string) => work.some(({ to }) => to === undefined || to >= day);
export const isAway = ({ leaves }: Fact, day: string) => leaves.some(({ from, to }) => from <= day && day <= to);
const worksOn = ({ from, to }: Work, day: string) => from <= day && (to === undefined || day <= to);

/** What the person has before them on a day, exempt or not. */
export function thingsOn(fact: Fact, day: string): readonly Thing[] {
  if (!isEmployed(fact, day)) return [];
  return [...byRule(fact, day), ...extra(fact, day)];
}

function byRule(fact: Fact, day: string): readonly Thing[] {
  const { category } = fact;
  const now = fact.work.filter(({ to }) => to === undefined || to >= day)[0];
  if (!now) return [];
  // Work without a day between is one and the same.
  let from = now.from;
  for (const one of fact.work.toReversed()) if (one.to !== undefined && plus(one.to, 1) === from) from = one.from;
  const last = fact.work.at(-1);
  const ends = fact.work
    .filter((one) => one === now || one.from > now.from)
    .reduce<string | undefined>((end, one) => (end !== undefined && plus(end, 1) === one.from ? one.to : end), now.to);
  const held = fact.certificates.filter((one) => willDo[category].includes(one.track) && one.on <= day);
  const valid = held
    .filter(({ until }) => until >= day)
    .sort((a, b) => (a.until < b.until ? -1 : 1))
    .at(-1);
  const base = { track: category, beforeAlone: category === 'temporary-staff', isExtra: false };
  if (valid) {
    const goesOn = ends === undefined || ends > valid.until;
    if (!last || !goesOn || day < plus(valid.until, -60)) return [];
    const name = `${category}:${valid.until}`;
    return [{ ...base, name, due: fact.moved.get(name) ?? valid.until, renewing: valid.until }];
  }
  const ended = held
    .map(({ until }) => until)
    .filter((until) => until >= from)
    .sort()
    .at(-1);
  const name = `${category}:${ended ?? from}`;
  const asked = plus(from, days[category]);
  const due = ended !== undefined && ended > asked ? ended : asked;
  return [{ ...base, name, due: fact.moved.get(name) ?? due }];
}

function extra(fact: Fact, day: string): readonly Thing[] {
  if (!fact.extra || fact.certificates.some(({ track, on }) => track === 'student' && on <= day)) return [];
  const { thing, due } = fact.extra;
  return [{ name: thing, track: 'student', due: fact.moved.get(thing) ?? due, beforeAlone: false, isExtra: true }];
}

export function openOn(fact: Fact, day: string): readonly Thing[] {
  return thingsOn(fact, day).filter(({ track }) => {
    const exempt = fact.exempt.get(track);
    return !exempt || (exempt.until !== undefined && day > exempt.until);
  });
}

/** What should come to everybody on a day on which mail can be sent. Remembers that it has. */
export function expectedOn(everybody: readonly Fact[], day: string): readonly Expected[] {
  return [
    ...everybody.flatMap((fact) => toPerson(fact, day)),
    ...everybody.flatMap((fact) => digestTo(fact, everybody, day)),
  ];
}

function toPerson(fact: Fact, day: string): readonly Expected[] {
  if (!fact.hasEmail || !isEmployed(fact, day) || isAway(fact, day)) return [];
  if (fact.inviteOn && !fact.hasAccount && !fact.invitedOn) {
    if (day < fact.inviteOn) return [];
    fact.invitedOn = day;
    fact.toldByInvitation = thingsOn(fact, day).map(({ name }) => name);
    return [{ to: fact.id, kind: 'invitation', date: '' }];
  }
  const certificates = fact.certificates
    .filter(({ on, until }) => on <= day && day <= plus(on, 14) && day <= until)
    .flatMap(({ code, until }) => once(fact, `certificate ${code}`, 'certificate', until));
  const steps = openOn(fact, day).flatMap((thing) => {
    const step = stepOf(thing, day);
    if (step.kind === 'assigned' && fact.toldByInvitation.includes(thing.name)) return [];
    // What the invitation came too late for is said a week after it.
    const { invitedOn } = fact;
    if (step.day && invitedOn && step.day <= invitedOn && day < plus(invitedOn, 7)) return [];
    const counted = step.kind === 'assigned' ? '' : (thing.renewing ?? thing.due);
    return once(fact, `${step.step} ${thing.name} ${counted}`, step.kind, thing.renewing ?? thing.due);
  });
  return [...certificates, ...steps];
}

function stepOf({ due, renewing }: Thing, day: string): { step: string; kind: string; day?: string } {
  if (renewing) {
    const isNear = day >= plus(renewing, -14);
    return { step: isNear ? 'nearer the end' : 'opens', kind: 'expiring', day: plus(renewing, isNear ? -14 : -60) };
  }
  if (day > due) return { step: 'overdue', kind: 'overdue', day: plus(due, 1) };
  if (day === due) return { step: 'due', kind: 'due', day: due };
  if (day >= plus(due, -7)) return { step: 'week before', kind: 'before', day: plus(due, -7) };
  return { step: 'assigned', kind: 'assigned' };
}

function once(fact: Fact, key: string, kind: string, date: string): readonly Expected[] {
  if (fact.sent.has(key)) return [];
  fact.sent.add(key);
  return [{ to: fact.id, kind, date }];
}

function digestTo(manager: Fact, everybody: readonly Fact[], day: string): readonly Expected[] {
  if (manager.leads.length === 0 || !manager.hasEmail || isAway(manager, day)) return [];
  if (!manager.work.some((one) => worksOn(one, day))) return [];
  const toSeeTo = everybody.filter((fact) => fact !== manager && needsTheManager(fact, manager.leads, day));
  const monday = plus(day, -((new Date(day).getUTCDay() + 6) % 7));
  if (toSeeTo.length === 0) return [];
  const names = toSeeTo.filter(({ isProtected }) => !isProtected).map(({ name }) => name);
  return once(manager, `digest ${monday}`, 'digest', '').map((one) => ({ ...one, names: names.sort() }));
}

/** May not work alone, is overdue, or has something to do and no e-mail. */
function needsTheManager(fact: Fact, units: readonly string[], day: string): boolean {
  if (isAway(fact, day)) return false;
  const here = fact.work.filter(({ unit, to }) => units.includes(unit) && (to === undefined || to >= day));
  if (here.length === 0) return false;
  return openOn(fact, day).some((thing) => {
    if (!fact.hasEmail) return true;
    if (thing.renewing) return false;
    const barred = thing.beforeAlone && here.some((one) => worksOn(one, day));
    return barred || day > thing.due;
  });
}
