import { changeKinds, type ImportPlan } from '#domain/import/plan-import.ts';
import type { DecidedImport, ImportEntry, ImportId, OpenImport } from '#domain/import/staff-import.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { PersonId, Pseudonym, RandomBytes } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Steps } from '#domain/kernel/steps.ts';
import type { Person } from '#domain/people/person.ts';
import type { Staffing } from '#domain/people/staffing.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { actingPerson } from '#ports/acting-person.ts';
import { DuplicateKeyError, NoSuchDocumentError } from '#ports/store.ts';
import {
  type CredentialDecision,
  type CredentialNeeds,
  changeCredentials,
} from '#usecases/account/change-credentials.ts';
import { tellOfEndedRoles } from '#usecases/account/tell-of-ended-roles.ts';

type Needs = CredentialNeeds;

/** So many people are written at once: as many as keep the disk busy. */
const atOnce = 64;

/** The decision to apply a plan: everything that is to be done, with ids and pseudonyms drawn, so that it can be done again. */
export function* decidedImport(
  { id, by, createdAt, choices }: OpenImport,
  { changes, broken }: ImportPlan,
  decidedAt: string,
  random: RandomBytes,
): Steps<DecidedImport> {
  const entries: ImportEntry[] = [];
  for (const { staffing, basedOn, invite, isHeldElsewhere, ...change } of changes) {
    yield;
    if (isHeldElsewhere) continue;
    entries.push({
      person: change.id ?? (randomCode(16, random) as PersonId),
      pseudonym: change.id ? undefined : (randomCode(20, random) as Pseudonym),
      basedOn,
      name: change.name,
      email: change.email,
      employmentNumber: change.employmentNumber,
      engagements: staffing.engagements,
      leaves: staffing.leaves,
      inviteOn: invite ? choices.inviteOn : undefined,
      otherEmail: change.id && change.details.includes('email') ? true : undefined,
    });
  }
  const count = (kind: string) => changes.filter((change) => change.kind === kind).length;
  const [added = 0, moved = 0, changed = 0, ended = 0] = changeKinds.map(count);
  const counts = { added, moved, changed, ended, broken: broken.length };
  return { id, by, createdAt, state: 'decided', decidedAt, counts, entries };
}

/** Does what is left of an import that has been decided on. Safe to run again after it was cut off anywhere. */
export async function finishImport(needs: Needs, id: ImportId): Promise<void> {
  const { store } = needs;
  const decided = await store.imports.get(id);
  if (decided?.state !== 'decided') return;
  const { by, createdAt, counts, entries } = decided;
  const waiting = entries.values();
  let passedOver = 0;
  const work = async () => {
    for (const entry of waiting) if (!(await apply(needs, entry, decided))) passedOver += 1;
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  await store.imports.update(id, () => ({
    save: { id, by, createdAt, state: 'done', counts, passedOver },
    result: undefined,
  }));
}

/** At start, before anybody is served: no half import is ever seen. */
export async function finishImports(needs: Needs): Promise<void> {
  for (const { id, state } of await needs.store.imports.list()) if (state === 'decided') await finishImport(needs, id);
}

/** @returns whether the person is as decided; not, where something else has happened to them in between */
async function apply(
  needs: Needs,
  entry: ImportEntry,
  { by, decidedAt }: Pick<DecidedImport, 'by' | 'decidedAt'>,
): Promise<boolean> {
  try {
    if (!entry.pseudonym) {
      const isDone = await changeCredentials(needs, entry.person, 'email-changed', (person) =>
        changed(person, entry, decidedAt),
      );
      // Both once more where the import was cut off between the write and this: told twice is better than never.
      if (isDone) await tellOfRoles(needs, entry.person, { by, decidedAt });
      if (isDone && entry.otherEmail) await needs.sessions.closeAllOf(entry.person);
      return isDone;
    }
    await needs.store.people.create(added(entry, entry.pseudonym, decidedAt));
    return true;
  } catch (error) {
    if (error instanceof DuplicateKeyError && error.key === 'id') return true;
    // Purged, or the address or number given to somebody else, while the import was being decided on.
    if (error instanceof DuplicateKeyError || error instanceof NoSuchDocumentError) return false;
    throw error;
  }
}

/** What the list changed is read from the history of their work. Whose list it was is asked for as they may act now. */
async function tellOfRoles(
  needs: Needs,
  id: PersonId,
  { by, decidedAt }: Pick<DecidedImport, 'by' | 'decidedAt'>,
): Promise<void> {
  const { store, clock } = needs;
  const person = await store.people.get(id);
  const changedBy = person?.staffing.findLastIndex(({ recordedAt }) => recordedAt === decidedAt) ?? 0;
  if (!person || person.grants.length === 0 || changedBy < 1) return;
  const [before, after] = [changedBy, changedBy + 1].map((end) => ({
    ...person,
    staffing: person.staffing.slice(0, end),
  }));
  const actor = await store.people.findByPseudonym(by);
  const acting = actor && (await actingPerson(store, actor, dateOf(clock())));
  if (before && after) await tellOfEndedRoles(needs, before, after, acting);
}

function added(entry: ImportEntry, pseudonym: Pseudonym, decidedAt: string): Person {
  const { person: id, name, email, employmentNumber, engagements, leaves, inviteOn } = entry;
  return {
    ...{ id, pseudonym, name, nameGivenBy: 'employer', email, employmentNumber, inviteOn, createdAt: decidedAt },
    ...{ grants: [], language: 'sv', decisions: [], reminders: [], lessonsDone: {}, attempts: [], certificates: [] },
    staffing: [{ recordedAt: decidedAt, engagements, leaves }],
  };
}

function changed(person: Person, entry: ImportEntry, decidedAt: string): CredentialDecision<boolean> {
  const { name, email, employmentNumber, engagements, leaves } = entry;
  const after: Staffing = { recordedAt: decidedAt, engagements, leaves };
  const before = currentStaffing(person);
  if (before.recordedAt !== entry.basedOn) {
    return { result: person.staffing.some((one) => one.recordedAt === decidedAt && isSameWork(one, after)) };
  }
  // Somebody who has been given a role since: their address is not a list's to change.
  if (email !== person.email && person.grants.length > 0) return { result: false };
  const staffing = isSameWork(before, after) ? person.staffing : [...person.staffing, after];
  const nameGivenBy = name === person.name ? person.nameGivenBy : 'employer';
  const inviteOn = entry.inviteOn ?? person.inviteOn;
  const save = { ...person, name, nameGivenBy, employmentNumber, staffing, inviteOn };
  return { save, change: { kind: 'email', email }, result: true };
}

function isSameWork(one: Staffing, other: Staffing): boolean {
  const work = ({ engagements, leaves }: Staffing) =>
    JSON.stringify([
      engagements.map(({ unit, category, from, to }) => [unit, category, from, to]),
      leaves.map(({ from, to }) => [from, to]),
    ]);
  return work(one) === work(other);
}
