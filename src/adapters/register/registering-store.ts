import type { Person } from '#domain/people/person.ts';
import type { IssuedCodes } from '#ports/issued-codes.ts';
import type { Store } from '#ports/store.ts';

/** A store that writes the code of each certificate into the register, after its document and before anybody is told of it. */
export function registeringStore(store: Store, register: IssuedCodes): Store {
  const { people } = store;
  return {
    ...store,
    people: {
      ...people,
      create: async (person) => {
        await people.create(person);
        await register.add(person.certificates);
      },
      update: async (id, change) => {
        let saved: Person | undefined;
        const result = await people.update(id, (person) => {
          const changed = change(person);
          saved = changed.save;
          return changed;
        });
        if (saved) await register.add(saved.certificates);
        return result;
      },
    },
  };
}
