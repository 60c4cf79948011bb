import { z } from 'zod';
import type { Instant, NodeId, Pseudonym } from '#domain/kernel/ids.ts';
import { type AuditEntry, auditActions, auditFaultReasons, auditReasons, identityProofs } from '#ports/audit-log.ts';
import { isDocumentId } from '#ports/store.ts';
import type { LogKeys } from './log-keys.ts';

const id = <T extends string>() => z.custom<T>((value) => typeof value === 'string' && isDocumentId(value));
const instant = z.custom<Instant>((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)));
const number = z.int().min(0);
const mark = z.string().regex(/^[\w-]{1,40}$/);

const entrySchema = z.strictObject({
  n: number,
  at: instant,
  actor: id<Pseudonym | 'system'>(),
  action: z.enum(auditActions),
  subject: id<Pseudonym>().optional(),
  place: id<NodeId>().optional(),
  why: z.enum([...auditReasons, ...identityProofs]).optional(),
  device: mark.optional(),
  network: mark.optional(),
});

/** The first line of the file in which a broken log goes on. */
const breakSchema = z.strictObject({
  n: number,
  at: instant,
  broken: z.array(z.strictObject({ reason: z.enum(auditFaultReasons), file: z.string(), line: number.optional() })),
  /** Every earlier file as it was found, so that no one changes the evidence afterwards. */
  sealed: z.array(z.strictObject({ file: z.string(), bytes: number, sha256: z.string() })),
});
export type LogBreak = Omit<z.infer<typeof breakSchema>, 'n'>;

export type LineContent =
  | { readonly kind: 'entry'; readonly n: number; readonly entry: AuditEntry }
  | { readonly kind: 'break'; readonly n: number; readonly found: LogBreak };

export interface EncodedLine {
  /** With its line break. */
  readonly text: string;
  readonly mac: string;
}

const macBegins = ',"mac":"';
const macEnds = '"}';
/** SHA-256 in base64url. */
const macLength = 43;
const endLength = macBegins.length + macLength + macEnds.length;

/** What the first line of a file is chained to. */
export function beginningOf(file: string): string {
  return `sekretesskorkortet audit log, ${file}`;
}

export function encodeLine(keys: LogKeys, previous: string, n: number, content: AuditEntry | LogBreak): EncodedLine {
  const body = JSON.stringify({ n, ...content }).slice(0, -1);
  const mac = keys.mac(previous, body);
  return { text: `${body}${macBegins}${mac}${macEnds}\n`, mac };
}

export interface CheckedLine {
  /** Whether the key made its mark over these very bytes, after this line before it. */
  readonly isTrue: boolean;
  /** What stands there as its mark, true or not: the next line is chained to that. */
  readonly mac: string;
  /** Where it can be read. */
  readonly content?: LineContent | undefined;
}

/** @param line without its line break, a character for each byte: what we write has no others than ASCII's */
export function checkLine(keys: LogKeys, previous: string, line: string): CheckedLine {
  const body = line.slice(0, -endLength);
  const end = line.slice(body.length);
  const mac = end.slice(macBegins.length, -macEnds.length);
  const isTrue = end === `${macBegins}${keys.mac(previous, body)}${macEnds}`;
  return { isTrue, mac, content: parseLine(line) };
}

/** @returns undefined for what is no line of a log */
export function parseLine(line: string): LineContent | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof fields !== 'object' || fields === null || !('mac' in fields)) return undefined;
  const { mac: _, ...rest } = fields;
  const entry = entrySchema.safeParse(rest);
  if (entry.success) {
    const { n, ...parsed } = entry.data;
    return { kind: 'entry', n, entry: parsed };
  }
  const broken = breakSchema.safeParse(rest);
  if (!broken.success) return undefined;
  const { n, ...found } = broken.data;
  return { kind: 'break', n, found };
}
