import { join, resolve } from 'node:path';
import { noLayouts } from '#domain/import/staff-import.ts';
import { noOrganisation } from '#domain/people/organisation.ts';
import { noSettings } from '#domain/settings/own-settings.ts';
import type { SetAside, Store } from '#ports/store.ts';
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
import { type FolderSurvey, refuseWhatIsNotOurs } from './folder-survey.ts';
import { GroupIndex } from './group-index.ts';
import { createGroupStore } from './group-store.ts';
import { createImportStore } from './import-store.ts';
import { createKeptCertificateStore, createPurgeStore } from './kept-certificate-store.ts';
import { PersonIndex } from './person-index.ts';
import { createPersonStore } from './person-store.ts';
import { readFolder, tidyFolder } from './read-folder.ts';
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
  /**
   * Asked when everything has been read and nothing changed yet: throws where this folder must not be opened.
   * Without it, only what holds for any folder is asked (`refuseWhatIsNotOurs`).
   */
  readonly examine?: ((survey: FolderSurvey) => void | Promise<void>) | undefined;
  /** Hears of each document that is set aside or in conflict, also later. */
  readonly report?: ((entry: SetAside) => void) | undefined;
}

/**
 * Opens the data folder, and makes it if it is not there. The caller owns it: hold its lock (`acquireDataLock`) first.
 * @throws system errors where the folder as a whole cannot be used, FolderRefusedError where it must not be;
 *   a few damaged documents are no error, see `setAside`.
 */
export async function openLowdbStore(options: OpenLowdbStoreOptions): Promise<Store> {
  const { fs = nodeDurableFs, now = () => new Date(), examine = refuseWhatIsNotOurs, report } = options;
  const dataDir = resolve(options.dataDir);
  const setAsidePath = join(dataDir, 'set-aside');
  await ensureFolder(fs, dataDir);
  await ensureFolder(fs, setAsidePath);
  const setAside = new SetAsideFolder({ fs, path: setAsidePath, now, report });

  async function readKind<D extends { readonly id: string }, Entry extends { readonly id: string }>(
    name: keyof typeof keep,
    kind: DocumentKind<D>,
    entryKind: DocumentKind<Entry>,
    index: FillableIndex<D, Entry>,
  ) {
    const path = join(dataDir, name);
    await ensureFolder(fs, path);
    const read = await readFolder(fs, path, entryKind);
    const open = async (): Promise<DocumentFolder<D>> => {
      await tidyFolder(fs, path, read, setAside);
      const conflicts = index.fill(read.documents);
      for (const conflict of conflicts) {
        setAside.report(path, fileName(conflict.id), `conflict: an older document has this ${conflict.kind}`);
      }
      const ids = read.documents.map(({ id }) => id);
      return new DocumentFolder({ fs, path, kind, index, setAside, ids, keep: keep[name] });
    };
    return { survey: { name, read: read.documents.length, unread: read.unread }, entries: read.documents, open };
  }
  /** Documents that are found by their id and by nothing else. */
  const readSimple = <D extends { readonly id: string }>(name: keyof typeof keep, kind: DocumentKind<D>) =>
    readKind(name, kind, kind, noIndex<D>());

  const personIndex = new PersonIndex();
  const groupIndex = new GroupIndex();
  const sessionIndex = new SessionIndex();
  const found = {
    people: await readKind('people', personDocument, personEntryDocument, personIndex),
    groups: await readKind('groups', groupDocument, groupDocument, groupIndex),
    sessions: await readKind('sessions', sessionDocument, sessionDocument, sessionIndex),
    organisation: await readSimple('organisation', organisationDocument),
    settings: await readSimple('settings', settingsDocument),
    imports: await readSimple('imports', importDocument),
    layouts: await readSimple('import-layouts', importLayoutsDocument),
    kept: await readSimple('kept-certificates', keptCertificateDocument),
    purges: await readSimple('purges', purgeDocument),
  };
  const beforehand = await setAside.count();
  await examine({
    kinds: Object.values(found).map(({ survey }) => survey),
    people: found.people.entries,
    groups: found.groups.entries,
    places: found.organisation.entries.flatMap(({ nodes }) => nodes.map(({ id }) => id)),
    hasSetAside: beforehand.files + beforehand.gone.length > 0,
  });
  const people = await found.people.open();
  const groups = await found.groups.open();
  const sessions = await found.sessions.open();
  const organisation = await found.organisation.open();
  const settings = await found.settings.open();
  const imports = await found.imports.open();
  const layouts = await found.layouts.open();
  const keptCertificates = await found.kept.open();
  const purges = await found.purges.open();

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
    unresolved: async () => {
      const { files, gone } = await setAside.count();
      return { setAside: files, gone: gone.length, conflicts: personIndex.conflicts() + groupIndex.conflicts() };
    },
    noteGone: async (ids) => {
      const { gone, has } = await setAside.count();
      for (const note of gone) if (people.has(idOf(note))) await setAside.removeNote(note);
      for (const id of ids) {
        const document = `people.${fileName(id)}`;
        if (people.has(id) || has(document)) continue;
        setAside.report('people', fileName(id), 'the file is gone');
        await setAside.note(document);
      }
    },
    close: async () => {
      const folders = [people, groups, sessions, organisation, settings, imports, layouts, keptCertificates, purges];
      await Promise.all(folders.map((folder) => folder.close()));
    },
  };
}

/** @example idOf('people.p1.json') // 'p1' */
function idOf(document: string): string {
  return document.replace(/^people\./, '').replace(/\.json$/, '');
}
