import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { acceptedStep, base32Of, type HmacSha1, otpauthUri, totpCode, totpStep } from './totp.ts';

const hmac: HmacSha1 = (key, message) => createHmac('sha1', key).update(message).digest();
const secret = new TextEncoder().encode('12345678901234567890');
const at = (seconds: number) => new Date(seconds * 1000);

/** RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

test.each(vectors)('at second %d the code is the one of RFC 6238: %s', (seconds, code) => {
  expect(totpCode(secret, totpStep(at(seconds)), hmac)).toBe(code);
});

describe('a typed code', () => {
  const now = at(1_234_567_890);
  const step = totpStep(now);
  const codeOf = (away: number) => totpCode(secret, step + away, hmac);

  test.each([-1, 0])('of the step %d away is accepted', (away) => {
    expect(acceptedStep(codeOf(away), { secret }, now, hmac)).toBe(step + away);
  });

  test.each([-2, 1, 2])('of the step %d away is not', (away) => {
    expect(acceptedStep(codeOf(away), { secret }, now, hmac)).toBeUndefined();
  });

  test('is accepted once: not for its own step again, and not for one before', () => {
    expect(acceptedStep(codeOf(0), { secret, lastStep: step }, now, hmac)).toBeUndefined();
    expect(acceptedStep(codeOf(-1), { secret, lastStep: step }, now, hmac)).toBeUndefined();
    expect(acceptedStep(codeOf(0), { secret, lastStep: step - 1 }, now, hmac)).toBe(step);
  });

  test('reliability F7: is not used up by one that was shown to a clock a year ahead, or a day', () => {
    for (const days of [1, 365]) {
      const lastStep = step + (days * 24 * 60 * 60) / 30;
      expect(acceptedStep(codeOf(0), { secret, lastStep }, now, hmac)).toBe(step);
    }
    // What a clock is put right by now and then: the code may have been seen.
    expect(acceptedStep(codeOf(0), { secret, lastStep: step + 4 }, now, hmac)).toBeUndefined();
  });

  test('may be pasted with a blank in the middle', () => {
    const code = codeOf(0);
    expect(acceptedStep(` ${code.slice(0, 3)} ${code.slice(3)}\n`, { secret }, now, hmac)).toBe(step);
  });

  test.each(['', '5924', '0059240', 'abcdef', '００５９２４'])('that is “%s” is not a code', (typed) => {
    expect(acceptedStep(typed, { secret }, now, hmac)).toBeUndefined();
  });
});

test('base32 is that of RFC 4648', () => {
  expect(base32Of(new TextEncoder().encode('foobar'))).toBe('MZXW6YTBOI');
  expect(base32Of(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
});

test('the address in the QR code names the site and the account, and survives any letters in them', () => {
  const uri = new URL(otpauthUri(secret, 'åsa@lindala.example', 'Sekretesskörkortet & Co'));
  expect(uri.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  expect(uri.searchParams.get('issuer')).toBe('Sekretesskörkortet & Co');
  expect(decodeURIComponent(uri.pathname)).toContain('Sekretesskörkortet & Co:åsa@lindala.example');
});
