import type { ActingPerson } from '#domain/access/grant-days.ts';
import { progressOf } from '#domain/assignment/progress.ts';
import { issueCertificate } from '#domain/exam/certificate.ts';
import type { PaperVoucher } from '#domain/exam/exam.ts';
import type { Group, PaperSheet } from '#domain/groups/group.ts';
import {
  attemptOnPaper,
  claimSheet,
  isSheetCurrent,
  type SheetEntry,
  type SheetRefusal,
  withLessonsRead,
} from '#domain/groups/paper-exam.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import { certificateHolder } from '#domain/people/certificate-holder.ts';
import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';
import type { OpenedGroup } from '#usecases/groups/open-group.ts';
import { createOnce } from '#usecases/shared/create-once.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { worksAs } from './open-sheet.ts';

type Needs = Pick<
  Services,
  'store' | 'audit' | 'clock' | 'course' | 'random' | 'secrets' | 'municipality' | 'assignmentRules'
>;

export type EnterRefusal =
  | SheetRefusal
  | 'sheet-outdated'
  /** Nobody enters their own exam, or vouches for it. */
  | 'own-sheet'
  | 'not-found'
  | 'has-valid-certificate';

export type EnterResult = { readonly ok: true } | { readonly ok: false; readonly reason: EnterRefusal };

/**
 * Enters an exam that was taken on paper: attempt, result, lessons read, the identity vouched for and, on passing, the
 * certificate are one write. Entered again, or by two at once, the first result stands.
 *
 * @param opened as `openGroup` gave it
 */
export async function enterSheet(
  services: Needs,
  actor: ActingPerson,
  { group }: OpenedGroup,
  number: number,
  entry: SheetEntry,
): Promise<EnterResult> {
  const { store, course, clock } = services;
  const sheet = group.sheets?.find((one) => one.number === number);
  if (!sheet) return { ok: false, reason: 'sheet-unknown' };
  if (!isSheetCurrent(sheet, course)) return { ok: false, reason: 'sheet-outdated' };
  const now = clock();
  const id = entry.who.kind === 'known' ? entry.who.id : newcomerId(services, sheet);
  const taker = await takerOf(services, actor, group, id, entry.who);
  if (!taker.ok) return taker;
  if (id === actor.id || taker.person.pseudonym === entry.vouchedBy) return { ok: false, reason: 'own-sheet' };
  if (!hasTaken(taker.person, sheet) && (await isCertified(services, taker.person))) {
    return { ok: false, reason: 'has-valid-certificate' };
  }
  const claimed = await store.groups.update(group.id, (newest) => {
    const claim = claimSheet(newest, sheet.id, id, entry.who.kind === 'new', now);
    return { save: claim.ok && claim.group !== newest ? claim.group : undefined, result: claim };
  });
  if (!claimed.ok) return { ok: false, reason: claimed.reason };
  const voucher = { takenOn: entry.takenOn, vouchedBy: entry.vouchedBy, enteredBy: actor.pseudonym };
  const entered = (person: Person) => withSheet(services, person, sheet, entry.answers, voucher);
  if (taker.isNew) await createOnce(store, entered(taker.person));
  else {
    await store.people.update(id, (person) => ({
      save: hasTaken(person, sheet) ? undefined : entered(person),
      result: undefined,
    }));
  }
  return { ok: true };
}

type Taker =
  | { readonly ok: true; readonly person: Person; readonly isNew: boolean }
  | { readonly ok: false; readonly reason: 'not-found' };

/** Whose paper it is, with the look in the log: somebody of the group or of its unit, or somebody who is yet to be stored. */
async function takerOf(
  services: Needs,
  actor: ActingPerson,
  group: Group,
  id: PersonId,
  who: SheetEntry['who'],
): Promise<Taker> {
  const { store, audit, clock, random } = services;
  const now = clock();
  const look = { action: 'enter-sheet', place: group.unit } as const;
  if (who.kind === 'new' && !(await store.people.get(id))) {
    const given = { id, name: who.name, nameGivenBy: 'employer', groupId: group.id } as const;
    const engagement = { unit: group.unit, category: group.category, to: group.lastDay };
    const person = newPerson(given, engagement, now, random);
    await audit.append({ ...look, at: instantOf(now), actor: actor.pseudonym, subject: person.pseudonym });
    return { ok: true, person, isNew: true };
  }
  const opened = await accessPerson(services, actor, 'confirm:identity', id, look);
  const person = opened?.person;
  const belongs = person && (person.groupId === group.id || (group.unit && worksAs(person, group, dateOf(now))));
  return belongs ? { ok: true, person, isNew: false } : { ok: false, reason: 'not-found' };
}

/**
 * The same each time the sheet is entered, so that what was cut off half-way makes one person and not two: also where the
 * installation's key was replaced in between.
 */
function newcomerId({ secrets }: Pick<Services, 'secrets'>, sheet: PaperSheet): PersonId {
  const idFrom = (bytes: Uint8Array) => randomCode(16, () => bytes) as PersonId;
  const [newest, ...older] = secrets.derivations('paper-participant', sheet.id, 16);
  return older.map(idFrom).find((id) => id === sheet.person) ?? idFrom(newest);
}

function hasTaken(person: Person, sheet: PaperSheet): boolean {
  return person.attempts.some(({ id }) => id === sheet.id);
}

async function isCertified(services: Needs, person: Person): Promise<boolean> {
  const { course, clock } = services;
  return progressOf(person, course, await currentPolicy(services), clock()).next.state === 'done';
}

function withSheet(
  { course, clock, random, municipality }: Needs,
  person: Person,
  sheet: PaperSheet,
  answers: SheetEntry['answers'],
  voucher: PaperVoucher,
): Person {
  const now = clock();
  const attempt = attemptOnPaper(sheet, answers, voucher, course, now);
  const { track } = attempt;
  const holder = certificateHolder(person, track, now);
  const certificate = attempt.result?.passed && {
    ...issueCertificate({ holder, track, course, issuer: municipality.issuer, now, random }),
    takenOnPaper: voucher.takenOn,
  };
  const identity = { by: voucher.enteredBy, at: instantOf(now), onPaper: true } as const;
  return {
    ...withLessonsRead(person, attempt, course),
    identity: person.identity ?? identity,
    attempts: [...person.attempts, attempt],
    certificates: certificate ? [...person.certificates, certificate] : person.certificates,
  };
}
