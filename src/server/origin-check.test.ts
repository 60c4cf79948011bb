import { expect, test } from 'vitest';
import { isOwnOrigin } from './origin-check.ts';

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
