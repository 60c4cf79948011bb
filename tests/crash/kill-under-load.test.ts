import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import { freePort, makeDataDir, type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { ConnectionLostError, Connections } from '../support/connections.ts';
import { addReadyPeople } from '../support/ready-people.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { Examinee } from './examinee.ts';

/** `CRASH_SEED` in the environment runs the moments of an earlier run again. */
const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
const kills = 200;
const clients = 8;
/** The server is killed after 1 to this many steps, and in the next milliseconds, which may be in the middle of others. */
const most = { steps: 60, milliseconds: 15 };
/** More than the clients can come to examine in so many steps. */
const people = 500;

test(`whatever the server had acknowledged is there, once and unchanged, after each of ${kills} kills under load`, async () => {
  const random = seededRandom(seed);
  const course = loadCourse();
  const dataDir = await makeDataDir();
  onTestFinished(() => removeDataDir(dataDir));
  const pool = (await addReadyPeople(dataDir, course, people)).map((person) => new Examinee(person, course, random));
  const port = await freePort();

  const seated = pool.splice(0, clients);
  const examined = [...seated];
  const startTimes: number[] = [];
  let inDoubt = 0;

  for (let kill = 0; kill <= kills; kill += 1) {
    const started = performance.now();
    const app = await startApp({ dataDir, port });
    startTimes.push(performance.now() - started);
    const server = new Connections(app.url);
    try {
      await expectNothingSetAside(app);
      inDoubt += examined.filter((examinee) => examinee.isInDoubt).length;
      const losses = await inTurns(examined, (examinee) => examinee.lookForLosses(server));
      expect(losses, `after kill ${kill} of the run with seed ${seed}`).toEqual([]);
      if (kill < kills) await killUnderLoad(app, server);
    } finally {
      server.close();
      await app.kill();
    }
  }

  const codes = examined.flatMap(({ certificates }) => certificates);
  expect(new Set(codes).size, 'codes of certificates').toBe(codes.length);
  console.log(summary());

  /** Every seat is somebody's, who makes one request after another until the server is gone. */
  async function killUnderLoad(app: RunningApp, server: Connections): Promise<void> {
    let steps = 1 + Math.floor(random() * most.steps);
    let reached = () => {};
    const killed = new Promise<void>((resolve) => {
      reached = resolve;
    })
      .then(() => delay(random() * most.milliseconds))
      .then(() => app.kill());
    const work = async (seat: number): Promise<void> => {
      for (;;) {
        if (seated[seat]?.certificates.length) seated[seat] = nextExaminee();
        await seated[seat]?.step(server);
        steps -= 1;
        if (steps <= 0) reached();
      }
    };
    const endings = await Promise.allSettled(seated.map((_, seat) => work(seat)));
    await killed;
    for (const ending of endings) {
      if (ending.status === 'rejected' && !(ending.reason instanceof ConnectionLostError)) throw ending.reason;
    }
  }

  function nextExaminee(): Examinee {
    const examinee = pool.pop();
    if (!examinee) throw new Error(`${people} people are too few for ${kills} kills`);
    examined.push(examinee);
    return examinee;
  }

  function summary(): string {
    const total = (what: keyof Examinee['acknowledged']) =>
      examined.reduce((sum, { acknowledged }) => sum + acknowledged[what], 0);
    const times = startTimes.toSorted((one, other) => one - other).map(Math.round);
    return (
      `seed ${seed}: ${kills} kills; acknowledged and held: ${total('answers')} answers, ${total('results')} results, ` +
      `${total('certificates')} certificates; ${inDoubt} changes were cut off. A start took ${times[times.length >> 1]} ms ` +
      `(${times[0]}–${times.at(-1)} ms).`
    );
  }
}, 3_600_000);

/** A torn document would have been set aside; what a killed process had half written is removed. */
async function expectNothingSetAside(app: RunningApp): Promise<void> {
  expect(await readdir(join(app.dataDir, 'set-aside'))).toEqual([]);
  expect(app.output()).not.toContain('set-aside');
  expect((await readdir(join(app.dataDir, 'people'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}

/** Eight at a time. */
async function inTurns<T>(list: readonly T[], look: (one: T) => Promise<readonly string[]>): Promise<string[]> {
  const rest = [...list];
  const found: string[] = [];
  const worker = async () => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) found.push(...(await look(one)));
  };
  await Promise.all(Array.from({ length: clients }, worker));
  return found;
}
