import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { splitLanguage } from '#src/paths.ts';
import { builtAddresses, builtRoutes } from '../support/routes.ts';
import { runAxe } from './axe.ts';
import { doubleText, draggable, lostText, missingBasics, movement, sidewaysScrolling, smallTargets } from './checks.ts';
import { judgedIncomplete } from './judged-incomplete.ts';
import { type OpenedState, openState, phone } from './open-state.ts';
import { states } from './states.ts';
import { endWorld, makeWorld, type World } from './world.ts';

/** Routes that answer with data, or only lead elsewhere: there is nothing to look at. */
const endpoints = [
  '/admin/export.csv',
  '/admin/export.xlsx',
  '/enhet/[unit]/lista.csv',
  '/enhet/[unit]/lista.xlsx',
  '/halsa',
  '/intyg/[code].json',
  '/intyg/[code].pdf',
  '/lektion-klar',
  '/min-sida/uppgifter.json',
  '/prov/[attempt]/svar',
  '/sprak',
];

describe('the table of states', () => {
  test('has every route of the built site that is a page, and no other', () => {
    const pages = builtRoutes.map(({ pattern }) => pattern).filter((pattern) => !endpoints.includes(pattern));
    expect(Object.keys(states).sort()).toEqual(pages.sort());
    expect(Object.entries(states).filter(([, list]) => list.length === 0)).toEqual([]);
  });

  test('leaves out endpoints only', () => {
    const built = builtRoutes.filter(({ type }) => type === 'endpoint').map(({ pattern }) => pattern);
    expect(endpoints.toSorted()).toEqual(built.sort());
  });

  test('has every page that is built ahead, in each of its languages', () => {
    const named = Object.values(states).flatMap((list) => list.map(({ name }) => name));
    expect(builtAddresses().filter((address) => !named.includes(address))).toEqual([]);
  });
});

describe('every state of every page', () => {
  let world: World;
  const used = new Set<number>();
  const titles: { readonly pattern: string; readonly title: string; readonly path: string }[] = [];

  beforeAll(async () => {
    world = await makeWorld();
  }, 180_000);
  afterAll(() => endWorld(world));

  for (const [pattern, list] of Object.entries(states)) {
    for (const state of list) {
      describe(`${pattern}: ${state.name}`, () => {
        let opened: OpenedState;
        beforeAll(async () => {
          opened = await openState(world, state);
        });
        afterAll(() => opened?.context.close());

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

  test('pages that are not the same have different titles', () => {
    const pages = new Map<string, Set<string>>();
    for (const { pattern, title, path } of titles) {
      // Of a route that is not built ahead, every address is the same page to the reader.
      const page = pattern.startsWith('/[...prefix]') ? path : pattern;
      pages.set(title, new Set([...(pages.get(title) ?? []), page]));
    }
    expect(
      [...pages]
        .filter(([, sharing]) => sharing.size > 1)
        .map(([title, sharing]) => ({ title, sharing: [...sharing] })),
    ).toEqual([]);
  });

  test('every judgement is still needed', () => {
    expect(judgedIncomplete.filter((_, index) => !used.has(index))).toEqual([]);
  });
});

function withoutLanguage(url: string): string {
  return splitLanguage(new URL(url).pathname).path;
}
