import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { type HostKind, requestHost } from './request-host.ts';

const publicUrl = new URL('https://sekretess.lindala.example');

function kindOf(
  hosts: readonly string[],
  { proxy = false, forwarded = '', version = '1.1', own = publicUrl } = {},
): HostKind {
  const headers = { host: hosts[0], ...(forwarded && { 'x-forwarded-host': forwarded }) };
  const request = {
    rawHeaders: hosts.flatMap((host) => ['Host', host]),
    headers,
    httpVersion: version,
    socket: { localPort: 4321 },
  } as unknown as IncomingMessage;
  return requestHost(request, own, proxy).kind;
}

test.for(['sekretess.lindala.example', 'SEKRETESS.lindala.example', 'sekretess.lindala.example:443'])(
  '%s is ours',
  (host) => {
    expect(kindOf([host])).toBe('own');
  },
);

test.for([
  'www.lindala.example',
  'localhost',
  '127.0.0.1:4321',
  '[::1]:4321',
  'sekretess.lindala.example:8443',
  'evil.example',
])('%s is another name', (host) => {
  expect(kindOf([host])).toBe('other');
});

test.for([
  'a@b',
  'sekretess.lindala.example/',
  'a b',
  '',
  'a?b',
  'a#b',
  'å.example',
  'a:b',
  'a:123456',
  '[::1',
  '<script>',
  '%41',
  'a,b',
])('security F16: %s is no name', (host) => {
  expect(kindOf([host])).toBe('wrong');
});

test('security F16: none and two are wrong; HTTP/1.0 has none', () => {
  expect(kindOf([])).toBe('wrong');
  expect(kindOf([], { version: '1.0' })).toBe('own');
  expect(kindOf(['sekretess.lindala.example', 'sekretess.lindala.example'])).toBe('wrong');
});

test('a trusted proxy says what the browser asked for, or asks by what it calls us itself', () => {
  const proxy = true;
  expect(kindOf(['127.0.0.1:4321'], { proxy })).toBe('own');
  expect(kindOf(['app:8080'], { proxy })).toBe('own');
  expect(kindOf(['backend'], { proxy })).toBe('own');
  expect(kindOf(['www.lindala.example'], { proxy })).toBe('other');
  expect(kindOf(['app:4321'], { proxy, forwarded: 'www.lindala.example' })).toBe('other');
  expect(kindOf(['app:4321'], { proxy, forwarded: 'evil.example, sekretess.lindala.example' })).toBe('own');
  expect(kindOf(['app:4321'], { forwarded: 'sekretess.lindala.example' })).toBe('other');
});
