import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeDocument } from '#adapters/lowdb/document-format.ts';
import { organisationDocument, personDocument, sessionDocument } from '#adapters/lowdb/document-schemas.ts';
import { addDays, dateOf } from '#domain/calendar.ts';
import type { NodeId } from '#domain/ids.ts';
import type { NodeKind, OrganisationNode } from '#domain/organisation.ts';
import { categories } from '#domain/person.ts';
import { paths } from '#src/paths.ts';
import { startApp } from '../support/app.ts';
import { Connections } from '../support/connections.ts';
import { sessionOf } from '../support/ready-people.ts';
import { staffPerson } from '../support/staff.ts';
import { type Figure, withLimit } from './figure.ts';
import { inRounds, type Measure } from './measuring.ts';
import { percentile } from './statistics.ts';

const sizes = [1_000, 10_000, 50_000];
const unitSize = 60;
/** A department has as many people as there are, at most this many. */
const departmentSize = 10_000;
/** Opened so many times in a round. */
const times = 40;
const limits = { unit: 50, department: 200 };

/** Server time of a manager's page for a unit of 60 and of a department head's, at the 95th percentile. */
export const measureManagers: Measure = async ({ folder, afterwards }) => {
  const asked = Number(process.env['BENCH_PEOPLE']) || Number.POSITIVE_INFINITY;
  const figures: Figure[] = [];
  for (const people of sizes.filter((size) => size <= asked)) {
    const dataDir = join(folder, `managers-${people}`);
    const cookie = await writeStaff(dataDir, people);
    const app = await startApp({ dataDir });
    afterwards(app.stop);
    const server = new Connections(app.url);
    const measured: Record<keyof typeof limits, number[]> = { unit: [], department: [] };
    const pages = { unit: paths.unit(unitId(0)), department: paths.area(departmentId(0)) };
    await inRounds(async () => {
      for (const page of ['unit', 'department'] as const) {
        const took: number[] = [];
        for (let time = 0; time < times; time += 1) {
          const began = performance.now();
          await server.get(pages[page], cookie);
          took.push(performance.now() - began);
        }
        measured[page].push(percentile(took, 0.95));
      }
    });
    server.close();
    await app.stop();
    const count = people.toLocaleString('en');
    const inDepartment = Math.min(people, departmentSize).toLocaleString('en');
    figures.push(
      withLimit(`unit of ${unitSize} among ${count}, p95`, 'ms', measured.unit, limits.unit),
      withLimit(`department of ${inDepartment} among ${count}, p95`, 'ms', measured.department, limits.department),
    );
  }
  return figures;
};

const unitId = (number: number) => `UNIT${number}` as NodeId;
const departmentId = (number: number) => `DEPARTMENT${number}` as NodeId;

/** @returns the cookie of an administrator of everything */
async function writeStaff(dataDir: string, count: number): Promise<string> {
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
      ...(number === 0 && { grants: [{ role: 'administrator', place: 'everything' }] as const }),
    };
    const person = staffPerson(sample, now, number);
    await write(`people/${person.id}.json`, encodeDocument(personDocument, person));
  }
  const { session, cookie } = sessionOf(staffPerson({ name: '', from: 0 }, now, 0).id, { strong: true });
  await write(`sessions/${session.id}.json`, encodeDocument(sessionDocument, session));
  return cookie;
}
