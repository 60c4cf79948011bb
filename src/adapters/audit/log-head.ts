import { join } from 'node:path';
import { z } from 'zod';
import { systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import { DurableJsonFile } from '#adapters/lowdb/durable-json-file.ts';
import type { LogFs } from './log-fs.ts';
import type { LogKeys } from './log-keys.ts';

const headSchema = z.strictObject({
  schema: z.literal(1),
  /** The file that is being written. */
  file: z.string(),
  lines: z.int().min(0),
  bytes: z.int().min(0),
  /** The number of the last line in the whole log. */
  last: z.int().min(0),
  /** The mark of the last line. */
  mac: z.string(),
  publicKey: z.string(),
});
/** How far the log has come: everything up to here has been acknowledged, and nothing after. */
export type LogHead = Omit<z.infer<typeof headSchema>, 'schema' | 'publicKey'>;

const signatureBegins = ',"signature":"';
const signatureEnds = '"}\n';

/** Beside the log's folder, not in it: whoever puts back an older state of the one has not put back the other. */
export const headFolder = (dataDir: string) => join(dataDir, 'audit-head');
export const headFile = 'head.json';

export function headWriter(fs: LogFs, dataDir: string, keys: LogKeys): (head: LogHead) => Promise<void> {
  const file = new DurableJsonFile<string>({
    fs,
    folder: headFolder(dataDir),
    name: headFile,
    encode: (text) => text,
    decode: (text) => text,
  });
  return ({ file: name, lines, bytes, last, mac }) => {
    const head = { schema: 1, file: name, lines, bytes, last, mac, publicKey: keys.publicKey };
    const body = JSON.stringify(head).slice(0, -1);
    return file.write(`${body}${signatureBegins}${keys.sign(body)}${signatureEnds}`);
  };
}

/** `missing` where there is none, `changed` where it is not as it was signed. */
export async function readLogHead(
  fs: LogFs,
  dataDir: string,
  keys: LogKeys | undefined,
): Promise<LogHead | 'missing' | 'changed'> {
  let text: string;
  try {
    text = await fs.readFile(join(headFolder(dataDir), headFile));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return 'missing';
    throw error;
  }
  const begins = text.lastIndexOf(signatureBegins);
  const body = text.slice(0, Math.max(begins, 0));
  const signature = text.slice(begins + signatureBegins.length, -signatureEnds.length);
  const isWhole = begins >= 0 && text === `${body}${signatureBegins}${signature}${signatureEnds}`;
  if (!keys || !isWhole || !keys.verify(body, signature)) return 'changed';
  const { publicKey: _, schema: __, ...head } = headSchema.parse(JSON.parse(`${body}}`));
  return head;
}
