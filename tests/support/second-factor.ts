import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { totpCode, totpStep } from '#domain/account/totp.ts';
import { expectStatus, type Visitor } from './visitor.ts';

/** What somebody with a role has beside the password. */
export interface SecondFactor {
  /** The key of the app, base32. */
  readonly secret: string;
  /** Those that have not been used. */
  readonly recoveryCodes: string[];
}

/** Adds an app for codes, as the page says. The visitor is signed in, and strong and fresh afterwards. */
export async function addSecondFactor(visitor: Visitor): Promise<SecondFactor> {
  const page = expectStatus(await visitor.get('/min-sida/sakerhet'), 200, 'the page of second factors').text;
  const sealed = /name="sealed" value="([\w:-]+)"/.exec(page)?.[1] ?? '';
  const secret = (/class="secret"[^>]*>([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '');
  const fields = { action: 'app', sealed, code: await codeWithTime(secret) };
  const added = expectStatus(await visitor.post('/min-sida/sakerhet', fields), 200, 'adding an app');
  return { secret, recoveryCodes: recoveryCodesOn(added.text) };
}

/**
 * Shows the second factor once more: the session is strong and fresh from now on. Takes a recovery code, since a code of the
 * app is good once; the last one is spent on ten new ones.
 */
export async function strengthen(visitor: Visitor, { factor }: { readonly factor: SecondFactor }): Promise<void> {
  const recovery = factor.recoveryCodes.pop() ?? '';
  expectStatus(await visitor.post('/bekrafta', { way: 'recovery', recovery }), 303, 'showing a recovery code');
  if (factor.recoveryCodes.length > 0) return;
  const page = expectStatus(
    await visitor.post('/min-sida/sakerhet', { action: 'recovery' }),
    200,
    'new recovery codes',
  );
  factor.recoveryCodes.push(...recoveryCodesOn(page.text));
}

/** What the app shows. */
function codeOfApp(secret: string): string {
  const hmac = (key: Uint8Array, message: Uint8Array) => createHmac('sha1', key).update(message).digest();
  return totpCode(bytesOfSecret(secret), totpStep(new Date()), hmac);
}

/** What the app shows while there is time to type it: a code is good in its own half-minute only. */
export async function codeWithTime(secret: string, seconds = 5): Promise<string> {
  const left = 30 - ((Date.now() / 1000) % 30);
  if (left < seconds) await delay(left * 1000 + 50);
  return codeOfApp(secret);
}

/** What the app shows next: whoever has used a code waits for another, half a minute at most. */
export async function nextCodeOfApp(secret: string): Promise<string> {
  const used = totpStep(new Date());
  while (totpStep(new Date()) === used) await delay(250);
  return codeOfApp(secret);
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The secret as the page shows it, read as an app reads it. */
export function bytesOfSecret(secret: string): Uint8Array {
  const bits = Array.from(secret.replaceAll(' ', ''), (letter) => base32.indexOf(letter).toString(2).padStart(5, '0'));
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

export function recoveryCodesOn(page: string): string[] {
  return [...page.matchAll(/<li[^>]*>([0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}-[0-9A-Z]{6})<\/li>/g)].map(
    ([, code = '']) => code,
  );
}
