import { fieldOfHeading } from './columns.ts';

/** How the bytes of a file were read; shown, so that somebody who sees odd letters knows why. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh';

export type DecodedText =
  | { readonly ok: true; readonly text: string; readonly encoding: TextEncoding }
  | { readonly ok: false; readonly reason: 'import-empty' | 'import-workbook' | 'import-not-text' };

/**
 * The text of a file, whoever wrote it: UTF-8 with or without byte order mark, UTF-16 with one (“Unicode text” of Excel), and
 * where it is not UTF-8, Windows-1252. Text of an old Mac (Mac Roman) has the same bytes as rarer letters of
 * Windows-1252; it is taken for that only where a heading proves it, by being a known word in the one and not in the other.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length === 0) return { ok: false, reason: 'import-empty' };
  if (startsWith(bytes, [0x50, 0x4b]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    return { ok: false, reason: 'import-workbook' };
  }
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  // A text holds no NUL: pictures, programs and UTF-16 without a byte order mark do.
  if (text.includes('\0')) return { ok: false, reason: 'import-not-text' };
  return text.trim() === '' ? { ok: false, reason: 'import-empty' } : { ok: true, text, encoding };
}

function encodingOf(bytes: Uint8Array): TextEncoding {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  const ends = [bytes.indexOf(0x0a), bytes.indexOf(0x0d)].filter((end) => end >= 0);
  const firstLine = bytes.subarray(0, ends.length > 0 ? Math.min(...ends) : bytes.length);
  const known = (encoding: TextEncoding) => knownHeadings(new TextDecoder(encoding).decode(firstLine));
  return known('macintosh') > known('windows-1252') ? 'macintosh' : 'windows-1252';
}

function knownHeadings(line: string): number {
  return line.split(/[;,\t]/).filter((heading) => fieldOfHeading(heading) !== undefined).length;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, place) => bytes[place] === byte);
}
