import { join } from 'node:path';
import { paths } from '#src/paths.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { Connections } from '../support/connections.ts';
import { type Figure, withLimit } from './figure.ts';
import { inRounds, type Measure } from './measuring.ts';
import { type KnownPerson, writePeople } from './people.ts';
import { residentMemory } from './resident-memory.ts';

const sizes = [
  { people: 1_000, megabytes: 150 },
  { people: 10_000, megabytes: 300 },
];
const startMilliseconds = 2_000;
/** So many people look at their pages: more than the store keeps in memory. */
const visitors = 3_000;

/** Start-up time and memory with many people in the data folder. */
export const measureScale: Measure = async ({ course, folder }) => {
  const figures: Figure[] = [];
  for (const { people, megabytes } of sizes) {
    const dataDir = join(folder, `people-${people}`);
    const known = await writePeople(dataDir, course, { count: people, signedIn: Math.min(people, visitors) });
    const times: number[] = [];
    const started: number[] = [];
    const used: number[] = [];
    const most: number[] = [];
    await inRounds(async () => {
      const began = performance.now();
      const app = await startApp({ dataDir });
      times.push(performance.now() - began);
      started.push(memoryOf(app).now);
      await lookAround(app, known);
      used.push(memoryOf(app).now);
      most.push(memoryOf(app).most);
      await app.stop();
    });
    const count = people.toLocaleString('en');
    figures.push(
      withLimit(`start with ${count} people`, 'ms', times, startMilliseconds),
      withLimit(`memory with ${count} people, started`, 'MB', started, megabytes),
      withLimit(`memory with ${count} people, used`, 'MB', used, megabytes),
      withLimit(`memory with ${count} people, at most`, 'MB', most, megabytes),
    );
  }
  return figures;
};

/** Everybody opens Min sida, the certificate and its PDF, a few at once. */
async function lookAround(app: RunningApp, people: readonly KnownPerson[]): Promise<void> {
  const server = new Connections(app.url);
  const waiting = [...people];
  const look = async () => {
    for (let person = waiting.pop(); person; person = waiting.pop()) {
      await server.get(paths.myPage(), person.cookie);
      await server.get(paths.certificate(person.certificate));
    }
  };
  await Promise.all(Array.from({ length: 16 }, look));
  server.close();
}

function memoryOf(app: RunningApp): { now: number; most: number } {
  return residentMemory(app.process.pid ?? 0);
}
