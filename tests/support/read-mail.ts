import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail of the folder as its receiver reads it. */
export interface ReadMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: string;
  /** The addresses in it, each once. */
  readonly links: readonly string[];
}

/** Every mail that has gone out, oldest first. */
export async function mailsIn(dataDir: string): Promise<readonly ReadMail[]> {
  const folder = join(dataDir, 'mail');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const read = await Promise.all(
    files.map(async (file) => ({
      at: (await stat(join(folder, file))).mtimeMs,
      mail: readMail(await readFile(join(folder, file), 'utf8')),
    })),
  );
  return read.toSorted((one, other) => one.at - other.at).map(({ mail }) => mail);
}

function readMail(source: string): ReadMail {
  const end = source.indexOf('\r\n\r\n');
  const headers = source.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
  const body = source.slice(end + 4);
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim() ?? '';
  const text = (field('Content-Transfer-Encoding') === 'base64' ? fromBase64(body) : fromQuoted(body)).trimEnd();
  const links = [...new Set(text.match(/https?:\/\/[^\s]+/g) ?? [])];
  return { to: field('To').replace(/^.*<|>$/g, ''), subject: fromWords(field('Subject')), text, headers, links };
}

const fromBase64 = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'base64').toString('utf8');

/** RFC 2045 §6.7; what is not encoded stays. */
function fromQuoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/\r\n/g, '\n')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** RFC 2047: encoded words, one or more after each other. */
function fromWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, way: string, inside: string) =>
      way.toUpperCase() === 'B' ? fromBase64(inside) : fromQuoted(inside.replace(/_/g, ' ')),
    );
}
