import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createDoors } from './doors.ts';

const here = { destroyed: false } as ServerResponse;
const gone = { destroyed: true } as ServerResponse;

describe('security F4: who is not signed in begins one at a time', () => {
  test('the ways in are doors, with everything below them; pages of who is signed in and answers are not', () => {
    const { isDoor } = createDoors();
    for (const path of [
      '/logga-in',
      '/glomt-losenord',
      '/kom-tillbaka',
      '/grupp',
      '/grupp/ABCD',
      '/intyg/x.pdf',
      '/valkommen/x',
    ])
      expect(isDoor(path), path).toBe(true);
    for (const path of ['/', '/min-sida', '/prov/x/svar', '/halsa', '/kurser/sekretess', '/logga-inte', '/logga-ut'])
      expect(isDoor(path), path).toBe(false);
  });

  test('the first at once, the others in turn, who comes from a known device before strangers', async () => {
    const doors = createDoors();
    const begun: string[] = [];
    const enter = (name: string, device?: string) => doors.enter(here, device, () => void begun.push(name));
    for (const name of ['a', 'b', 'c']) enter(name);
    enter('known', 'tablet');
    expect(begun).toEqual(['a']);
    await expect.poll(() => begun).toEqual(['a', 'known', 'b', 'c']);
  });

  test('one known device does not fill the queue of the known', async () => {
    const doors = createDoors();
    const begun: string[] = [];
    doors.enter(here, undefined, () => void begun.push('first'));
    for (let sent = 0; sent < 500; sent++) doors.enter(here, 'one', () => void begun.push('one'));
    expect(doors.enter(here, 'other', () => void begun.push('other'))).toBe(true);
    await expect.poll(() => begun.slice(0, 5)).toEqual(['first', 'one', 'one', 'one', 'other']);
  });

  test('so many wait and no more, and who has gone away is not begun with', async () => {
    const doors = createDoors();
    let begun = 0;
    const begin = () => {
      begun += 1;
    };
    const taken = Array.from({ length: 3_000 }, () => doors.enter(gone, undefined, begin)).filter(Boolean).length;
    expect(taken).toBeLessThan(1_100);
    expect(doors.enter(here, 'tablet', begin)).toBe(true);
    await expect.poll(() => begun).toBe(1);
  });
});
