import type { SingleStore } from '#ports/store.ts';
import type { DocumentFolder } from './document-folder.ts';
import type { FillableIndex } from './document-index.ts';

/** A folder with one document at most; until it is written, it reads as `initial`. */
export function createSingleStore<D extends { readonly id: string }>(
  folder: DocumentFolder<D>,
  initial: D,
): SingleStore<D> {
  return {
    get: async () => (await folder.get(initial.id)) ?? initial,
    update: async (change) => {
      if ((await folder.get(initial.id)) === undefined) await folder.put(initial);
      return folder.update(initial.id, change);
    },
  };
}

/** Found by its id and by nothing else. */
export function noIndex<D>(): FillableIndex<D> {
  return {
    fill: () => [],
    claim: () => undefined,
    commit: () => undefined,
    abandon: () => undefined,
    forget: () => undefined,
    conflicts: () => 0,
  };
}
