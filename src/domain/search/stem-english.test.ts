import { expect, test } from 'vitest';
import { stemEnglish } from './stem-english.ts';

test.for([
  ['journalist', 'journalists'],
  ['photograph', 'photographs', 'photographing', 'photographed'],
  ['agency', 'agencies'],
  ['carry', 'carries', 'carried', 'carrying'],
  ['stop', 'stops', 'stopped', 'stopping'],
  ['disclose', 'discloses', 'disclosed', 'disclosing'],
  ['neighbour', 'neighbours'],
  ['box', 'boxes'],
])('%s and its forms have one stem', (forms) => {
  expect(new Set(forms.map(stemEnglish)).size).toBe(1);
});

test('short words, and those that only end like a plural, stay as they are', () => {
  for (const word of ['', 'a', 'his', 'bus', 'bed', 'ring', 'crisis']) expect(stemEnglish(word)).toBe(word);
});
