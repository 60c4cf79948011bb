import { describe, expect, test } from 'vitest';
import { isForeign, isOwnOrigin } from './origin-check.ts';

const own = new URL('https://sekretess.kommunen.example');

test.for(['GET', 'HEAD'])('%s may come from anywhere: it changes nothing', (method) => {
  expect(isOwnOrigin(method, { origin: 'https://elak.example', 'sec-fetch-site': 'cross-site' }, own)).toBe(true);
  expect(isOwnOrigin(method, {}, own)).toBe(true);
});

const changing = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'post', 'ELAK'];

test.for(changing)('%s is taken from our own pages', (method) => {
  expect(isOwnOrigin(method, { origin: 'https://sekretess.kommunen.example' }, own)).toBe(true);
  expect(isOwnOrigin(method, { origin: own.origin, 'sec-fetch-site': 'same-origin' }, own)).toBe(true);
});

test.for(changing)('%s without an Origin, or with “null”, is taken if the browser says that it is ours', (method) => {
  expect(isOwnOrigin(method, { 'sec-fetch-site': 'same-origin' }, own)).toBe(true);
  expect(isOwnOrigin(method, { origin: 'null', 'sec-fetch-site': 'same-origin' }, own)).toBe(true);
});

test.for(changing)('%s is refused from elsewhere', (method) => {
  for (const origin of [
    'https://elak.example',
    'http://sekretess.kommunen.example',
    'https://sekretess.kommunen.example:8443',
    'https://sekretess.kommunen.example.elak.example',
    'https://www.sekretess.kommunen.example',
    'https://kommunen.example',
    'https://sekretess.kommunen.example/',
    'HTTPS://SEKRETESS.KOMMUNEN.EXAMPLE ',
    'file://',
  ]) {
    expect(isOwnOrigin(method, { origin }, own), origin).toBe(false);
    // The Origin decides where there is one.
    expect(isOwnOrigin(method, { origin, 'sec-fetch-site': 'same-origin' }, own), origin).toBe(false);
  }
});

test.for(changing)('%s that does not say where it comes from is refused', (method) => {
  expect(isOwnOrigin(method, {}, own)).toBe(false);
  expect(isOwnOrigin(method, { origin: '' }, own)).toBe(false);
  expect(isOwnOrigin(method, { origin: 'null' }, own)).toBe(false);
  for (const site of ['same-site', 'cross-site', 'none', '']) {
    expect(isOwnOrigin(method, { 'sec-fetch-site': site }, own), site).toBe(false);
    expect(isOwnOrigin(method, { origin: 'null', 'sec-fetch-site': site }, own), site).toBe(false);
  }
});

describe('security F5: a request that another site made', () => {
  const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
  const pressed = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    'sec-fetch-user': '?1',
  };

  test.for([
    ['an image', image],
    ['a site of the same owner', { ...image, 'sec-fetch-site': 'same-site' }],
    ['a navigation by a script', { ...pressed, 'sec-fetch-user': undefined }],
    ['a frame', { ...pressed, 'sec-fetch-dest': 'iframe' }],
    ['a browser that says no more', { 'sec-fetch-site': 'cross-site' }],
  ] as const)('is foreign: %s', ([, headers]) => {
    expect(isForeign('GET', headers)).toBe(true);
    expect(isForeign('HEAD', headers)).toBe(true);
  });

  test.for([
    ['a link that somebody has pressed', pressed],
    ['our own page', { ...image, 'sec-fetch-site': 'same-origin' }],
    ['an address that is typed or scanned', { ...pressed, 'sec-fetch-site': 'none' }],
    ['a client that is no browser', {}],
  ] as const)('is not: %s', ([, headers]) => {
    expect(isForeign('GET', headers)).toBe(false);
  });

  test('a form is for the check of its origin', () => {
    expect(isForeign('POST', image)).toBe(false);
  });
});
