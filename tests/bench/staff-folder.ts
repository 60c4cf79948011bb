import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeDocument } from '#adapters/lowdb/document-format.ts';
import { organisationDocument, personDocument, sessionDocument } from '#adapters/lowdb/document-schemas.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import { categories } from '#domain/kernel/category.ts';
import type { NodeId } from '#domain/kernel/ids.ts';
import type { NodeKind, OrganisationNode } from '#domain/people/organisation.ts';
import { introduceLongAgo } from '../support/introduction.ts';
import { openPreparedStore } from '../support/prepared-store.ts';
import { sessionOf } from '../support/ready-people.ts';
import { staffPerson } from '../support/staff.ts';

/** So many people work in each unit. */
export const unitSize = 60;
/** A department has as many people as there are, at most this many. */
export const departmentSize = 10_000;

export const unitId = (number: number) => `UNIT${number}` as NodeId;
export const departmentId = (number: number) => `DEPARTMENT${number}` as NodeId;

/**
 * Fills a data folder that no server is using with people who work in units, are at every point of the course and have been asked for it
 * for long. Nobody leads the units: the one administrator sees to them all.
 *
 * @returns the cookie of that administrator of everything
 */
export async function writeStaff(dataDir: string, count: number): Promise<string> {
  const now = new Date();
  const at = `${addDays(dateOf(now), -900)}T08:00:00.000Z`;
  const node = (id: NodeId, kind: NodeKind, parent?: NodeId): OrganisationNode => ({
    id,
    kind,
    versions: [{ recordedAt: at, name: `Plats ${id}`, parent }],
  });
  const committee = 'COMMITTEE' as NodeId;
  const units = Math.ceil(count / unitSize);
  const perDepartment = departmentSize / unitSize;
  const departmentOf = (unit: number) => Math.floor(unit / perDepartment);
  const nodes = [
    node(committee, 'committee'),
    ...Array.from({ length: departmentOf(units - 1) + 1 }, (_, one) =>
      node(departmentId(one), 'department', committee),
    ),
    ...Array.from({ length: units }, (_, one) => node(unitId(one), 'unit', departmentId(departmentOf(one)))),
  ];
  const store = await openPreparedStore(dataDir);
  await introduceLongAgo(store);
  await store.close();
  for (const name of ['people', 'sessions', 'organisation'])
    await mkdir(join(dataDir, name), { recursive: true, mode: 0o700 });
  const write = (name: string, text: string | Uint8Array) => writeFile(join(dataDir, name), text, { mode: 0o600 });
  await write('organisation/organisation.json', encodeDocument(organisationDocument, { id: 'organisation', nodes }));
  for (let number = 0; number < count; number += 1) {
    const category = categories[number % categories.length] ?? 'new-employee';
    const sample = {
      name: `Åsa Öberg-Ängström ${number}`,
      unit: unitId(Math.floor(number / unitSize)),
      category,
      from: -300 - (number % 200),
      lessons: number % 6,
      ...(number % 4 === 0 ? {} : { certificate: [-(number % 250) - 1, 300 - (number % 250)] as const }),
      // Who has a certificate can sign in, and so can the administrator; the others have not been invited.
      ...((number % 4 !== 0 || number === 0) && { account: true as const }),
      ...(number === 0 && { grants: [{ role: 'administrator', place: 'everything' }] as const }),
    };
    const person = staffPerson(sample, now, number);
    await write(`people/${person.id}.json`, encodeDocument(personDocument, person));
  }
  const { session, cookie } = sessionOf(staffPerson({ name: '', from: 0 }, now, 0).id, { strong: true });
  await write(`sessions/${session.id}.json`, encodeDocument(sessionDocument, session));
  return cookie;
}
