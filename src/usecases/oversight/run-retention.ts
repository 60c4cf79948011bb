import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import { withoutSeat } from '#domain/groups/group.ts';
import { addMonths, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import {
  certificatesToKeep,
  groupPurgeDay,
  isParticipant,
  isPersonDue,
  type PurgeRecord,
  purgeDay,
  type RetainedRecord,
  retainedRecords,
  withoutDue,
} from '#domain/oversight/retention.ts';
import { type Tree, treeOf } from '#domain/people/organisation.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import type { Services } from '#src/services.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';
import { guardingAdministration } from '#usecases/people/keep-administrator.ts';

export type RetentionNeeds = Pick<
  Services,
  'store' | 'audit' | 'clock' | 'random' | 'looseFiles' | 'retentionMonths' | 'securityLog'
>;

/** An administrator purges what lies wholly within their places; the command for cron purges everything. */
export type Purger = ActingPerson | 'system';

export interface DuePerson {
  readonly record: StaffRecord;
  /** From this day on the record is purged. */
  readonly day: CalendarDate;
  readonly mayName: boolean;
}

export type PurgeCounts = PurgeRecord['counts'];

export interface RetentionPlan {
  /** In order of the day. */
  readonly due: readonly DuePerson[];
  /** Whose record stays although its day has come, or will. */
  readonly held: readonly (Omit<DuePerson, 'day'> & { readonly day: CalendarDate | undefined })[];
  readonly counts: PurgeCounts;
}

/** What a run would purge today. Stores nothing but that the list was looked at. */
export async function planRetention(needs: RetentionNeeds, by: Purger): Promise<RetentionPlan> {
  const { store, audit, clock, looseFiles, retentionMonths: months } = needs;
  const now = clock();
  const today = dateOf(now);
  const tree = treeOf(await store.organisation.get());
  if (by !== 'system') await audit.append({ at: instantOf(now), actor: by.pseudonym, action: 'open-list' });
  const due: DuePerson[] = [];
  const held: RetentionPlan['held'][number][] = [];
  const tally = newTally();
  for await (const record of everybody(needs)) {
    if (!isWithin(by, record, tree, now)) continue;
    const day = purgeDay(record, months);
    const mayName = by !== 'system' && can(by, 'name:person', personSubject(record, tree, now));
    if (record.legalHold) held.push({ record, day, mayName });
    else if (day && isPersonDue(record, months, today)) {
      due.push({ record, day, mayName });
      tally.add(isParticipant(record) ? 'participant' : 'person', 1);
    } else {
      const person = await store.people.get(record.id);
      const left = person && withoutDue(person, months, today);
      tally.add('answers', left?.answers ?? 0);
      tally.add('links', left?.links ?? 0);
    }
  }
  if (isForEverything(by)) {
    for (const group of await store.groups.list()) if (await isGroupDue(needs, group, today)) tally.add('group', 1);
    tally.add('loose-file', await looseFiles.countBefore(addMonths(today, -months['loose-file'])));
    tally.add('security', await needs.securityLog.countBefore(addMonths(today, -months.security)));
  }
  return { due: due.sort((one, other) => (one.day < other.day ? -1 : 1)), held, counts: tally.counts() };
}

/** The purges that ran by themselves, and those that this administrator ran. */
export async function purgesSeenBy(
  { store }: Pick<Services, 'store'>,
  { pseudonym }: Pick<ActingPerson, 'pseudonym'>,
): Promise<readonly PurgeRecord[]> {
  return (await store.purges.list()).filter(({ by }) => by === 'system' || by === pseudonym);
}

/**
 * Purges what has stood its time. Safe to run again, and to be cut off: a person's document goes last, so that what is left is found
 * by the next run. The record of it names no one; nothing due leaves none.
 */
export async function runRetention(needs: RetentionNeeds, by: Purger): Promise<PurgeCounts> {
  const { store, audit, clock, random, looseFiles, retentionMonths: months } = needs;
  const now = clock();
  const today = dateOf(now);
  const tree = treeOf(await store.organisation.get());
  const actor = by === 'system' ? by : by.pseudonym;
  const tally = newTally();
  for await (const record of everybody(needs)) {
    if (!isWithin(by, record, tree, now)) continue;
    if (isPersonDue(record, months, today)) {
      await audit.append({ at: instantOf(now), actor, action: 'purge', subject: record.pseudonym });
      const isPurged = await purgePerson(needs, record.id, today);
      if (isPurged) tally.add(isParticipant(record) ? 'participant' : 'person', 1);
    } else {
      const { answers, links } = await purgeWithin(needs, record.id, today);
      tally.add('answers', answers);
      tally.add('links', links);
    }
  }
  if (isForEverything(by)) {
    await store.keptCertificates.deleteEnded(today);
    await store.sessions.deleteExpired(instantOf(now));
    for (const group of await store.groups.list()) {
      if (!(await isGroupDue(needs, group, today))) continue;
      await store.groups.delete(group.id);
      tally.add('group', 1);
    }
    tally.add('loose-file', await looseFiles.removeBefore(addMonths(today, -months['loose-file'])));
    tally.add('security', await needs.securityLog.removeBefore(addMonths(today, -months.security)));
  }
  const counts = tally.counts();
  if (counts.length > 0) {
    await store.purges.create({ id: randomCode(16, random), at: instantOf(now), by: actor, counts });
  }
  return counts;
}

/** Everything that says who it was. What the employer has to be able to check stays as long as it is valid, and says no more. */
async function purgePerson(needs: RetentionNeeds, id: PersonId, today: CalendarDate): Promise<boolean> {
  const { store, looseFiles, retentionMonths } = needs;
  const person = await store.people.get(id);
  if (!person || !isPersonDue(person, retentionMonths, today)) return false;
  if (await guardingAdministration(needs, async (losesIt) => losesIt(id, undefined))) return false;
  for (const kept of certificatesToKeep(person, today)) await store.keptCertificates.put(kept);
  for (const session of await store.sessions.findByPerson(id)) await store.sessions.delete(session.id);
  for (const group of await store.groups.list()) {
    if (withoutSeat(group, id) === group) continue;
    await store.groups.update(group.id, (current) => ({ save: withoutSeat(current, id), result: undefined }));
  }
  const texts = [person.name, person.email, id, person.employmentNumber].filter((text) => text !== undefined);
  await removeDryRuns(needs, texts);
  await looseFiles.removeMentioning(texts);
  await store.people.delete(id);
  // A mail that was on its way may have been written meanwhile.
  await looseFiles.removeMentioning(texts);
  return true;
}

/** A dry run of an import is a whole file of people, of use for a day. What has been decided on is done in a moment and names nobody then. */
async function removeDryRuns({ store }: RetentionNeeds, texts: readonly string[]): Promise<void> {
  for (const staffImport of await store.imports.list()) {
    if (staffImport.state !== 'open') continue;
    const rows = staffImport.rows.map(({ cells }) => cells.join(' ').toLocaleLowerCase('sv'));
    if (texts.some((text) => rows.some((row) => row.includes(text.toLocaleLowerCase('sv'))))) {
      await store.imports.delete(staffImport.id);
    }
  }
}

async function purgeWithin({ store, retentionMonths }: RetentionNeeds, id: PersonId, today: CalendarDate) {
  const before = await store.people.get(id);
  if (!before || withoutDue(before, retentionMonths, today).person === before) return { answers: 0, links: 0 };
  return store.people.update(id, (current) => {
    const { person, answers, links } = withoutDue(current, retentionMonths, today);
    return { save: person, result: { answers, links } };
  });
}

async function isGroupDue({ store, retentionMonths }: RetentionNeeds, group: Group, today: CalendarDate) {
  return groupPurgeDay(group, retentionMonths) <= today && (await store.people.countByGroup(group.id)) === 0;
}

/** Stops or lets go the purging of one person's record. */
export async function setLegalHold(
  needs: Pick<Services, 'store' | 'audit' | 'clock'>,
  actor: ActingPerson,
  id: PersonId,
  on: boolean,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'not-found' }> {
  const opened = await accessPerson(needs, actor, 'edit:person', id, { action: 'hold' });
  if (!opened) return { ok: false, reason: 'not-found' };
  const legalHold = on ? { at: instantOf(needs.clock()), by: actor.pseudonym } : undefined;
  await needs.store.people.update(id, (person) => ({ save: { ...person, legalHold }, result: undefined }));
  return { ok: true };
}

function isForEverything(by: Purger): boolean {
  return by === 'system' || can(by, 'run:retention', { path: [] });
}

/** Who has also worked in another committee is purged by who is given both. */
function isWithin(by: Purger, record: StaffRecord, tree: Tree, now: Date): boolean {
  if (isForEverything(by) || by === 'system') return true;
  const { paths, formerPaths } = personSubject(record, tree, now);
  const all = [...paths, ...formerPaths];
  const units = record.staffing.flatMap(({ engagements }) => engagements);
  return units.every(({ unit }) => unit) && all.every((path) => can(by, 'run:retention', { path }));
}

async function* everybody({ store }: RetentionNeeds): AsyncGenerator<StaffRecord> {
  const limit = 1000;
  for (let after: PersonId | undefined; ; ) {
    const page = await store.people.listStaff({ after, limit });
    yield* page;
    after = page.at(-1)?.id;
    if (page.length < limit) return;
  }
}

function newTally() {
  const counts = new Map<RetainedRecord, number>();
  return {
    add: (record: RetainedRecord, count: number) => void counts.set(record, (counts.get(record) ?? 0) + count),
    counts: (): PurgeCounts =>
      retainedRecords.flatMap((record) => {
        const count = counts.get(record) ?? 0;
        return count > 0 ? { record, count } : [];
      }),
  };
}
