import type { Group } from '#domain/groups/group.ts';
import type { GroupStore } from '#ports/store.ts';
import type { DocumentFolder } from './document-folder.ts';
import type { GroupIndex } from './group-index.ts';

export function createGroupStore(folder: DocumentFolder<Group>, index: GroupIndex): GroupStore {
  return {
    create: (group) => folder.create(group),
    get: (id) => folder.get(id),
    update: (id, change) => folder.update(id, change),
    findByCode: async (code) => {
      const id = index.holder(code);
      const group = id === undefined ? undefined : await folder.get(id);
      // The key may be claimed by a write that is not durable yet: the document decides.
      return group?.code === code ? group : undefined;
    },
    delete: async (id) => void (await folder.remove(id)),
    list: () => folder.getAll(index.newestFirst()),
  };
}
