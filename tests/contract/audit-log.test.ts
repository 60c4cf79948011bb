import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFileAuditLog } from '#adapters/audit/file-audit-log.ts';
import { createMemoryAuditLog } from '#adapters/memory/memory-audit-log.ts';
import type { AuditEntry, AuditLog } from '#ports/audit-log.ts';
import { StoreClosedError } from '#ports/store.ts';
import { at, day, nodeId, pseudonymOf } from './sample-documents.ts';

const [chief, anna, bo] = ['chief', 'anna', 'bo'].map(pseudonymOf) as [
  ReturnType<typeof pseudonymOf>,
  ReturnType<typeof pseudonymOf>,
  ReturnType<typeof pseudonymOf>,
];
const north = nodeId('north');
const south = nodeId('south');

function look(minutes: number, fields: Partial<AuditEntry> = {}): AuditEntry {
  return { at: at(minutes), actor: chief, action: 'open-person', subject: anna, ...fields };
}

const list = (instant: string, fields: Partial<AuditEntry> = {}): AuditEntry => ({
  at: instant,
  actor: chief,
  action: 'open-list',
  place: north,
  ...fields,
});

async function withAll(log: AuditLog, entries: readonly AuditEntry[]): Promise<AuditLog> {
  for (const entry of entries) await log.append(entry);
  return log;
}

describe.for<readonly [string, () => Promise<AuditLog>]>([
  ['memory', async () => createMemoryAuditLog()],
  ['file', openInNewFolder],
])('the audit log: %s', ([, open]) => {
  test('has what was appended, oldest first, from a moment on', async () => {
    const entries = [look(0), look(1, { subject: bo, why: 'support', place: north }), look(2)];
    const log = await withAll(await open(), entries);
    expect(await log.since(at(0))).toEqual(entries);
    expect(await log.since(at(1))).toEqual(entries.slice(1));
    expect(await log.since(at(3))).toEqual([]);
    expect(log.faults).toEqual([]);
  });

  test('keeps the order of what was appended at the same time', async () => {
    const log = await open();
    const entries = Array.from({ length: 40 }, (_, minute) => look(minute));
    await Promise.all(entries.map((entry) => log.append(entry)));
    expect(await log.since(at(0))).toEqual(entries);
  });

  test('has every kind of entry, and the system as who did it', async () => {
    const entry: AuditEntry = { at: at(0), actor: 'system', action: 'purge' };
    expect(await (await withAll(await open(), [entry])).since(at(0))).toEqual([entry]);
  });

  test('tells about a person newest first, and nothing about another', async () => {
    const entries = [look(0), look(1, { subject: bo }), look(2, { action: 'decide' }), look(3, { action: 'refused' })];
    const log = await withAll(await open(), entries);
    expect(await log.about(anna, [])).toEqual([entries[3], entries[2], entries[0]]);
    expect(await log.about(bo, [])).toEqual([entries[1]]);
    expect(await log.about(chief, [])).toEqual([]);
  });

  test('tells about lists of the places, on the days between, in Stockholm', async () => {
    const inside = [list('2026-06-09T22:00:00.000Z'), list('2026-06-12T21:59:59.999Z', { action: 'export-list' })];
    const outside = [
      list('2026-06-09T21:59:59.999Z'),
      list('2026-06-12T22:00:00.000Z'),
      list('2026-06-11T08:00:00.000Z', { place: south }),
      list('2026-06-11T08:00:00.000Z', { action: 'import' }),
      list('2026-06-11T08:00:00.000Z', { action: 'review-log' }),
    ];
    const log = await withAll(await open(), [...inside, ...outside]);
    expect(await log.about(anna, [{ place: north, from: day('2026-06-10'), to: day('2026-06-12') }])).toEqual(
      inside.toReversed(),
    );
  });

  test('tells about lists of a place that one still belongs to, also in winter, and of several places', async () => {
    const [early, late, other] = [
      list('2025-12-31T23:00:00.000Z'),
      list('2030-01-01T12:00:00.000Z'),
      list('2030-01-02T12:00:00.000Z', { place: south }),
    ];
    const log = await withAll(await open(), [list('2025-12-31T22:59:59.999Z'), early, late, other]);
    expect(await log.about(anna, [{ place: north, from: day('2026-01-01') }])).toEqual([late, early]);
    const both = [north, south].map((place) => ({ place, from: day('2026-01-01') }));
    expect(await log.about(anna, both)).toEqual([other, late, early]);
  });

  test('tells an entry once, though two spans have it, and as many as are asked for', async () => {
    const entries = [look(0), list(at(1)), list(at(2), { subject: anna })];
    const log = await withAll(await open(), entries);
    const spans = [
      { place: north, from: day('2026-06-01') },
      { place: north, from: day('2026-05-01'), to: day('2026-06-30') },
    ];
    expect(await log.about(anna, spans)).toEqual(entries.toReversed());
    expect(await log.about(anna, spans, 2)).toEqual([entries[2], entries[1]]);
  });

  test('writes nothing after it was closed', async () => {
    const log = await open();
    await log.close();
    await expect(log.append(look(0))).rejects.toBeInstanceOf(StoreClosedError);
  });
});

async function openInNewFolder(): Promise<AuditLog> {
  const dataDir = await mkdtemp(join(tmpdir(), 'audit-contract-'));
  const log = await openFileAuditLog({ dataDir });
  onTestFinished(async () => {
    await log.close();
    await rm(dataDir, { recursive: true });
  });
  return log;
}
