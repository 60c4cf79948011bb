import { z } from 'zod';
import type { DocumentKind } from '#adapters/lowdb/document-format.ts';
import { folderFormat } from '#adapters/lowdb/folder-stamp.ts';

/** The shapes of documents in one version of the program: what `tests/fixtures/document-shapes.json` holds of the last release. */
export interface DocumentShapes {
  /** `folderFormat.number`. */
  readonly format: number;
  readonly kinds: Readonly<Record<string, { readonly schema: number; readonly shape: unknown }>>;
}

/** @param module what `document-schemas.ts` exports */
export function documentShapes(
  module: Readonly<Record<string, unknown>>,
  format: number = folderFormat.number,
): DocumentShapes {
  // The index's look at people is no shape of its own.
  const kinds = Object.entries(module).filter(([name, value]) => isKind(value) && name !== 'personEntryDocument');
  const described = kinds.map(([name, value]) => {
    const { schema, shape } = value as DocumentKind<unknown>;
    return [name, { schema, shape: z.toJSONSchema(shape, { unrepresentable: 'any', io: 'input' }) }] as const;
  });
  return { format, kinds: Object.fromEntries(described) };
}

function isKind(value: unknown): value is DocumentKind<unknown> {
  return typeof value === 'object' && value !== null && 'schema' in value && 'shape' in value;
}
