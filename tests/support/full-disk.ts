import { NotSavedError, type Store } from '#ports/store.ts';

/** A store whose disk is full until there is room again: what is decided cannot be made durable, and nothing of it is seen. */
export function withFullDisk(store: Store): { store: Store; makeRoom: () => void } {
  let isFull = true;
  const full = async () => {
    if (isFull) throw new NotSavedError('no space left on device');
  };
  return {
    makeRoom: () => {
      isFull = false;
    },
    store: {
      ...store,
      people: {
        ...store.people,
        create: async (person) => {
          await full();
          await store.people.create(person);
        },
        update: async (id, change) => {
          // The rule decides; only what it wants to save needs the disk.
          const person = await store.people.get(id);
          if (person && change(person).save !== undefined) await full();
          return store.people.update(id, change);
        },
      },
    },
  };
}
