import { describe, expect, test } from 'vitest';
import { type HintState, hintToSend } from './signed-in-hint.ts';

const nothing: HintState = {
  sessionCookie: 'session',
  sent: [],
  signedIn: false,
  hinted: () => false,
  seconds: 100,
};
const opened = 'session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600';
const closed = 'session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0';

describe('the hint that somebody is signed in', () => {
  test('comes and goes with the session’s cookie, and holds nothing of it', () => {
    expect(hintToSend({ ...nothing, sent: [opened] })).toBe('inloggad=1; Path=/; SameSite=Lax; Max-Age=1209600');
    expect(hintToSend({ ...nothing, sent: [closed], signedIn: true, hinted: () => true })).toBe(
      'inloggad=; Path=/; SameSite=Lax; Max-Age=0',
    );
    expect(hintToSend({ ...nothing, sent: [opened, closed] })).toContain('Max-Age=0');
  });

  test('is for this host and https only, where the session is', () => {
    const secure = { ...nothing, sessionCookie: '__Host-session', sent: [`__Host-${opened}; Secure`] };
    expect(hintToSend(secure)).toBe('__Host-inloggad=1; Path=/; SameSite=Lax; Max-Age=1209600; Secure');
  });

  test('is mended where it is lost or wrong, and otherwise left alone', () => {
    expect(hintToSend(nothing)).toBeUndefined();
    expect(hintToSend({ ...nothing, signedIn: true, hinted: () => true })).toBeUndefined();
    expect(hintToSend({ ...nothing, signedIn: true })).toContain('inloggad=1; ');
    expect(hintToSend({ ...nothing, signedIn: true })).toContain('Max-Age=100');
    expect(hintToSend({ ...nothing, hinted: () => true })).toContain('Max-Age=0');
    expect(hintToSend({ ...nothing, sent: ['sprak=en'], hinted: (name) => name === 'inloggad' })).toContain(
      'inloggad=; ',
    );
  });
});
