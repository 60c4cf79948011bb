import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import * as schemas from '#adapters/lowdb/document-schemas.ts';
import { type DocumentShapes, documentShapes } from './document-shapes.ts';

const released = JSON.parse(readFileSync('tests/fixtures/document-shapes.json', 'utf8')) as DocumentShapes;

/** What has to be done before these shapes can be released after those; nothing where it has been. */
function leftToDo(before: DocumentShapes, now: DocumentShapes): readonly string[] {
  const names = Object.keys({ ...before.kinds, ...now.kinds });
  const isChanged = (name: string) => !isDeepStrictEqual(before.kinds[name], now.kinds[name]);
  const kept = names.filter((name) => isChanged(name) && before.kinds[name]?.schema === now.kinds[name]?.schema);
  const fromNumber = (name: string) => before.kinds[name]?.schema ?? 0;
  return [
    ...kept.map(
      (name) =>
        `${name} has another shape than in the last release and the same number. In src/adapters/lowdb/document-schemas.ts: schema ${fromNumber(name) + 1}, and a step ${fromNumber(name)} in migrations. Put a data folder of the old shape under tests/fixtures.`,
    ),
    ...(names.some(isChanged) && now.format <= before.format
      ? [
          `Shapes have changed since the last release and the folder's format has not: in src/adapters/lowdb/folder-stamp.ts, folderFormat: number ${before.format + 1}, and readableFrom the same unless an older version reads and keeps everything (decision 0034).`,
        ]
      : []),
  ];
}

test('reliability F1: a document whose shape has changed since the last release has another number, and so has the folder', () => {
  const now = documentShapes(schemas);
  expect(Object.keys(now.kinds).length).toBeGreaterThan(8);
  expect(leftToDo(released, now)).toEqual([]);
});

test('reliability F1: a field that is added, allowed to be missing, or written in another way is another shape', () => {
  const now = documentShapes(schemas);
  const [name = '', kind] = Object.entries(now.kinds)[0] ?? [];
  const shape = kind?.shape as { properties: Record<string, object>; required: string[] };
  const others = [
    { ...shape, properties: { ...shape.properties, more: { type: 'string' } } },
    { ...shape, required: shape.required.slice(1) },
    { ...shape, properties: { ...shape.properties, id: { ...shape.properties['id'], pattern: 'another' } } },
  ];
  for (const other of others) {
    const changed = { ...now, kinds: { ...now.kinds, [name]: { schema: kind?.schema ?? 0, shape: other } } };
    expect(leftToDo(now, changed)).toEqual([
      expect.stringContaining(`${name} has another shape`),
      expect.stringContaining(`number ${now.format + 1}`),
    ]);
  }
  expect(JSON.stringify(now)).toContain('document id');
});
