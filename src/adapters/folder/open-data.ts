import { join } from 'node:path';
import { nodeLogFs } from '#adapters/audit/log-fs.ts';
import { hasLines } from '#adapters/audit/read-log.ts';
import { type FolderStamp, readFolderStamp } from '#adapters/lowdb/folder-stamp.ts';
import { type FolderSurvey, refuseWhatIsIncomplete, refuseWhatIsNotOurs } from '#adapters/lowdb/folder-survey.ts';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { openIssuedRegister } from '#adapters/register/issued-register.ts';
import { registeringStore } from '#adapters/register/registering-store.ts';
import { findKeys, type KeysPlace, openFileSecrets } from '#adapters/secrets/file-secrets.ts';
import { KeyRingError } from '#adapters/secrets/key-ring.ts';
import type { CalendarDate, CertificateCode, PersonId } from '#domain/kernel/ids.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import type { DataFolder } from '#ports/data-folder.ts';
import { FolderRefusedError } from '#ports/folder-refusal.ts';
import type { IssuedCodes } from '#ports/issued-codes.ts';
import type { Secrets } from '#ports/secrets.ts';
import type { SetAside, Store } from '#ports/store.ts';
import { createDiskState, tryWriting } from './disk-state.ts';
import { programVersion } from './program-version.ts';

export interface OpenDataOptions extends KeysPlace {
  readonly clock: () => Date;
  /** The command that makes a new administrator may open a folder that has none. */
  readonly mayLackAdministrator?: boolean | undefined;
  readonly report: (entry: SetAside) => void;
  readonly reportError: (error: unknown) => void;
}

export interface OpenData {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly folder: DataFolder;
  readonly issued: IssuedCodes;
}

/**
 * Opens documents and keys of a data folder, or refuses it: a folder that a newer version wrote, that has lost more than a few
 * documents, its people, its organisation, its last administrator or its keys is no new one (decision 0034). Everything is read
 * and judged before anything is changed.
 *
 * @throws FolderRefusedError, and KeyRingError where the operator's own file of keys is wrong
 */
export async function openData({ dataDir, keysFile, clock, ...options }: OpenDataOptions): Promise<OpenData> {
  const stamp = await readFolderStamp({ dataDir, version: programVersion() });
  const place = { dataDir, keysFile };
  const keys = await findKeysOrRefuse(place);
  const wasInUse = stamp.wasInUse || (stamp.isMissing && (await hasLines(nodeLogFs, dataDir)));
  const examine = (survey: FolderSurvey) => {
    refuseWhatIsNotOurs(survey);
    const isNew = survey.people.length === 0 && !wasInUse && stamp.fits(undefined);
    if (!keys && !isNew) throw new FolderRefusedError({ reason: 'no-keys' });
    if (keys && !stamp.fits(keys)) throw new FolderRefusedError({ reason: 'other-keys' });
    refuseWhatIsIncomplete(survey, { wasInUse, mayLackAdministrator: options.mayLackAdministrator ?? false });
  };
  const examineAndTry = async (survey: FolderSurvey) => {
    examine(survey);
    await tryEveryFolder(dataDir);
  };
  const store = await openLowdbStore({ dataDir, now: clock, examine: examineAndTry, report: options.report });
  const secrets = await openFileSecrets({ ...place, record: (checks) => stamp.record({ keys: checks }) });
  if ((await store.people.count()) > 0) await stamp.record({ inUse: true });
  await store.noteGone(await goneFrom(store));
  const issued = await openIssuedRegister({
    dataDir,
    there: await certificatesIn(store),
    beginsComplete: !stamp.hadRegister && (await isWhole(store)),
    reportError: options.reportError,
  });
  await stamp.record({ issued: true });
  const folder = dataFolder(stamp, join(dataDir, 'people'));
  return { store: registeringStore(store, issued), secrets, folder, issued };
}

function dataFolder(stamp: FolderStamp, people: string): DataFolder {
  let lastSeenAt = stamp.seenAt;
  return {
    lastSeenAt: () => lastSeenAt,
    seen: async (now) => {
      await stamp.record({ seenAt: now });
      lastSeenAt = now;
    },
    markInUse: () => stamp.record({ inUse: true }),
    disk: createDiskState(people),
  };
}

/** A folder in which nothing can be saved is found out before anybody is served, and not at the first answer of an exam. */
async function tryEveryFolder(dataDir: string): Promise<void> {
  for (const name of ['people', 'groups', 'sessions', 'organisation', 'set-aside'])
    await tryWriting(join(dataDir, name));
}

async function findKeysOrRefuse(place: KeysPlace) {
  try {
    return await findKeys(place);
  } catch (error) {
    if (!(error instanceof KeyRingError) || place.keysFile !== undefined) throw error;
    throw new FolderRefusedError({ reason: 'keys-damaged', why: error.message });
  }
}

async function certificatesIn({ people, keptCertificates }: Store) {
  const kept = (await keptCertificates.list()).map(({ id: code, validUntil }) => ({ code, validUntil }));
  const held: { readonly code: CertificateCode; readonly validUntil: CalendarDate }[] = [];
  for await (const { certificates } of everybody(people)) held.push(...certificates);
  return [...held, ...kept];
}

/** Whether every certificate that has been issued can be there: nothing was purged, and nobody is set aside or gone. */
async function isWhole(store: Store): Promise<boolean> {
  const { setAside, gone } = await store.unresolved();
  return setAside + gone === 0 && (await store.purges.list()).length === 0;
}

/** Whom a group has kept a seat for, or a browser is signed in as, and who is not there: a purge leaves neither behind. */
async function goneFrom({ people, groups, sessions }: Store): Promise<readonly PersonId[]> {
  const pointedTo = new Set(await sessions.people());
  for (const { seats } of await groups.list()) for (const seat of seats) pointedTo.add(seat);
  for await (const { id } of everybody(people)) pointedTo.delete(id);
  return [...pointedTo];
}

async function* everybody(people: Store['people']): AsyncGenerator<StaffRecord> {
  const limit = 1000;
  for (let after: PersonId | undefined; ; ) {
    const page = await people.listStaff({ after, limit });
    yield* page;
    after = page.at(-1)?.id;
    if (page.length < limit) return;
  }
}
