import { join } from 'node:path';
import { chdir, cwd } from 'node:process';
import { type RunningApp, startApp } from '../support/app.ts';
import { Connections } from '../support/connections.ts';
import { addReadyPeople } from '../support/ready-people.ts';
import { diskRate } from './disk-rate.ts';
import { takeExams } from './exam-takers.ts';
import { type Figure, withLimit, withoutAim } from './figure.ts';
import { makeFiveQuestionSite } from './five-questions.ts';
import { inRounds, type Measure } from './measuring.ts';
import { percentile } from './statistics.ts';

const atOnce = 16;
const seconds = 5;
const people = 6_000;
const limit = 150;

/** Whole exams of five questions a second, beside how often the same disk writes a document durably. */
export const measureExams: Measure = async ({ course, folder, afterwards }) => {
  const dataDir = join(folder, 'exams');
  const takers = [...(await addReadyPeople(dataDir, course, people))];
  const app = await startIn(await makeFiveQuestionSite(join(folder, 'five-questions')), dataDir);
  afterwards(app.stop);
  const server = new Connections(app.url);
  afterwards(() => server.close());
  const rates: number[] = [];
  const disk: number[] = [];
  const steps = { half: [] as number[], most: [] as number[] };
  const exams = { half: [] as number[], most: [] as number[] };
  await takeExams(server, takers, course, { seconds: 3, atOnce });
  await inRounds(async () => {
    disk.push(await diskRate(join(folder, 'disk'), { seconds: 3, atOnce }));
    const taken = await takeExams(server, takers, course, { seconds, atOnce });
    rates.push(taken.rate);
    steps.half.push(percentile(taken.steps, 0.5));
    steps.most.push(percentile(taken.steps, 0.95));
    exams.half.push(percentile(taken.exams, 0.5));
    exams.most.push(percentile(taken.exams, 0.95));
  });
  return [
    {
      what: 'whole exams, 16 people at once',
      unit: '/s',
      measured: rates,
      beside: { name: 'durable writes', values: disk },
      aim: { atLeast: 1 / 12 },
    },
    withoutAim('one step of an exam, p50', 'ms', steps.half, limit),
    withLimit('one step of an exam, p95', 'ms', steps.most, limit),
    withoutAim('a whole exam, p50', 'ms', exams.half, limit),
    withLimit('a whole exam, p95', 'ms', exams.most, limit),
  ] satisfies Figure[];
};

/** The server reads the content of the folder in which it is started. */
async function startIn(folder: string, dataDir: string): Promise<RunningApp> {
  const before = cwd();
  chdir(folder);
  try {
    return await startApp({ dataDir });
  } finally {
    chdir(before);
  }
}
