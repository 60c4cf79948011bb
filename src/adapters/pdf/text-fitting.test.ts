import { expect, test } from 'vitest';
import { fitText } from '#adapters/pdf/text-fitting.ts';

/** Every letter half an em wide. */
const widthOf = (text: string) => Array.from(text).length / 2;
const box = { width: 100, height: 50, size: 20, oneLineSize: 16, smallestSize: 10, lineHeight: 1.2 };

test('A short text stays on one line at full size', () => {
  expect(fitText('Åsa Ek', box, widthOf)).toEqual({ size: 20, lines: ['Åsa Ek'] });
});

test('A slightly longer text shrinks rather than breaks', () => {
  const { size, lines } = fitText('Åsa Ekström', box, widthOf);
  expect(lines).toEqual(['Åsa Ekström']);
  expect(size).toBeCloseTo(18.2, 1);
});

test('A long text breaks between words, and the space stays at the end of the line', () => {
  expect(fitText('Åsa Maria Öberg Ek', box, widthOf).lines).toEqual(['Åsa Maria ', 'Öberg Ek']);
});

test('A hyphen is a place to break only when spaces do not suffice', () => {
  expect(fitText('Öberg-Ängströmsson Ek', box, widthOf).lines).toEqual(['Öberg-Ängströmsson ', 'Ek']);
  expect(fitText('Öbergström-Ängströmsson', box, widthOf).lines).toEqual(['Öbergström-', 'Ängströmsson']);
});

test('Nothing is ever cut off', () => {
  for (const text of ['x'.repeat(500), 'ord '.repeat(200).trim(), 'a-'.repeat(100), 'ö', '-']) {
    const { size, lines } = fitText(text, box, widthOf);
    expect(lines.join('')).toBe(text);
    for (const line of lines) expect(widthOf(line.trimEnd()) * size).toBeLessThanOrEqual(100.001);
    expect(lines.length * size * 1.2).toBeLessThanOrEqual(Math.max(50, size * 1.2));
  }
});
