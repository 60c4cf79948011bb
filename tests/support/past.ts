import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentKind, decodeDocument, encodeDocument } from '#adapters/lowdb/document-format.ts';
import { groupDocument, personDocument } from '#adapters/lowdb/document-schemas.ts';
import type { CalendarDate } from '#domain/ids.ts';
import type { Group, Person } from '#domain/person.ts';
import { type RunningApp, startApp } from './app.ts';

/** What has come to pass while the server was stopped. */
export interface Change {
  readonly people?: (person: Person) => Person;
  readonly groups?: (group: Group) => Group;
}

/**
 * Stops the server, changes its documents as time would have, and starts it again at the same address: signed-in people
 * stay signed in. Nothing but time makes an ended group or an expired certificate, and no test can wait for it.
 */
export async function restartAfter(
  app: RunningApp,
  change: Change,
  env: Record<string, string> = {},
): Promise<RunningApp> {
  await app.stop();
  if (change.people) await changeFolder(join(app.dataDir, 'people'), personDocument, change.people);
  if (change.groups) await changeFolder(join(app.dataDir, 'groups'), groupDocument, change.groups);
  return startApp({ dataDir: app.dataDir, port: Number(new URL(app.url).port), env });
}

/** The person's newest certificate held until the first day of 2026. */
export function withExpiredCertificate(person: Person): Person {
  const certificates = person.certificates.map((certificate) => ({
    ...certificate,
    issuedOn: '2025-01-01' as CalendarDate,
    issuedAt: '2025-01-01T08:00:00.000Z',
    validUntil: '2026-01-01' as CalendarDate,
  }));
  return { ...person, certificates };
}

/** Links that were sent to the person, and not used, have become too old. */
export function withExpiredLinks(person: Person): Person {
  const old = <T extends object>(link: T | undefined) => link && { ...link, expiresAt: '2026-01-01T00:00:00.000Z' };
  return { ...person, invitation: old(person.invitation), passwordReset: old(person.passwordReset) };
}

/** The group's last day has been. */
export function ended(group: Group): Group {
  return { ...group, lastDay: '2026-01-01' as CalendarDate };
}

async function changeFolder<D extends object>(
  folder: string,
  kind: DocumentKind<D>,
  change: (document: D) => D,
): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const before = decodeDocument(kind, await readFile(file, 'utf8'));
    const after = change(before);
    if (after !== before) await writeFile(file, encodeDocument(kind, after));
  }
}
