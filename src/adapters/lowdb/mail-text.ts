/**
 * Every reading of a file in which a name can hide: as it is, with quoted-printable undone, with each run of base64 undone (bodies
 * and encoded words alike), and as Latin-1 where it is no UTF-8.
 */
export function readingsOf(bytes: Buffer): readonly string[] {
  const plain = bytes.toString('utf8');
  const asLatin1 = plain.includes('\ufffd') ? [bytes.toString('latin1')] : [];
  return [plain, ...asLatin1, unquoted(plain), ...base64Runs(plain)];
}

/** RFC 2045 §6.7, and the Q encoding of RFC 2047, where `_` is a blank. */
function unquoted(text: string): string {
  const joined = text.replace(/=\r?\n/g, '').replace(/\?=\s*=\?[^?\s]+\?[Qq]\?/g, '');
  const words = joined.replace(/=\?[^?\s]+\?[Qq]\?([^?]*)\?=/g, (_whole, inside: string) => inside.replace(/_/g, ' '));
  const bytes: number[] = [];
  for (let place = 0; place < words.length; place += 1) {
    const code = words.slice(place, place + 3);
    if (/^=[0-9A-Fa-f]{2}$/.test(code)) {
      bytes.push(Number.parseInt(code.slice(1), 16));
      place += 2;
    } else bytes.push(...Buffer.from(words.charAt(place), 'utf8'));
  }
  return Buffer.from(bytes).toString('utf8');
}

/** Lines of a body belong together, and so do encoded words that follow each other. */
function base64Runs(text: string): readonly string[] {
  const joined = text.replace(/\?=\s*=\?[^?\s]+\?[Bb]\?/g, '');
  const runs = joined.match(/(?:[A-Za-z0-9+/]{4,}={0,2}\r?\n?)+/g) ?? [];
  return runs.map((run) => Buffer.from(run.replace(/\s/g, ''), 'base64').toString('utf8'));
}
