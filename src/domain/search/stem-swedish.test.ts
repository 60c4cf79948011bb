import { expect, test } from 'vitest';
import { stemSwedish } from './stem-swedish.ts';

test.for([
  ['journal', 'journalen', 'journaler', 'journalerna', 'journalens', 'journals'],
  ['loggkontroll', 'loggkontrollen', 'loggkontroller', 'loggkontrollerna'],
  ['polis', 'polisen', 'polisens', 'poliser'],
  ['berätta', 'berättar', 'berättade', 'berättat', 'berättas'],
  ['barn', 'barnet', 'barnets', 'barnen'],
  ['mamma', 'mamman', 'mammas', 'mammor'],
  ['kollega', 'kollegan', 'kollegor', 'kollegorna'],
  ['allmän', 'allmänna'],
  ['skriver', 'skrivit', 'skriva'],
  ['papper', 'papperet'],
  ['registrator', 'registratorn', 'registratorer'],
  ['anhörig', 'anhöriga', 'anhörigas', 'anhörige'],
  ['samtycke', 'samtycket', 'samtycken'],
])('%s and its forms have one stem', (forms) => {
  expect(new Set(forms.map(stemSwedish)).size).toBe(1);
});

test('words that only look alike keep apart', () => {
  expect(stemSwedish('polis')).not.toBe(stemSwedish('policy'));
  expect(stemSwedish('brukare')).not.toBe(stemSwedish('brott'));
  expect(stemSwedish('sekretess')).toBe('sekretess');
});

test('short words stay as they are', () => {
  for (const word of ['', 'å', 'du', 'bil', 'son', 'sms']) expect(stemSwedish(word)).toBe(word);
});
