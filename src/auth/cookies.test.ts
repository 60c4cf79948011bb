import { expect, test } from 'vitest';
import { languageCookieName, languageCookieOptions } from '#i18n/language-cookie.ts';
import { employee, testServices } from '../../tests/support/test-services.ts';
import { clearedJoinCookie, joinCookie, newJoinDevice } from './join-cookie.ts';
import { hintToSend } from './signed-in-hint.ts';

/** Every cookie that we set, as a browser gets it under https. */
async function everyCookie() {
  const world = testServices();
  const { services } = world;
  const person = await world.person((await employee(world)).id);
  const session = await services.sessions.open(person, { by: 'password' });
  const hint = (sent: readonly string[]) =>
    hintToSend({
      sessionCookie: services.sessions.cookieName,
      sent: [...sent],
      signedIn: false,
      hinted: () => true,
      seconds: 60,
    });
  return {
    opening: [
      session,
      services.knownDevices.remember(undefined, person, services.clock()),
      joinCookie(services, newJoinDevice(services)),
    ],
    ending: [await services.sessions.close(undefined), clearedJoinCookie(services)],
    hints: [hint([session]), hint([await services.sessions.close(undefined)])],
    publicUrl: services.publicUrl,
  };
}

const attributesOf = (cookie: string | undefined) => (cookie ?? '').split('; ').slice(1);

test('ASVS 3.3.1, 3.3.2, 3.3.3, 3.3.4: under https every cookie is of this host, encrypted lines and this site alone, and out of reach of scripts', async () => {
  const { opening, ending, hints, publicUrl } = await everyCookie();
  expect(publicUrl.protocol).toBe('https:');
  for (const cookie of [...opening, ...ending, ...hints]) {
    expect(cookie).toMatch(/^__Host-[a-z]+=/);
    expect(attributesOf(cookie)).toEqual(expect.arrayContaining(['Path=/', 'SameSite=Lax', 'Secure']));
    expect(cookie).not.toMatch(/domain=/i);
  }
  for (const cookie of [...opening, ...ending]) expect(attributesOf(cookie)).toContain('HttpOnly');
  // What a script reads says that somebody is signed in, and nothing else.
  for (const hint of hints) expect(hint).toMatch(/^__Host-inloggad=1?; /);
  expect(languageCookieName(publicUrl)).toBe('__Host-sprak');
  expect(languageCookieOptions(publicUrl)).toEqual({ path: '/', sameSite: 'lax', httpOnly: true, secure: true });
});
