import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Certificate } from '#domain/exam/certificate.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import type { Group, PaperSheet } from '#domain/groups/group.ts';
import { isSheetCurrent, type ListedPerson } from '#domain/groups/paper-exam.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { currentStaffing, isActive } from '#domain/people/staffing.ts';
import type { Services } from '#src/services.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';
import { certificateOf } from '#usecases/exam/take-exam.ts';
import type { Member, OpenedGroup } from '#usecases/groups/open-group.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'course'>;

/** `open`: waits for answers. `outdated`: a question has been changed since it was printed. */
export type SheetState = 'open' | 'outdated' | 'entered';

export interface ListedSheet {
  readonly sheet: PaperSheet;
  readonly state: SheetState;
}

/** The sheets of a group in order of number. Whose they are is not said, so no look is logged. */
export async function listSheets(
  { store, course }: Pick<Services, 'store' | 'course'>,
  { sheets = [] }: Pick<Group, 'sheets'>,
): Promise<readonly ListedSheet[]> {
  return Promise.all(sheets.map(async (sheet) => ({ sheet, state: await stateOf(store, sheet, course) })));
}

async function stateOf(store: Needs['store'], sheet: PaperSheet, course: Needs['course']): Promise<SheetState> {
  // Claimed and cut off before the result was written, it still waits.
  if (await attemptOf(store, sheet)) return 'entered';
  return isSheetCurrent(sheet, course) ? 'open' : 'outdated';
}

async function attemptOf(store: Needs['store'], sheet: PaperSheet) {
  const person = sheet.person && (await store.people.get(sheet.person));
  const attempt = person?.attempts.find(({ id }) => id === sheet.id);
  return person && attempt && { person, attempt };
}

export type OpenedSheet =
  | {
      readonly state: 'open' | 'outdated';
      readonly sheet: PaperSheet;
      /** Whose answers it may hold, beside somebody new. */
      readonly people: readonly ListedPerson[];
      /** Who may have seen it done: the actor first. */
      readonly vouchers: readonly ListedPerson[];
    }
  | {
      readonly state: 'entered';
      readonly sheet: PaperSheet;
      /** Absent for whom the actor's right does not reach. */
      readonly outcome:
        | { readonly member: Member; readonly attempt: Attempt; readonly certificate?: Certificate }
        | undefined;
    };

/**
 * One sheet, to be entered or as it came out. The look is in the log before anything is shown: at the list of those it may
 * belong to, or at the person whose it is.
 *
 * @param opened as `openGroup` gave it
 */
export async function openSheet(
  services: Needs,
  actor: ActingPerson,
  { group }: OpenedGroup,
  number: number,
): Promise<OpenedSheet | undefined> {
  const { store, audit, clock, course } = services;
  const sheet = group.sheets?.find((one) => one.number === number);
  if (!sheet) return undefined;
  const entered = await attemptOf(store, sheet);
  if (entered) {
    const look = { action: 'open-person', place: group.unit } as const;
    const seen = await accessPerson(services, actor, 'read:person', entered.person.id, look);
    const certificate = certificateOf(entered.person, entered.attempt);
    const outcome = seen && {
      member: { person: seen.person, mayName: seen.mayName },
      attempt: entered.attempt,
      ...(certificate && { certificate }),
    };
    return { state: 'entered', sheet, outcome };
  }
  const now = clock();
  const tree = treeOf(await store.organisation.get());
  const isShown = (one: Staff) => one.id !== actor.id && can(actor, 'name:person', personSubject(one, tree, now));
  const people = (await mayHaveTaken(store, group, dateOf(now))).filter(isShown).map(listed);
  const vouchers = (await mayVouch(store, group, dateOf(now))).filter(isShown).map(listed);
  const entry = { at: instantOf(now), actor: actor.pseudonym, action: 'open-list' } as const;
  // As for the group's list: one entry for a unit's, one for each person where no unit says whose.
  if (group.unit) await audit.append({ ...entry, place: group.unit });
  else for (const { pseudonym } of people) await audit.append({ ...entry, subject: pseudonym });
  return {
    state: isSheetCurrent(sheet, course) ? 'open' : 'outdated',
    sheet,
    people,
    vouchers: [listed(actor), ...vouchers],
  };
}

type Staff = Pick<
  Person,
  'id' | 'pseudonym' | 'name' | 'staffing' | 'protectedIdentity' | 'createdAt' | 'employmentNumber'
> & {
  readonly codeEnding?: string | undefined;
  readonly certificates: readonly Pick<Certificate, 'track' | 'validUntil'>[];
};

function listed({ id, pseudonym, name, createdAt, codeEnding, employmentNumber }: Staff): ListedPerson {
  return { id, pseudonym, name, createdAt, codeEnding, employmentNumber };
}

/** Who is in the group, or works in its unit as what the group is for, and has no certificate that lasts as long. In order of name. */
async function mayHaveTaken(store: Needs['store'], group: Group, today: CalendarDate): Promise<readonly Staff[]> {
  const members: readonly Staff[] = await store.people.findByGroup(group.id);
  const staff: readonly Staff[] = (await unitStaff(store, group)).filter((one) => worksAs(one, group, today));
  const all = new Map([...staff, ...members].map((one) => [one.id, one]));
  return inOrderOfName(
    [...all.values()].filter(
      ({ certificates }) =>
        !certificates.some(({ track, validUntil }) => track === group.category && validUntil >= group.lastDay),
    ),
  );
}

/** Who works in the group's unit, other than as what the group is for. */
async function mayVouch(store: Needs['store'], group: Group, today: CalendarDate): Promise<readonly Staff[]> {
  const staff = await unitStaff(store, group);
  return inOrderOfName(
    staff.filter((one) =>
      currentStaffing(one).engagements.some(
        (work) => work.unit === group.unit && work.category !== group.category && isActive(work, today),
      ),
    ),
  );
}

async function unitStaff(store: Needs['store'], { unit }: Group) {
  return unit ? store.people.staffOf([unit]) : [];
}

/** At work in the group's unit in its category, today or later. */
export function worksAs(
  person: Pick<Person, 'staffing'>,
  { unit, category }: Pick<Group, 'unit' | 'category'>,
  today: CalendarDate,
): boolean {
  return currentStaffing(person).engagements.some(
    (work) => work.unit === unit && work.category === category && (work.to === undefined || work.to >= today),
  );
}

const swedish = new Intl.Collator('sv');

function inOrderOfName(staff: readonly Staff[]): readonly Staff[] {
  return staff.toSorted((one, other) => swedish.compare(one.name, other.name));
}
