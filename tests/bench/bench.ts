/**
 * `npm run bench`: what the site costs, each figure beside its limit or beside a yardstick measured in the same run.
 * `npm run bench -- exams scale` measures only those. No figure makes it fail: docs/how-to/measure.md says how to read them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCourse } from '#content/load-course.ts';
import { type Figure, figureTable, meetsAim } from './figure.ts';
import { measureAttacks } from './measure-attacks.ts';
import { measureExams } from './measure-exams.ts';
import { measureFirstVisits } from './measure-first-visits.ts';
import { measureImport } from './measure-import.ts';
import { measureManagers } from './measure-managers.ts';
import { measurePages } from './measure-pages.ts';
import { measurePdfs } from './measure-pdfs.ts';
import { measureScale } from './measure-scale.ts';
import { measureStalls } from './measure-stalls.ts';
import { measureUsable } from './measure-usable.ts';
import type { Measure } from './measuring.ts';

const measures: Readonly<Record<string, Measure>> = {
  wire: measureFirstVisits,
  usable: measureUsable,
  pages: measurePages,
  exams: measureExams,
  pdfs: measurePdfs,
  scale: measureScale,
  import: measureImport,
  managers: measureManagers,
  stalls: measureStalls,
  attacks: measureAttacks,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in measures));
if (unknown.length > 0) {
  console.error(`There is no measurement ${unknown.join(', ')}. There are: ${Object.keys(measures).join(', ')}`);
  process.exit(1);
}

console.log(
  `${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}\n`,
);
const folder = await mkdtemp(join(tmpdir(), 'sekretess-bench-'));
const course = loadCourse();
const all: Figure[] = [];
try {
  for (const [name, measure] of Object.entries(measures)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const figures = await run(measure);
    console.log(`${name}, load ${loadavg()[0]?.toFixed(1)}\n\n${figureTable(figures)}\n`);
    all.push(...figures);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const missed = all.filter((figure) => meetsAim(figure) === false);
console.log(
  `${all.filter(meetsAim).length} aims met, ${missed.length} missed${missed.map(({ what }) => `\n- ${what}`).join('')}`,
);

async function run(measure: Measure): Promise<readonly Figure[]> {
  const stops: (() => unknown)[] = [];
  try {
    return await measure({ course, folder, afterwards: (stop) => stops.unshift(stop) });
  } finally {
    for (const stop of stops) await stop();
  }
}
