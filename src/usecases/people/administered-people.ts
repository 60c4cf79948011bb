import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { placesWhere } from '#domain/access/places-where.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import type { Services } from '#src/services.ts';
import { accessPlace } from '#usecases/access/audited-access.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

/** A row of an administrator's list. */
export interface ListedPerson {
  readonly record: StaffRecord;
  /** False for who has protected identity and is not to be named to this actor. */
  readonly mayName: boolean;
}

const shownAtMost = 50;

export interface FoundPeople {
  readonly people: readonly ListedPerson[];
  readonly hasMore: boolean;
}

/**
 * People in the actor's places by words of their name or by employment number. Who has protected identity is found by
 * those alone who may see the name. Each person that is shown has it in the log that they were.
 */
export async function searchPeople(needs: Needs, actor: ActingPerson, query: string): Promise<FoundPeople> {
  const words = wordsOf(query);
  if (words.length === 0) return { people: [], hasMore: false };
  const tree = treeOf(await needs.store.organisation.get());
  const now = needs.clock();
  const found: StaffRecord[] = [];
  for await (const record of reachable(needs, actor)) {
    const subject = personSubject(record, tree, now);
    if (!can(actor, 'edit:person', subject) || !can(actor, 'name:person', subject)) continue;
    if (matches(record, words)) found.push(record);
    if (found.length > shownAtMost) break;
  }
  const shown = found.slice(0, shownAtMost);
  await noteShown(needs, actor, shown, now);
  return { people: shown.map((record) => ({ record, mayName: true })), hasMore: found.length > shownAtMost };
}

/** Everybody who works in a unit, will or has worked there. Undefined where the unit is out of reach. */
export async function peopleOfUnit(
  needs: Needs,
  actor: ActingPerson,
  unit: NodeId,
): Promise<readonly ListedPerson[] | undefined> {
  const opened = await accessPlace(needs, actor, 'manage:people', unit, { action: 'open-list' });
  if (!opened) return undefined;
  const now = needs.clock();
  return (await needs.store.people.staffOf([unit])).flatMap((record) => {
    const subject = personSubject(record, opened.tree, now);
    if (!can(actor, 'edit:person', subject)) return [];
    return { record, mayName: can(actor, 'name:person', subject) };
  });
}

/**
 * A page of those who are in no unit, for who is given everything: from before there were units, or not placed yet. In order of id;
 * each has it in the log that they were shown.
 */
export async function peopleWithoutUnit(
  needs: Needs,
  actor: ActingPerson,
  after: PersonId | undefined,
): Promise<FoundPeople | undefined> {
  const tree = treeOf(await needs.store.organisation.get());
  const now = needs.clock();
  if (!placesWhere(actor, 'manage:people', tree).everything) return undefined;
  const found: StaffRecord[] = [];
  for await (const record of everybody(needs, after)) {
    if (currentStaffing(record).engagements.every(({ unit }) => unit === undefined)) found.push(record);
    if (found.length > shownAtMost) break;
  }
  const shown = found.slice(0, shownAtMost);
  await noteShown(needs, actor, shown, now);
  const people = shown.map((record) => ({
    record,
    mayName: can(actor, 'name:person', personSubject(record, tree, now)),
  }));
  return { people, hasMore: found.length > shownAtMost };
}

async function* reachable(needs: Needs, actor: ActingPerson): AsyncGenerator<StaffRecord> {
  const reach = placesWhere(actor, 'manage:people', treeOf(await needs.store.organisation.get()));
  if (reach.everything) yield* everybody(needs, undefined);
  else yield* await needs.store.people.staffOf(reach.units.map(({ id }) => id));
}

async function* everybody({ store }: Needs, after: PersonId | undefined): AsyncGenerator<StaffRecord> {
  const limit = 1000;
  for (let last = after; ; ) {
    const page = await store.people.listStaff({ after: last, limit });
    yield* page;
    last = page.at(-1)?.id;
    if (page.length < limit) return;
  }
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFC')
    .toLocaleLowerCase('sv')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Each word begins a word of the name; or what was typed is the employment number, with or without its leading zeros. */
function matches({ name, employmentNumber }: StaffRecord, words: readonly string[]): boolean {
  const bare = (number: string) => number.replace(/^0+/, '');
  if (employmentNumber !== undefined && bare(wordsOf(employmentNumber).join('')) === bare(words.join(''))) return true;
  const names = wordsOf(name);
  return words.every((word) => names.some((one) => one.startsWith(word)));
}

/** All at once: entries that come together are written to the disk together. */
async function noteShown(
  { audit }: Needs,
  actor: ActingPerson,
  shown: readonly StaffRecord[],
  now: Date,
): Promise<void> {
  const entry = { at: instantOf(now), actor: actor.pseudonym, action: 'open-list' } as const;
  await Promise.all(shown.map(({ pseudonym }) => audit.append({ ...entry, subject: pseudonym })));
}
