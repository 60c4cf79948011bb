import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtAddresses, builtRoutes } from '../support/routes.ts';
import { areas } from './areas.ts';
import { states } from './states.ts';

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
  test('is cut into areas, each with a test file of its own, and no route in two', () => {
    const files = Object.keys(areas).map((area) => `tests/accessibility/every-state-${area}.test.ts`);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const patterns = Object.values(areas).flatMap((area) => Object.keys(area));
    expect(new Set(patterns).size).toBe(patterns.length);
  });

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
