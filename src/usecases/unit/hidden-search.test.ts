import { expect, test } from 'vitest';
import { secretsFrom } from '#adapters/secrets/file-secrets.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import { hideSearch, readSearch } from './hidden-search.ts';

const services = { secrets: secretsFrom(new Uint8Array(32).fill(7)) };
const [maria, samira] = [{ id: 'maria' as PersonId }, { id: 'samira' as PersonId }];

test('security F18: a name that was searched for is not to be read in the address, and is the searcher’s to read', () => {
  const hidden = hideSearch(services, maria, ' Åsa Öberg ');
  expect(hidden).toMatch(/^[\w.-]+$/);
  expect(decodeURIComponent(hidden)).not.toContain('berg');
  expect(Buffer.from(hidden, 'base64url').toString()).not.toContain('berg');
  expect(readSearch(services, maria, hidden)).toBe('Åsa Öberg');
  expect(readSearch(services, samira, hidden)).toBe('');
  expect(hideSearch(services, maria, 'Åsa Öberg')).not.toBe(hidden);
});

test('what is typed into the address, cut or changed is no search', () => {
  const hidden = hideSearch(services, maria, 'Åsa');
  for (const other of ['Åsa', '', null, hidden.slice(1), hidden.slice(0, -2), `${hidden}x`, '%']) {
    expect(readSearch(services, maria, other)).toBe('');
  }
  expect(hideSearch(services, maria, '  ')).toBe('');
  expect(readSearch(services, maria, hideSearch(services, maria, 'x'.repeat(500)))).toHaveLength(100);
});
