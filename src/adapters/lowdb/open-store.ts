import { join, resolve } from 'node:path';
import { noOrganisation, type Organisation } from '#domain/organisation.ts';
import { noSettings, type OwnSettings } from '#domain/own-settings.ts';
import type { KeptCertificate, PurgeRecord } from '#domain/retention.ts';
import { type ImportLayouts, noLayouts, type StaffImport } from '#domain/staff-import/staff-import.ts';
import type { Store } from '#ports/store.ts';
import { DocumentFolder, fileName } from './document-folder.ts';
import type { DocumentKind } from './document-format.ts';
import type { FillableIndex } from './document-index.ts';
import {
  groupDocument,
  importDocument,
  importLayoutsDocument,
  keptCertificateDocument,
  organisationDocument,
  personDocument,
  personEntryDocument,
  purgeDocument,
  sessionDocument,
  settingsDocument,
} from './document-schemas.ts';
import { type DurableFs, nodeDurableFs } from './durable-fs.ts';
import { ensureFolder } from './ensure-folder.ts';
import { GroupIndex } from './group-index.ts';
import { createGroupStore } from './group-store.ts';
import { createImportStore } from './import-store.ts';
import { createKeptCertificateStore, createPurgeStore } from './kept-certificate-store.ts';
import { PersonIndex } from './person-index.ts';
import { createPersonStore } from './person-store.ts';
import { readFolder } from './read-folder.ts';
import { SessionIndex } from './session-index.ts';
import { createSessionStore } from './session-store.ts';
import { SetAsideFolder } from './set-aside-folder.ts';
import { createSingleStore, noIndex } from './single-store.ts';

/** How many documents stay parsed in memory: about 15 kB for a person, half a kilobyte for the others. */
const keep = {
  people: 2_000,
  groups: 500,
  sessions: 10_000,
  organisation: 1,
  settings: 1,
  imports: 2,
  'import-layouts': 1,
  'kept-certificates': 200,
  purges: 50,
};

export interface OpenLowdbStoreOptions {
  readonly dataDir: string;
  readonly fs?: DurableFs | undefined;
  /** For the names of files that are set aside. */
  readonly now?: (() => Date) | undefined;
}

/**
 * Opens the data folder, and makes it if it is not there. The caller owns it: hold its lock (`acquireDataLock`) first.
 * @throws system errors where the folder as a whole cannot be used; a damaged document is no error, see `setAside`.
 */
export async function openLowdbStore(options: OpenLowdbStoreOptions): Promise<Store> {
  const { fs = nodeDurableFs, now = () => new Date() } = options;
  const dataDir = resolve(options.dataDir);
  const setAsidePath = join(dataDir, 'set-aside');
  await ensureFolder(fs, dataDir);
  await ensureFolder(fs, setAsidePath);
  const setAside = new SetAsideFolder(fs, setAsidePath, now);

  async function openFolder<D extends { readonly id: string }, Entry extends { readonly id: string }>(
    name: keyof typeof keep,
    kind: DocumentKind<D>,
    entryKind: DocumentKind<Entry>,
    index: FillableIndex<D, Entry>,
  ): Promise<DocumentFolder<D>> {
    const path = join(dataDir, name);
    await ensureFolder(fs, path);
    const entries = await readFolder(fs, path, entryKind, setAside);
    for (const conflict of index.fill(entries)) {
      setAside.report(path, fileName(conflict.id), `conflict: an older document has this ${conflict.kind}`);
    }
    const ids = entries.map(({ id }) => id);
    return new DocumentFolder({ fs, path, kind, index, setAside, ids, keep: keep[name] });
  }

  const personIndex = new PersonIndex();
  const people = await openFolder('people', personDocument, personEntryDocument, personIndex);
  const groupIndex = new GroupIndex();
  const groups = await openFolder('groups', groupDocument, groupDocument, groupIndex);
  const sessionIndex = new SessionIndex();
  const sessions = await openFolder('sessions', sessionDocument, sessionDocument, sessionIndex);

  const organisation = await openFolder(
    'organisation',
    organisationDocument,
    organisationDocument,
    noIndex<Organisation>(),
  );

  const settings = await openFolder('settings', settingsDocument, settingsDocument, noIndex<OwnSettings>());

  const imports = await openFolder('imports', importDocument, importDocument, noIndex<StaffImport>());
  const layouts = await openFolder(
    'import-layouts',
    importLayoutsDocument,
    importLayoutsDocument,
    noIndex<ImportLayouts>(),
  );
  const keptCertificates = await openFolder(
    'kept-certificates',
    keptCertificateDocument,
    keptCertificateDocument,
    noIndex<KeptCertificate>(),
  );
  const purges = await openFolder('purges', purgeDocument, purgeDocument, noIndex<PurgeRecord>());

  return {
    people: createPersonStore(people, personIndex),
    groups: createGroupStore(groups, groupIndex),
    sessions: createSessionStore(sessions, sessionIndex),
    organisation: createSingleStore(organisation, noOrganisation),
    settings: createSingleStore(settings, noSettings),
    imports: createImportStore(imports),
    importLayouts: createSingleStore(layouts, noLayouts),
    keptCertificates: createKeptCertificateStore(keptCertificates),
    purges: createPurgeStore(purges),
    setAside: setAside.entries,
    close: async () => {
      const folders = [people, groups, sessions, organisation, settings, imports, layouts, keptCertificates, purges];
      await Promise.all(folders.map((folder) => folder.close()));
    },
  };
}
