import { isInvited } from '#domain/assignment/next-step.ts';
import { addDays } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { FileRow } from '#domain/kernel/cells.ts';
import type { CalendarDate, Instant, NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { Steps } from '#domain/kernel/steps.ts';
import type { Place } from '#domain/people/organisation.ts';
import { mayEnter, type StaffRecord } from '#domain/people/staff-record.ts';
import type { Leave, Staffing } from '#domain/people/staffing.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import type { ColumnMapping } from './columns.ts';
import { type DesiredEngagement, staffingAfter, staffingOfMissing } from './desired-staffing.ts';
import { listLimits } from './list-limits.ts';
import { type BrokenRow, type RowError, readRows, type StaffRow, type Trace } from './read-rows.ts';

/** What is chosen about a file besides its columns. */
export interface ImportChoices {
  /** The file holds everybody: who is missing has left. */
  readonly full: boolean;
  /** For rows whose category is missing or says nothing. */
  readonly otherCategory?: Category | undefined;
  /** The day on which those who have not been invited are; undefined: nobody is. */
  readonly inviteOn?: CalendarDate | undefined;
}

const swedish = new Intl.Collator('sv', { numeric: true });

/** Somebody the administrator reaches. */
export interface ReachedPerson {
  readonly record: StaffRecord;
  /** Whether their name may be shown: not those of protected identity, but for who is named to see them. */
  readonly mayName: boolean;
  /** Whether the administrator decides how they sign in (`credentials:person`), and so by which address. */
  readonly maySetAddress: boolean;
}

/** What an import meets: the people and units of the administrator, and what others hold of what is unique. */
export interface ImportWorld {
  readonly people: readonly ReachedPerson[];
  /** The units in reach. */
  readonly units: readonly Place[];
  /** Whether people who have not been placed in any unit are in reach. */
  readonly reachesUnplaced: boolean;
  /** E-mail addresses and employment numbers of everybody else, and addresses of those who may not be named. */
  readonly takenElsewhere: { readonly emails: ReadonlySet<string>; readonly numbers: ReadonlySet<string> };
  readonly today: CalendarDate;
}

export const changeKinds = ['added', 'moved', 'changed', 'ended'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const changeDetails = [
  'name',
  'email',
  'number',
  'category',
  'dates',
  'leave',
  'returned',
  'missing',
  'invited',
] as const;
export type ChangeDetail = (typeof changeDetails)[number];

/** What one person becomes. */
export interface PersonChange {
  readonly kind: ChangeKind;
  readonly details: readonly ChangeDetail[];
  /** Absent for somebody who is new. */
  readonly id?: PersonId | undefined;
  /** The moment of the staffing record that this was decided on, for somebody who is known. */
  readonly basedOn?: Instant | undefined;
  readonly mayName: boolean;
  readonly employmentNumber: string;
  readonly name: string;
  readonly email?: string | undefined;
  readonly staffing: Pick<Staffing, 'engagements' | 'leaves'>;
  /** Units in reach where they work or will, before and after. */
  readonly unitsBefore: readonly NodeId[];
  readonly unitsAfter: readonly NodeId[];
  readonly invite: boolean;
  /**
   * Somebody the administrator may not know of has the address or number. It is planned and shown like any other, and nothing is
   * stored: whoever sends a list learns nothing about others.
   */
  readonly isHeldElsewhere?: true | undefined;
}

export interface ImportPlan {
  readonly changes: readonly PersonChange[];
  readonly broken: readonly BrokenRow[];
  readonly unchanged: number;
  /** People who are not known here and have left already: nothing is stored of them. */
  readonly leftBefore: number;
  /** How many end because they are missing from a full file. */
  readonly missing: number;
  /** So many that it must be asked about: more than a tenth of those that could be missing. */
  readonly asksAboutMissing: boolean;
}

/** What the rows change, and what is wrong with those that cannot be imported. Nothing is stored. */
export function* planImport(
  file: { readonly rows: readonly FileRow[]; readonly columns: number; readonly mapping: ColumnMapping },
  choices: ImportChoices,
  world: ImportWorld,
): Steps<ImportPlan> {
  const read = yield* readRows(file.rows, file.mapping, file.columns, choices.otherCategory);
  const people = new PeopleInReach(world);
  const groups = Map.groupBy(read.rows, ({ employmentNumber }) => employmentNumber);
  const broken = [...read.broken];
  const traces: Trace[] = [...read.traces];
  const changes: PersonChange[] = [];
  let unchanged = 0;
  let leftBefore = 0;
  const met = new Set<PersonId>();
  const emailsInFile = new Map<string, string>();
  const brokenNumbers = new Set(read.traces.map(({ employmentNumber }) => employmentNumber));

  for (const rows of groups.values()) {
    yield;
    const found = brokenNumbers.has(rows[0]?.employmentNumber ?? '')
      ? rows.map((row): BrokenRow => ({ line: row.line, reason: 'same-person', value: '' }))
      : rows.length > listLimits.rowsOfOne
        ? rows.slice(0, 1).map(({ line, employmentNumber }) => tooManyRows(line, employmentNumber))
        : refuse(rows, people, emailsInFile, choices, world);
    const person = people.of(rows);
    if (person) met.add(person.record.id);
    if (found.length > 0) {
      const said = new Set(found.map(({ line }) => line));
      const others = rows.filter(({ line }) => !said.has(line));
      broken.push(...found, ...others.map(({ line }) => ({ line, reason: 'same-person' as const, value: '' })));
      traces.push(...rows.map(({ employmentNumber, name, email = '' }) => ({ employmentNumber, name, email })));
      continue;
    }
    const change = changeOf(rows, person, people, file.mapping, choices, world);
    if (change === 'left-before') leftBefore += 1;
    else if (change) changes.push(change);
    else unchanged += 1;
  }

  const missing = choices.full ? yield* missingPeople(people, met, traces, world) : [];
  const couldBeMissing = people.numbered.length;
  return {
    changes: [...changes, ...missing],
    broken: broken.toSorted((one, other) => one.line - other.line),
    unchanged,
    leftBefore,
    missing: missing.length,
    asksAboutMissing: missing.length * 10 > couldBeMissing,
  };
}

/** The administrator's people by what a row can know them by. */
class PeopleInReach {
  readonly numbered: readonly ReachedPerson[];
  readonly #byNumber: ReadonlyMap<string, ReachedPerson>;
  readonly #byEmail: ReadonlyMap<string, ReachedPerson>;
  readonly #bareNumbers: ReadonlyMap<string, string>;
  readonly #units: ReadonlyMap<NodeId, Place>;
  readonly #unitsByCode: ReadonlyMap<string, readonly Place[]>;
  readonly #unitsByName: ReadonlyMap<string, readonly Place[]>;
  readonly #reachesUnplaced: boolean;

  constructor({ people, units, reachesUnplaced, today }: ImportWorld) {
    this.#reachesUnplaced = reachesUnplaced;
    this.#units = new Map(units.map((unit) => [unit.id, unit]));
    this.#unitsByCode = Map.groupBy(units, ({ code }) => (code ?? '').toLowerCase());
    this.#unitsByName = Map.groupBy(units, ({ name }) => name.toLowerCase());
    const numbered = people.filter(({ record }) => record.employmentNumber !== undefined);
    this.#byNumber = new Map(numbered.map((person) => [person.record.employmentNumber ?? '', person]));
    const named = people.filter(({ mayName }) => mayName);
    this.#byEmail = new Map(named.map((person) => [person.record.email ?? '', person]));
    this.#bareNumbers = new Map([...this.#byNumber.keys()].map((number) => [bare(number), number]));
    this.numbered = numbered.filter(({ record }) => this.openUnits(currentStaffing(record), today).length > 0);
  }

  isReached = (unit: NodeId | undefined): boolean => {
    return unit === undefined ? this.#reachesUnplaced : this.#units.has(unit);
  };

  /** By employment number; who has none yet, by an e-mail address. */
  of(rows: readonly StaffRow[]): ReachedPerson | undefined {
    const [row] = rows;
    const byNumber = row && this.#byNumber.get(row.employmentNumber);
    if (byNumber || !row) return byNumber;
    const email = rows.find((one) => one.email !== undefined)?.email;
    const byEmail = email === undefined ? undefined : this.#byEmail.get(email);
    return byEmail?.record.employmentNumber === undefined ? byEmail : undefined;
  }

  byEmail(email: string): ReachedPerson | undefined {
    return this.#byEmail.get(email);
  }

  /** A number that is the same but for zeros at its start. */
  likeNumber(number: string): string | undefined {
    const like = this.#bareNumbers.get(bare(number));
    return like === number ? undefined : like;
  }

  unitOf({ unitCode, unitName }: Pick<StaffRow, 'unitCode' | 'unitName'>): Place | 'unit-unknown' | 'unit-ambiguous' {
    const keys = [unitCode, unitName].filter((key) => key !== '').map((key) => key.toLowerCase());
    for (const units of [this.#unitsByCode, this.#unitsByName]) {
      for (const key of keys) {
        const [unit, second] = units.get(key) ?? [];
        if (second) return 'unit-ambiguous';
        if (unit) return unit;
      }
    }
    return 'unit-unknown';
  }

  /** Units in reach where somebody works on that day or will. */
  openUnits({ engagements }: Pick<Staffing, 'engagements'>, today: CalendarDate): readonly (NodeId | undefined)[] {
    const open = engagements.filter(({ unit, to }) => this.isReached(unit) && (to === undefined || to > today));
    return [...new Set(open.map(({ unit }) => unit))];
  }
}

function bare(number: string): string {
  return number.replace(/^0+(?=.)/, '');
}

/** Why the rows about one person cannot be imported. */
function refuse(
  rows: readonly StaffRow[],
  people: PeopleInReach,
  emailsInFile: Map<string, string>,
  { otherCategory }: ImportChoices,
  world: ImportWorld,
): BrokenRow[] {
  const broken: BrokenRow[] = [];
  const person = people.of(rows);
  const number = rows[0]?.employmentNumber ?? '';
  const [{ line: first = 0, name: firstName = '' } = {}] = rows;
  const firstEmail = rows.find(({ email }) => email !== undefined)?.email;
  for (const { line, name, email, category, ...unit } of rows) {
    const note = (reason: RowError, value: string, field: BrokenRow['field']) => {
      broken.push({ line, reason, value, field });
    };
    const place = people.unitOf(unit);
    const unitField = unit.unitCode === '' ? 'unitName' : 'unitCode';
    if (typeof place === 'string') note(place, unit.unitCode || unit.unitName, unitField);
    if (name !== firstName) note('name-differs', name, 'name');
    if (email && email !== firstEmail) note('email-differs', email, 'email');
    if (!category && !person && !otherCategory) note('no-category', '', 'category');
  }
  const note = (reason: RowError, value: string, field: BrokenRow['field']) => {
    broken.push({ line: first, reason, value, field });
  };
  if (person && person.record.employmentNumber === undefined && world.takenElsewhere.numbers.has(number)) {
    note('number-unusable', number, 'employmentNumber');
  }
  const like = person?.record.employmentNumber === number ? undefined : people.likeNumber(number);
  if (like) note('number-zeros', number, 'employmentNumber');
  const emailError = firstEmail && refuseEmail(firstEmail, number, person, people, emailsInFile, world);
  if (emailError) note(emailError, firstEmail, 'email');
  return broken;
}

function refuseEmail(
  email: string,
  number: string,
  person: ReachedPerson | undefined,
  people: PeopleInReach,
  emailsInFile: Map<string, string>,
  world: ImportWorld,
): RowError | undefined {
  const other = emailsInFile.get(email);
  if (other !== undefined && other !== number) return 'email-twice';
  emailsInFile.set(email, number);
  const holder = people.byEmail(email);
  if (holder && holder.record.id !== person?.record.id) return 'email-taken';
  // Of somebody who may not be named the address is not changed; of somebody new nothing is told.
  if (!person?.mayName || person.record.email === email) return undefined;
  if (world.takenElsewhere.emails.has(email)) return 'email-unusable';
  // Whoever sets the address can sign in with it: a list must not be a way to somebody's role, or to whom one no longer has.
  if (person.record.grants.length > 0) return 'email-of-role';
  return person.maySetAddress ? undefined : 'email-out-of-reach';
}

function changeOf(
  rows: readonly StaffRow[],
  person: ReachedPerson | undefined,
  people: PeopleInReach,
  mapping: ColumnMapping,
  choices: ImportChoices,
  world: ImportWorld,
): PersonChange | 'left-before' | undefined {
  const { today } = world;
  const [row] = rows;
  if (!row) return undefined;
  const engagements = rows.flatMap((one): readonly DesiredEngagement[] => {
    const unit = people.unitOf(one);
    const { category, from, to } = one;
    return typeof unit === 'string' ? [] : [{ unit: unit.id, category, from, to }];
  });
  const before = person && currentStaffing(person.record);
  const desired = {
    engagements,
    leaves: rows.flatMap(({ leave }): readonly Leave[] => (leave ? [leave] : [])),
    tells: { to: mapping.to !== undefined, leaves: mapping.leaveFrom !== undefined },
  };
  const otherCategory = choices.otherCategory ?? 'new-employee';
  const after = staffingAfter(before, desired, { today, isReached: people.isReached, otherCategory });
  const unitsBefore = before ? placed(people.openUnits(before, addDays(today, -1))) : [];
  const unitsAfter = placed(people.openUnits(after, addDays(today, -1)));
  if (!person && unitsAfter.length === 0) return 'left-before';

  // Of somebody with protected identity only who is named for it changes what they are called and reached by.
  const mayChange = !person || person.mayName;
  const name = mayChange ? row.name : (person?.record.name ?? row.name);
  const newEmail = rows.find(({ email }) => email !== undefined)?.email;
  const email = mayChange ? (newEmail ?? person?.record.email) : person?.record.email;
  const invite =
    unitsAfter.length > 0 && email !== undefined && mayChange && awaitsInvitation(person?.record, choices.inviteOn);
  const work = { row, name, email, after, unitsBefore, unitsAfter };
  const changed = person && before ? detailsOf(person.record, before, work) : [];
  const details: readonly ChangeDetail[] = person && invite ? [...changed, 'invited'] : changed;
  const isMoved = unitsBefore.join() !== unitsAfter.join();
  if (person && details.length === 0 && !isMoved) return undefined;
  const kind = kindOf(person !== undefined, unitsBefore, unitsAfter);
  return {
    ...{ kind, details, id: person?.record.id, basedOn: before?.recordedAt, mayName: person?.mayName ?? true },
    ...{ employmentNumber: row.employmentNumber, name, email, staffing: after, unitsBefore, unitsAfter },
    invite,
    ...(!person && isHeldElsewhere(row.employmentNumber, email, world) && { isHeldElsewhere: true }),
  };
}

function isHeldElsewhere(number: string, email: string | undefined, { takenElsewhere }: ImportWorld): boolean {
  return takenElsewhere.numbers.has(number) || (email !== undefined && takenElsewhere.emails.has(email));
}

/** Whether a plan gives somebody who is known another address: then who confirms it has just shown a second factor. */
export function changesAddresses({ changes }: Pick<ImportPlan, 'changes'>): boolean {
  return changes.some(({ id, details }) => id !== undefined && details.includes('email'));
}

function placed(units: readonly (NodeId | undefined)[]): readonly NodeId[] {
  return units.filter((unit) => unit !== undefined).sort();
}

function kindOf(isKnown: boolean, before: readonly NodeId[], after: readonly NodeId[]): ChangeKind {
  if (!isKnown) return 'added';
  if (before.join() === after.join() || before.length === 0) return 'changed';
  return after.length === 0 ? 'ended' : 'moved';
}

/** Who has not been invited, and is not about to be on that very day: also who has been known for long. */
function awaitsInvitation(record: StaffRecord | undefined, inviteOn: CalendarDate | undefined): boolean {
  if (inviteOn === undefined) return false;
  return !record || (!mayEnter(record) && !isInvited(record) && record.inviteOn !== inviteOn);
}

function detailsOf(
  record: StaffRecord,
  before: Staffing,
  now: {
    readonly row: StaffRow;
    readonly name: string;
    readonly email: string | undefined;
    readonly after: Pick<Staffing, 'engagements' | 'leaves'>;
    readonly unitsBefore: readonly NodeId[];
    readonly unitsAfter: readonly NodeId[];
  },
): readonly ChangeDetail[] {
  const differ = (of: (staffing: Pick<Staffing, 'engagements' | 'leaves'>) => readonly string[]) =>
    of(before).join() !== of(now.after).join();
  const isReturned = now.unitsBefore.length === 0;
  const isMoved = now.unitsBefore.join() !== now.unitsAfter.join() && now.unitsAfter.length > 0 && !isReturned;
  const details: readonly (readonly [ChangeDetail, boolean])[] = [
    ['number', record.employmentNumber === undefined],
    ['name', record.name !== now.name],
    ['email', record.email !== now.email],
    ['returned', isReturned && differ(({ engagements }) => engagements.map(({ unit = '', from }) => unit + from))],
    ['category', differ(({ engagements }) => [...new Set(engagements.map(({ category }) => category))].sort())],
    [
      'dates',
      !isMoved &&
        differ(({ engagements }) => engagements.map(({ unit = '', from, to = '' }) => unit + from + to).sort()),
    ],
    ['leave', differ(({ leaves }) => leaves.map(({ from, to = '' }) => from + to))],
  ];
  return details.filter(([, is]) => is).map(([detail]) => detail);
}

/**
 * Those of the administrator's people who have an employment number and work, and whom a full file does not have. Not those
 * that a broken row may be about, and not those with protected identity, who are in no list that is handed out.
 */
function* missingPeople(
  people: PeopleInReach,
  met: ReadonlySet<PersonId>,
  traces: readonly Trace[],
  { today }: ImportWorld,
): Steps<readonly PersonChange[]> {
  const traced = new Set(traces.flatMap(({ employmentNumber, name, email }) => [employmentNumber, name, email]));
  const gone = people.numbered.filter(({ record }) => {
    const { id, name, email, employmentNumber = '' } = record;
    const isTraced = [employmentNumber, name, email ?? ''].some((mark) => mark !== '' && traced.has(mark));
    return !met.has(id) && !isTraced && !record.protectedIdentity;
  });
  const changes: PersonChange[] = [];
  for (const { record, mayName } of gone.sort((one, other) => swedish.compare(one.record.name, other.record.name))) {
    yield;
    const { id, name, email, employmentNumber = '' } = record;
    const before = currentStaffing(record);
    const staffing = staffingOfMissing(before, { today, isReached: people.isReached });
    const unitsBefore = placed(people.openUnits(before, addDays(today, -1)));
    changes.push({
      ...{ kind: 'ended', details: ['missing'], id, basedOn: before.recordedAt },
      ...{ mayName, employmentNumber, name, email, staffing, unitsBefore, unitsAfter: [], invite: false },
    });
  }
  return changes;
}

/** Nobody has so much work: something else than employment numbers stands in the column. */
function tooManyRows(line: number, employmentNumber: string): BrokenRow {
  return { line, field: 'employmentNumber', reason: 'too-many-rows', value: employmentNumber };
}
