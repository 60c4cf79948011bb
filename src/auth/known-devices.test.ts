import { describe, expect, test } from 'vitest';
import { employee, invited, testServices } from '../../tests/support/test-services.ts';
import { createKnownDevices } from './known-devices.ts';

const day = 24 * 60;
const markIn = (cookie: string | undefined) => /^[^=]+=([^;]*)/.exec(cookie ?? '')?.[1];

async function twoPeople() {
  const world = testServices();
  const { services } = world;
  const nadia = await world.person((await employee(world)).id);
  const yusuf = await world.person((await employee(world, { name: 'Yusuf', email: 'yusuf@lindala.example' })).id);
  const remember = (mark: string | undefined, person = nadia) =>
    markIn(services.knownDevices.remember(mark, person, services.clock()));
  const keyFor = (mark: string | undefined, person = nadia) =>
    services.knownDevices.keyFor(mark, person, services.clock());
  return { world, services, nadia, yusuf, remember, keyFor };
}

describe('the mark of a known device', () => {
  test('is a cookie that only this host sends back, over HTTPS, to no script, for more than a year', async () => {
    const { services, nadia } = await twoPeople();
    const cookie = services.knownDevices.remember(undefined, nadia, services.clock());
    expect(cookie).toMatch(/^__Host-device=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure$/);
    const plain = createKnownDevices(services.secrets, new URL('http://127.0.0.1:4321'));
    expect(plain.remember(undefined, nadia, services.clock())).toMatch(/^device=[^;]+;(?!.*Secure)/);
  });

  test('names nobody, and two people’s have nothing in common', async () => {
    const { nadia, yusuf, remember } = await twoPeople();
    const [one, other] = [remember(undefined), remember(undefined, yusuf)];
    for (const word of [nadia.id, nadia.email ?? '', nadia.name, nadia.pseudonym]) expect(one).not.toContain(word);
    const parts = (mark: string | undefined) => mark?.split('.').filter((part) => part.length === 22) ?? [];
    expect(parts(one).filter((part) => parts(other).includes(part))).toEqual([]);
  });

  test('is for the person who signed in, and for nobody else', async () => {
    const { yusuf, remember, keyFor } = await twoPeople();
    const mark = remember(undefined);
    expect(keyFor(mark)).toBeDefined();
    expect(keyFor(mark, yusuf)).toBeUndefined();
    expect(keyFor(undefined)).toBeUndefined();
  });

  test('is not made anew while it holds, and is before it runs out', async () => {
    const { world, remember, keyFor } = await twoPeople();
    const mark = remember(undefined);
    expect(remember(mark)).toBeUndefined();
    world.pass({ minutes: 100 * day });
    const renewed = remember(mark);
    world.pass({ minutes: 350 * day });
    expect(keyFor(mark)).toBeUndefined();
    expect(keyFor(renewed)).toBeDefined();
  });

  test('of a tablet that many use holds for the eight who signed in last', async () => {
    const { world, nadia, remember, keyFor } = await twoPeople();
    let mark = remember(undefined);
    const others = [];
    for (let number = 0; number < 8; number++) {
      const email = `kollega.${number}@lindala.example`;
      others.push(await world.person((await invited(world, { email })).id));
    }
    const first = others[0];
    for (const other of others) mark = remember(mark, other) ?? mark;
    expect(keyFor(mark, nadia)).toBeUndefined();
    expect(first && keyFor(mark, first)).toBeDefined();
  });

  test('changed anywhere, it is no mark', async () => {
    const { services, remember, keyFor } = await twoPeople();
    const mark = remember(undefined) ?? '';
    for (let place = 0; place < mark.length; place++) {
      const changed = mark.slice(0, place) + (mark[place] === 'A' ? 'B' : 'A') + mark.slice(place + 1);
      // The last character of a part has bits that stand for nothing.
      if (Buffer.from(changed, 'base64url').equals(Buffer.from(mark, 'base64url'))) continue;
      expect(keyFor(changed), `${place}`).toBeUndefined();
    }
    for (const other of ['', 'x', `${mark}.`, `${mark}${mark}`, mark.repeat(50)])
      expect(services.knownDevices.idOf(other, services.clock())).toBeUndefined();
  });

  test('after a new password whoever had the old one is a stranger on every device', async () => {
    const { nadia, remember, keyFor } = await twoPeople();
    const mark = remember(undefined);
    const changed = { ...nadia, passwordHash: '$argon2id$other' };
    expect(keyFor(mark, changed)).toBeUndefined();
    expect(remember(mark, changed)).toBeDefined();
  });
});
