import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { Course } from '#domain/course/course.ts';
import type { Scenario } from '#domain/course/scenario.ts';
import { linkBuild } from './project-folder.ts';

/** What differs from the course as it is: which options are right, the order of steps, and the claims they rest on. */
export function withOtherKey(scenario: Scenario): Scenario {
  switch (scenario.kind) {
    case 'choose-one':
    case 'choose-all':
      return { ...scenario, options: judgedOtherwise(scenario.options, scenario.kind === 'choose-all') };
    case 'order':
      return { ...scenario, steps: scenario.steps.toReversed() };
    case 'conversation': {
      const nodes = Object.entries(scenario.nodes).map(([id, { replies }]) => [
        id,
        { replies: judgedOtherwise(replies, true) },
      ]);
      return { ...scenario, nodes: Object.fromEntries(nodes) };
    }
  }
}

export function courseWithOtherKey(course: Course): Course {
  return { ...course, scenarios: new Map([...course.scenarios].map(([id, scenario]) => [id, withOtherKey(scenario)])) };
}

/** Wrong becomes right, or the next option becomes the right one where only one may be. */
function judgedOtherwise<O extends { readonly right: boolean; readonly claims: readonly string[] }>(
  options: readonly O[],
  many: boolean,
): O[] {
  return options.map((option, place) => {
    const before = options.at(place - 1) ?? option;
    return { ...option, right: many ? !option.right : before.right, claims: before.claims };
  });
}

/**
 * A folder from which the server starts as from the project's root, on the course with another key. Texts, ids and
 * versions are the same, so a data folder of the one goes on under the other.
 */
export async function makeRootWithOtherKey(course: Course): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'other-key-'));
  for (const name of ['src', 'node_modules', 'package.json']) await symlink(resolve(name), join(root, name));
  await cp('content', join(root, 'content'), { recursive: true });
  await linkBuild(root);
  const scenarios = join(root, 'content/courses/sekretess/scenarios');
  for (const id of await readdir(scenarios)) {
    const file = join(scenarios, id, 'scenario.yaml');
    const scenario = course.scenarios.get(id);
    if (!scenario) throw new Error(`no scenario ${id}`);
    const fields = z.record(z.string(), z.unknown()).parse(parse(await readFile(file, 'utf8')));
    await writeFile(file, stringify({ ...fields, ...keyOf(withOtherKey(scenario)) }));
  }
  return root;
}

function keyOf(scenario: Scenario): object {
  if (scenario.kind === 'order') return { steps: scenario.steps };
  return scenario.kind === 'conversation' ? { nodes: scenario.nodes } : { options: scenario.options };
}

export interface OtherServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The server of that folder, on a data folder and a port that another server has just let go. */
export async function startFrom(root: string, dataDir: string, port: number): Promise<OtherServer> {
  const server: ChildProcess = spawn(process.execPath, [resolve('src/cli/serve.js')], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  await new Promise<void>((started, failed) => {
    let output = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Mejl:')) started();
    });
    server.once('exit', (code) => failed(new Error(`the server stopped with ${code}:\n${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.kill('SIGTERM');
      await exited;
      await rm(root, { recursive: true, force: true });
    },
  };
}
