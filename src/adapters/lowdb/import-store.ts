import type { StaffImport } from '#domain/import/staff-import.ts';
import type { ImportStore } from '#ports/store.ts';
import type { DocumentFolder } from './document-folder.ts';

/** There are a handful at a time. */
const most = 10_000;

export function createImportStore(folder: DocumentFolder<StaffImport>): ImportStore {
  return {
    create: (staffImport) => folder.create(staffImport),
    get: (id) => folder.get(id),
    update: (id, change) => folder.update(id, change),
    list: () => folder.page(undefined, most),
    delete: async (id) => void (await folder.remove(id)),
  };
}
