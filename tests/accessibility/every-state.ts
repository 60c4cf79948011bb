import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { splitLanguage } from '#src/paths.ts';
import { runAxe } from './axe.ts';
import { doubleText, draggable, lostText, missingBasics, movement, sidewaysScrolling, smallTargets } from './checks.ts';
import { type OpenedState, openState, phone, StateWindow } from './open-state.ts';
import type { States } from './states/state.ts';
import { endWorld, makeWorld, type World } from './world.ts';

const titled = z.object({ pattern: z.string(), title: z.string(), path: z.string() });

/** What can be judged only when every area has been looked at. */
const seenInArea = z.object({ run: z.number(), used: z.array(z.number()), titles: z.array(titled) });
export type SeenInArea = z.output<typeof seenInArea>;

const folder = 'tests/.output/every-state';
/** Files run in processes of their own, which one process has started. */
const run = process.ppid;

/** @returns what was seen there in this run; undefined when the area was not looked at */
export function seenIn(area: string): SeenInArea | undefined {
  const file = join(folder, `${area}.json`);
  try {
    const seen = seenInArea.parse(JSON.parse(readFileSync(file, 'utf8')));
    return seen.run === run ? seen : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The tests of each state of an area, and in the end what `last-look.test.ts` judges of all areas together. */
export function lookAtStates(area: string, states: States): void {
  describe('every state of every page', () => {
    let world: World;
    let kept: StateWindow;
    const used = new Set<number>();
    const titles: z.output<typeof titled>[] = [];

    beforeAll(async () => {
      world = await makeWorld();
      kept = new StateWindow(world);
    });
    afterAll(async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, `${area}.json`),
        JSON.stringify({ run, used: [...used], titles } satisfies SeenInArea),
      );
      await kept?.close();
      await endWorld(world);
    });

    for (const [pattern, list] of Object.entries(states)) {
      for (const state of list) {
        describe(`${pattern}: ${state.name}`, () => {
          const fits = StateWindow.fits(state);
          let opened: OpenedState;
          beforeAll(async () => {
            opened = await (fits ? kept.open(state) : openState(world, state));
          });
          afterAll(async () => {
            if (!fits) await opened?.context.close();
          });

          for (const [colorScheme, extent] of [
            ['light', 'everything'],
            ['dark', 'colours'],
          ] as const) {
            test(`axe finds nothing, and nothing is left to judge, in ${colorScheme} colours`, async () => {
              await opened.page.emulateMedia({ colorScheme });
              const report = await runAxe(opened.page, extent);
              for (const index of report.used) used.add(index);
              const where = opened.page.url();
              expect({ where, violations: report.violations, unjudged: report.unjudged }).toEqual({
                where,
                violations: [],
                unjudged: [],
              });
            });
          }

          test('it has one main heading, a language, a title, and links that lead somewhere on the page', async () => {
            expect(await missingBasics(opened.page)).toEqual([]);
            if ((state.status ?? 200) !== 200) return;
            titles.push({
              pattern: state.instead ?? pattern,
              title: await opened.page.title(),
              path: withoutLanguage(opened.page.url()),
            });
          });

          test('targets are big enough, and nothing is dragged', async () => {
            expect(await smallTargets(opened.page)).toEqual([]);
            expect(await draggable(opened.page)).toEqual([]);
          });

          test('nothing moves for who wants less movement', async () => {
            expect(await movement(opened.page)).toEqual([]);
          });

          test('320 pixels are wide enough', async () => {
            await opened.page.setViewportSize({ width: 320, height: 640 });
            expect(await sidewaysScrolling(opened.page)).toEqual([]);
            expect(await lostText(opened.page)).toEqual([]);
          });

          test('text can be twice as big, on a desk and on a phone', async () => {
            await doubleText(opened.page);
            for (const viewport of [{ width: 1280, height: 1024 }, phone]) {
              await opened.page.setViewportSize(viewport);
              const lost = [...(await sidewaysScrolling(opened.page)), ...(await lostText(opened.page))];
              expect({ viewport, lost }).toEqual({ viewport, lost: [] });
            }
          });
        });
      }
    }
  });
}

function withoutLanguage(url: string): string {
  return splitLanguage(new URL(url).pathname).path;
}
