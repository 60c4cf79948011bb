import type { z } from 'zod';

type Fields = Readonly<Record<string, unknown>>;

/** One kind of document on disk: its shape, the number of that shape, and the way there from older numbers. */
export interface DocumentKind<D> {
  readonly schema: number;
  /** `migrations[n]` turns the fields of schema n into those of schema n + 1. */
  readonly migrations: Readonly<Record<number, (fields: Fields) => Fields>>;
  readonly shape: z.ZodType<D>;
}

/** The file is not a document of this kind. The message says why, and quotes nothing from the file. */
export class DamagedDocumentError extends Error {
  override readonly name = 'DamagedDocumentError';
}

/** A newer version of the program wrote it: no damage, and nothing that this version may take away. */
export class NewerDocumentError extends DamagedDocumentError {
  readonly found: number;
  constructor(found: number) {
    super(`unknown schema ${found}`);
    this.found = found;
  }
}

/** The program tried to save something that it could not read back: a bug. The message names the field. */
export class UnstorableDocumentError extends Error {
  override readonly name = 'UnstorableDocumentError';
}

/** @example encodeDocument(groupDocument, group) // '{"schema":1,"id":"g1",…}\n' */
export function encodeDocument<D extends object>(kind: DocumentKind<D>, document: D): string {
  return `${JSON.stringify({ schema: kind.schema, ...document })}\n`;
}

/**
 * What is about to be saved, as it will be read back: a copy of its own, so that no caller holds a part of it.
 * @throws UnstorableDocumentError
 */
export function storable<D>(kind: DocumentKind<D>, document: D): D {
  const parsed = kind.shape.safeParse(document);
  if (!parsed.success) throw new UnstorableDocumentError(firstIssue(parsed.error));
  return parsed.data;
}

/** @throws DamagedDocumentError */
export function decodeDocument<D>(kind: DocumentKind<D>, text: string): D {
  const parsed = kind.shape.safeParse(migrate(kind, parseFields(text)));
  if (!parsed.success) throw new DamagedDocumentError(firstIssue(parsed.error));
  return parsed.data;
}

function parseFields(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // Not kept as the cause: V8 quotes the text around the fault, and that is somebody's name.
    if (error instanceof SyntaxError) throw new DamagedDocumentError('not JSON');
    throw error;
  }
  if (!isFields(value)) throw new DamagedDocumentError('not an object');
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function migrate<D>(kind: DocumentKind<D>, stored: Fields): Fields {
  const { schema: found, ...rest } = stored;
  if (typeof found !== 'number') throw new DamagedDocumentError('no schema number');
  let fields: Fields = rest;
  for (let number = found; number !== kind.schema; number += 1) {
    const step = kind.migrations[number];
    if (step === undefined && Number.isInteger(found) && found > kind.schema) throw new NewerDocumentError(found);
    if (step === undefined) throw new DamagedDocumentError(`unknown schema ${found}`);
    fields = step(fields);
  }
  return fields;
}

/** The outermost field only: deeper keys may themselves be contents. */
function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const problem = issue?.code === 'custom' ? 'invalid_format' : `${issue?.code}`;
  const field = issue?.path[0];
  return field === undefined ? problem : `field ${String(field)}: ${problem}`;
}
