import type { PersonId, Pseudonym, RandomBytes } from '#domain/ids.ts';
import type { Person, Staffing } from '#domain/person.ts';
import { randomCode } from '#domain/random.ts';
import { changeKinds, type ImportPlan } from '#domain/staff-import/plan-import.ts';
import type { DecidedImport, ImportEntry, ImportId, OpenImport } from '#domain/staff-import/staff-import.ts';
import { currentStaffing } from '#domain/staffing.ts';
import type { Steps } from '#domain/steps.ts';
import { type Change, DuplicateKeyError, NoSuchDocumentError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'store'>;

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
  for (const { staffing, basedOn, invite, ...change } of changes) {
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
    });
    yield;
  }
  const count = (kind: string) => changes.filter((change) => change.kind === kind).length;
  const [added = 0, moved = 0, changed = 0, ended = 0] = changeKinds.map(count);
  const counts = { added, moved, changed, ended, broken: broken.length };
  return { id, by, createdAt, state: 'decided', decidedAt, counts, entries };
}

/** Does what is left of an import that has been decided on. Safe to run again after it was cut off anywhere. */
export async function finishImport({ store }: Needs, id: ImportId): Promise<void> {
  const decided = await store.imports.get(id);
  if (decided?.state !== 'decided') return;
  const { by, createdAt, decidedAt, counts, entries } = decided;
  const waiting = entries.values();
  let passedOver = 0;
  const work = async () => {
    for (const entry of waiting) if (!(await apply({ store }, entry, decidedAt))) passedOver += 1;
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
export async function finishImports({ store }: Needs): Promise<void> {
  for (const { id, state } of await store.imports.list()) if (state === 'decided') await finishImport({ store }, id);
}

/** @returns whether the person is as decided; not, where something else has happened to them in between */
async function apply({ store }: Needs, entry: ImportEntry, decidedAt: string): Promise<boolean> {
  try {
    if (!entry.pseudonym) {
      return await store.people.update(entry.person, (person) => changed(person, entry, decidedAt));
    }
    await store.people.create(added(entry, entry.pseudonym, decidedAt));
    return true;
  } catch (error) {
    if (error instanceof DuplicateKeyError && error.key === 'id') return true;
    // Purged, or the address or number given to somebody else, while the import was being decided on.
    if (error instanceof DuplicateKeyError || error instanceof NoSuchDocumentError) return false;
    throw error;
  }
}

function added(entry: ImportEntry, pseudonym: Pseudonym, decidedAt: string): Person {
  const { person: id, name, email, employmentNumber, engagements, leaves, inviteOn } = entry;
  return {
    ...{ id, pseudonym, name, nameGivenBy: 'employer', email, employmentNumber, inviteOn, createdAt: decidedAt },
    ...{ grants: [], language: 'sv', decisions: [], reminders: [], lessonsDone: {}, attempts: [], certificates: [] },
    staffing: [{ recordedAt: decidedAt, engagements, leaves }],
  };
}

function changed(person: Person, entry: ImportEntry, decidedAt: string): Change<Person, boolean> {
  const { name, email, employmentNumber, engagements, leaves } = entry;
  const after: Staffing = { recordedAt: decidedAt, engagements, leaves };
  const before = currentStaffing(person);
  if (before.recordedAt !== entry.basedOn) {
    return { result: person.staffing.some((one) => one.recordedAt === decidedAt && isSameWork(one, after)) };
  }
  const staffing = isSameWork(before, after) ? person.staffing : [...person.staffing, after];
  const nameGivenBy = name === person.name ? person.nameGivenBy : 'employer';
  const inviteOn = entry.inviteOn ?? person.inviteOn;
  return { save: { ...person, name, nameGivenBy, email, employmentNumber, staffing, inviteOn }, result: true };
}

function isSameWork(one: Staffing, other: Staffing): boolean {
  const work = ({ engagements, leaves }: Staffing) =>
    JSON.stringify([
      engagements.map(({ unit, category, from, to }) => [unit, category, from, to]),
      leaves.map(({ from, to }) => [from, to]),
    ]);
  return work(one) === work(other);
}
