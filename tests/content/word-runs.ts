import { createHash } from 'node:crypto';

/** So many words in a row that are the same as a source's are its wording, not ours. */
export const runLength = 8;
/** Of each SHA-256 so much is kept: with some 20,000 runs of ours, one false hit in ten thousand editions of the course. */
export const hashBytes = 5;

/** Every run of eight words in a text, without case and punctuation. */
export function wordRuns(text: string): string[] {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\d]+/gu) ?? [];
  return words.slice(runLength - 1).map((_, place) => words.slice(place, place + runLength).join(' '));
}

/** The start of a run's SHA-256, in base64. */
export function runHash(run: string): string {
  return createHash('sha256').update(run).digest().subarray(0, hashBytes).toString('base64');
}

/** The hashes of a file of runs, whose bytes stand after each other. */
export function unpackRuns(packed: string): Set<string> {
  const bytes = Buffer.from(packed, 'base64');
  return new Set(
    Array.from({ length: bytes.length / hashBytes }, (_, place) =>
      bytes.subarray(place * hashBytes, (place + 1) * hashBytes).toString('base64'),
    ),
  );
}
