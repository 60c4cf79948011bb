import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { paths } from '#src/paths.ts';
import { rightAnswer } from '../support/answers.ts';
import type { RunningApp } from '../support/app.ts';
import { Connections } from '../support/connections.ts';
import { endApp } from '../support/end-app.ts';
import { startManaged } from '../support/managed-app.ts';
import { goodPassword, readLessons, type SignedIn, startExam } from '../support/people.ts';
import { expectStatus } from '../support/visitor.ts';
import { type Figure, withGoal } from './figure.ts';
import type { Measure } from './measuring.ts';
import { percentile } from './statistics.ts';

/** What is tried, in the order in which one does not close the door to the next. */
const attacks = {
  images: 'another site’s 1,000 images',
  list: 'a list of 7.5 MB of line breaks',
  resets: '2,000 made-up resets at once',
  'sign-ins': '400 sign-ins at once',
} as const;
type Attack = keyof typeof attacks;

const rounds = 3;
const idleSeconds = 4;
/** An attack that is over sooner than this is followed by some quiet, which is measured with it. */
const leastSaves = 60;
/** Between two answers of one person, in milliseconds, and between two who sign in on their own device. */
const thinking = 15;
const betweenSignIns = 400;
const timesIdle = 3;

/**
 * How long somebody else's answer takes to be saved while the server is attacked, beside what it took just before, and how many of
 * those who sign in on a device they are known on get in. Each round has a server of its own: what is closed stays closed.
 */
export const measureAttacks: Measure = async ({ afterwards }): Promise<readonly Figure[]> => {
  const idle: number[] = [];
  const attacked: Record<Attack, number[]> = { images: [], list: [], resets: [], 'sign-ins': [] };
  const letIn: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { app, staff } = await startManaged();
    afterwards(() => endApp(app));
    const save = await saverOf(app, staff.learner);
    const signIn = await signerOf(app, staff.north, 'north@lindala.example');
    await timesOf(save, async () => pause(1_000));
    idle.push(percentile(await timesOf(save, async () => pause(1_000 * idleSeconds)), 0.95));
    for (const attack of Object.keys(attacks) as Attack[]) {
      const under = attackWith(attack, app, staff.everything);
      const [times, allowed] = await Promise.all([timesOf(save, () => under), sharesLetIn(signIn, under)]);
      attacked[attack].push(percentile(times, 0.95));
      letIn.push(allowed);
      console.log(
        `  ${attack}: ${await under}, ${times.length} answers saved, the slowest in ${Math.max(...times).toFixed(0)} ms`,
      );
    }
    await app.stop();
  }
  return [
    ...(Object.keys(attacks) as Attack[]).map((attack) => ({
      what: `an answer saved during ${attacks[attack]}, p95`,
      unit: 'ms',
      measured: attacked[attack],
      beside: { name: 'idle', values: idle },
      aim: { atMost: timesIdle },
    })),
    withGoal('right sign-ins on a known device that are let in during them', '%', letIn, 100),
  ];
};

/** Saves one answer after another until something is over, at least so many. @returns milliseconds of each */
async function timesOf(save: () => Promise<void>, until: () => Promise<unknown>): Promise<readonly number[]> {
  let isOver = false;
  const over = until().then(() => {
    isOver = true;
  });
  const times: number[] = [];
  while (!isOver || times.length < leastSaves) {
    const began = performance.now();
    await save();
    times.push(performance.now() - began);
    await pause(thinking);
  }
  await over;
  return times;
}

async function saverOf(app: RunningApp, person: SignedIn): Promise<() => Promise<void>> {
  await readLessons(person);
  const { attempt, scenarios } = await startExam(person);
  const cookie = cookieOf(person, 'session');
  const server = new Connections(app.url);
  let saved = 0;
  return async () => {
    const scenario = scenarios[saved++ % scenarios.length];
    if (!scenario) throw new Error('an exam without questions');
    const json = { scenario: scenario.id, answer: rightAnswer(scenario) };
    const reply = await server.post(paths.attemptAnswer(attempt), { cookie, json });
    if (reply.status !== 200) throw new Error(`an answer was not saved: ${reply.status} ${reply.text.slice(0, 200)}`);
  };
}

/** Signs in with the right password, over a connection of its own, on a device that is known. @returns whether it was let in */
async function signerOf(app: RunningApp, person: SignedIn, email: string): Promise<() => Promise<boolean>> {
  expectStatus(await person.visitor.get(paths.myPage()), 200, 'Min sida');
  const cookie = cookieOf(person, 'device');
  const server = new Connections(app.url);
  const form = { email, password: goodPassword };
  return async () => (await server.post(paths.signIn(), { cookie, form })).status === 303;
}

/** In per cent. */
async function sharesLetIn(signIn: () => Promise<boolean>, attack: Promise<unknown>): Promise<number> {
  let isOver = false;
  void attack.then(() => {
    isOver = true;
  });
  const tried: boolean[] = [];
  // No more than one person may sign in, right or wrong: that limit is not what is measured.
  while ((!isOver || tried.length === 0) && tried.length < 12) {
    tried.push(await signIn());
    await pause(betweenSignIns);
  }
  return (100 * tried.filter(Boolean).length) / tried.length;
}

/** @returns how many replies had which status */
async function attackWith(attack: Attack, app: RunningApp, admin: SignedIn): Promise<string> {
  const cookie = attack === 'list' ? [cookieOf(admin, 'session')] : [];
  const child = spawn(process.execPath, ['tests/bench/attacker.ts', attack, app.url, ...cookie], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the attacker stopped with ${code}`);
  return output.trim();
}

function cookieOf({ visitor }: SignedIn, name: string): string {
  const cookie = visitor.cookies.find((one) => one.name === name);
  if (!cookie) throw new Error(`no cookie ${name}`);
  return `${name}=${cookie.value}`;
}
