import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentKind, decodeDocument, encodeDocument } from '#adapters/lowdb/document-format.ts';
import { groupDocument, personDocument, sessionDocument } from '#adapters/lowdb/document-schemas.ts';
import type { Group } from '#domain/groups/group.ts';
import { addDays, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { Decision, Person } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import type { StoredSession } from '#ports/store.ts';
import { type RunningApp, startApp } from './app.ts';

/** What has come to pass while the server was stopped. */
export interface Change {
  readonly people?: (person: Person) => Person;
  readonly groups?: (group: Group) => Group;
  readonly sessions?: (session: StoredSession) => StoredSession;
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
  if (change.sessions) await changeFolder(join(app.dataDir, 'sessions'), sessionDocument, change.sessions);
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

/** The person began long ago: a manager has moved the last day, which has passed, given an extra course and spared them another. */
export function withTasks(person: Person): Person {
  const decided = (id: string, track: Category) => ({ id, track, at: person.createdAt, by: person.pseudonym });
  const decisions: readonly Decision[] = [
    { ...decided('a', 'new-employee'), kind: 'move-due', due: daysFromToday(-2), reason: 'Du har varit sjuk' },
    { ...decided('b', 'student'), kind: 'assign', due: daysFromToday(20), reason: 'Du ska handleda elever' },
    { ...decided('c', 'unit-manager'), kind: 'assign', due: daysFromToday(30), reason: 'Du ska vikariera som chef' },
    { ...decided('d', 'unit-manager'), kind: 'exempt', reason: 'Du har gått kursen hos din förra arbetsgivare' },
  ];
  return { ...workingSince(person, -40), decisions };
}

/** The person's certificate ends in a month. */
export function withCertificateToRenew(person: Person): Person {
  const certificates = person.certificates.map((certificate) => ({
    ...certificate,
    issuedOn: daysFromToday(-335),
    issuedAt: instantOf(new Date(`${daysFromToday(-335)}T08:00:00Z`)),
    validUntil: daysFromToday(30),
  }));
  return { ...workingSince(person, -400), certificates };
}

/** The person has protected identity, and a manager has seen who they are. */
export function shielded(person: Person): Person {
  const identity = { by: person.pseudonym, at: person.createdAt, onPaper: true } as const;
  return { ...person, protectedIdentity: true, identity };
}

/** Links that were sent to the person, and not used, have become too old. */
export function withExpiredLinks(person: Person): Person {
  const old = <T extends object>(link: T | undefined) => link && { ...link, expiresAt: '2026-01-01T00:00:00.000Z' };
  return { ...person, invitation: old(person.invitation), passwordReset: old(person.passwordReset) };
}

/** Who is signed in showed password, code or second factor so many hours before, and has done nothing since. */
export function restedFor(hours: number): (session: StoredSession) => StoredSession {
  const before = (at: string) => new Date(Date.parse(at) - hours * 60 * 60 * 1000).toISOString();
  return ({ createdAt, provenAt, lastUsedAt, strongAt, ...session }) => ({
    ...session,
    createdAt: before(createdAt),
    provenAt: before(provenAt),
    lastUsedAt: before(lastUsedAt),
    strongAt: strongAt && before(strongAt),
  });
}

/** The group's last day has been. */
export function ended(group: Group): Group {
  return { ...group, lastDay: '2026-01-01' as CalendarDate };
}

function workingSince(person: Person, days: number): Person {
  const staffing = currentStaffing(person);
  const engagements = staffing.engagements.map((engagement) => ({ ...engagement, from: daysFromToday(days) }));
  return { ...person, staffing: [{ ...staffing, engagements }] };
}

function daysFromToday(days: number): CalendarDate {
  return addDays(dateOf(new Date()), days);
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

/** The first question of the last sheet has got a new version since it was printed. */
export function withOutdatedSheet(group: Group): Group {
  const last = group.sheets?.at(-1);
  if (!last) return group;
  const items = last.items.map((item, place) => (place === 0 ? { ...item, version: item.version - 1 } : item));
  return { ...group, sheets: group.sheets?.map((sheet) => (sheet === last ? { ...last, items } : sheet)) };
}
