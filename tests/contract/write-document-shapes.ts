/** `node tests/contract/write-document-shapes.ts`, once for each release: the shapes that the next changes are compared with. */
import { writeFile } from 'node:fs/promises';
import * as schemas from '#adapters/lowdb/document-schemas.ts';
import { documentShapes } from './document-shapes.ts';

await writeFile('tests/fixtures/document-shapes.json', `${JSON.stringify(documentShapes(schemas), null, 2)}\n`);
