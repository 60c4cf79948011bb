import { describe, expect, test } from 'vitest';
import { distanceWithin, speller } from './spelling.ts';

const spell = speller([
  'journal',
  'journalist',
  'sekretess',
  'fotografera',
  'anhöriga',
  'får',
  'bild',
  'bilda',
  'polis',
]);
const words = (written: string) => spell(written).map(({ word }) => word);

describe('what was meant', () => {
  test.for([
    ['jurnal', ['journal']],
    ['sekretes', ['sekretess']],
    ['fotgrafera', ['fotografera']],
    ['sekretses', ['sekretess']],
    ['plois', ['polis']],
    ['bidl', ['bild']],
  ] as const)('by %s: %j', ([written, meant]) => {
    expect(words(written)).toEqual(meant);
  });

  test('is nearest where only dots and rings are missing', () => {
    expect(spell('anhoriga')).toEqual([{ word: 'anhöriga', distance: 0.5 }]);
  });

  test('is not guessed from three letters, nor from what is too far off', () => {
    expect(words('bld')).toEqual([]);
    expect(words('xyzzy')).toEqual([]);
    expect(words('')).toEqual([]);
  });
});

test.for([
  ['ab', 'ba', 1],
  ['sekretess', 'sekretess', 0],
  ['kitten', 'sitting', 3],
  ['', 'ab', 2],
] as const)('%s and %s are %s apart', ([one, other, distance]) => {
  expect(distanceWithin(one, other, 3)).toBe(distance);
  expect(distanceWithin(other, one, 3)).toBe(distance);
  expect(distanceWithin(one, other, distance - 1)).toBeUndefined();
});
