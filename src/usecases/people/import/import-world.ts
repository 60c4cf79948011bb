import { setImmediate } from 'node:timers/promises';
import { can } from '#domain/access/access.ts';
import { credentialsSubject, personSubject, placeSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { ImportWorld, ReachedPerson } from '#domain/import/plan-import.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { type Tree, treeOf } from '#domain/people/organisation.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'store' | 'clock'>;

const pageSize = 1000;

/** What an administrator's import meets: their own people and units, and of all others only what is taken. Reads no document. */
export async function importWorld(
  { store, clock }: Needs,
  actor: ActingPerson,
): Promise<{ readonly world: ImportWorld; readonly tree: Tree }> {
  const now = clock();
  const tree = treeOf(await store.organisation.get());
  const people: ReachedPerson[] = [];
  const emails = new Set<string>();
  const numbers = new Set<string>();
  for await (const record of everybodysRecords(store)) {
    const subject = personSubject(record, tree, now);
    if (can(actor, 'edit:person', subject)) {
      const mayName = can(actor, 'name:person', subject);
      const maySetAddress = can(actor, 'credentials:person', credentialsSubject(record, tree, now));
      people.push({ record, mayName, maySetAddress });
      if (!mayName && record.email) emails.add(record.email);
      continue;
    }
    if (record.email) emails.add(record.email);
    if (record.employmentNumber) numbers.add(record.employmentNumber);
  }
  const mayImportTo = (id: NodeId) => can(actor, 'import:people', placeSubject(id, tree));
  const world = {
    people,
    units: tree.places.filter(({ id, kind }) => kind === 'unit' && mayImportTo(id)),
    reachesUnplaced: can(actor, 'import:people', { path: [] }),
    takenElsewhere: { emails, numbers },
    today: dateOf(now),
  };
  return { world, tree };
}

/** The outermost places that somebody may import people to: the places of their lists in the log. */
export function importPlaces(actor: ActingPerson, tree: Tree): readonly NodeId[] {
  const reached = tree.places.filter(({ id }) => can(actor, 'import:people', placeSubject(id, tree)));
  const ids = new Set(reached.map(({ id }) => id));
  return reached.filter(({ parent }) => parent === undefined || !ids.has(parent)).map(({ id }) => id);
}

/** Between the pages others are served. */
async function* everybodysRecords(store: Needs['store']): AsyncGenerator<StaffRecord, void> {
  let after: PersonId | undefined;
  for (;;) {
    const page = await store.people.listStaff({ after, limit: pageSize });
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
    await setImmediate();
  }
}
