import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { base32Of, type HmacSha1, otpauthUri, readTotp, totpCode, totpStep } from './totp.ts';

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

  test('is good in its own half-minute', () => {
    expect(readTotp(codeOf(0), { secret }, now, hmac)).toEqual({ kind: 'right', step });
    const [first, last] = [step * 30, step * 30 + 29.999].map(at);
    for (const moment of [first, last] as Date[])
      expect(readTotp(codeOf(0), { secret }, moment, hmac)).toEqual({ kind: 'right', step });
  });

  test('ASVS 6.5.5: is good for thirty seconds and no more: in the next half-minute it is late', () => {
    expect(readTotp(codeOf(-1), { secret }, now, hmac)).toEqual({ kind: 'late' });
    expect(readTotp(codeOf(0), { secret }, at((step + 1) * 30), hmac)).toEqual({ kind: 'late' });
  });

  test.each([-2, 1, 2])('of the step %d away is wrong', (away) => {
    expect(readTotp(codeOf(away), { secret }, now, hmac)).toEqual({ kind: 'wrong' });
  });

  test('is accepted once: not for its own step again, and what was used is not late but wrong', () => {
    expect(readTotp(codeOf(0), { secret, lastStep: step }, now, hmac)).toEqual({ kind: 'wrong' });
    expect(readTotp(codeOf(-1), { secret, lastStep: step - 1 }, now, hmac)).toEqual({ kind: 'wrong' });
    expect(readTotp(codeOf(0), { secret, lastStep: step - 1 }, now, hmac)).toEqual({ kind: 'right', step });
  });

  test('reliability F7: is not used up by one that was shown to a clock a year ahead, or a day', () => {
    for (const days of [1, 365]) {
      const lastStep = step + (days * 24 * 60 * 60) / 30;
      expect(readTotp(codeOf(0), { secret, lastStep }, now, hmac)).toEqual({ kind: 'right', step });
    }
    // What a clock is put right by now and then: the code may have been seen.
    expect(readTotp(codeOf(0), { secret, lastStep: step + 4 }, now, hmac)).toEqual({ kind: 'wrong' });
  });

  test('may be pasted with a blank in the middle', () => {
    const code = codeOf(0);
    expect(readTotp(` ${code.slice(0, 3)} ${code.slice(3)}\n`, { secret }, now, hmac)).toEqual({ kind: 'right', step });
  });

  test.each(['', '5924', '0059240', 'abcdef', '００５９２４'])('that is “%s” is not a code', (typed) => {
    expect(readTotp(typed, { secret }, now, hmac)).toEqual({ kind: 'wrong' });
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
