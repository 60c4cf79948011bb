import { join } from 'node:path';
import { paths } from '#src/paths.ts';
import { startApp } from '../support/app.ts';
import { Connections } from '../support/connections.ts';
import { type Figure, withLimit } from './figure.ts';
import { inRounds, type Measure } from './measuring.ts';
import { departmentId, departmentSize, unitId, unitSize, writeStaff } from './staff-folder.ts';
import { percentile } from './statistics.ts';

const sizes = [1_000, 10_000, 50_000];
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
