import { describe, expect, test } from 'vitest';
import { isPublicAddress, placeholdersAmong } from './placeholder.ts';

describe('managers S8: what nobody real is called, or leads to nobody', () => {
  test.for([
    'Lindala kommun',
    'Lindala kommun, omsorgsnämnden',
    'sekretesskorkortet@lindala.example',
    'Sekretesskörkortet <sekretess@lindala.example>',
    'någon@example.com',
    '08-465 004 00',
    '+46 8 465 004 17',
    '031-390 06 99',
    '070-174 06 05',
  ])('%s', (value) => {
    expect(placeholdersAmong([{ name: 'setting', value }])).toEqual([{ name: 'setting', value }]);
  });

  test.for([
    'Lindesbergs kommun',
    'Linköpings kommun, äldrenämnden',
    'sekretess@lindesberg.se',
    'Sekretesskörkortet <sekretess@exempelkommunen.se>',
    '08-508 00 000',
    '0581-810 00',
    '031-390 07 00',
    '',
  ])('real: %s', (value) => {
    expect(placeholdersAmong([{ name: 'setting', value }])).toEqual([]);
  });
});

test.for([
  ['https://sekretess.lindesberg.se', true],
  ['http://192.168.1.20:4321', true],
  ['https://server1', true],
  ['http://127.0.0.1:4321', false],
  ['http://0.0.0.0:4321', false],
  ['http://[::1]:4321', false],
  ['http://[::]:4321', false],
  ['https://localhost:4433', false],
  ['https://sekretess.lindala.example', false],
  ['https://sekretess.example.org', false],
] as const)('%s is public: %s', ([address, isPublic]) => {
  expect(isPublicAddress(new URL(address))).toBe(isPublic);
});
