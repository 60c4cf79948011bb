import { mayMendName } from '#domain/groups/group.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Services } from '#src/services.ts';

export type OwnNameResult = { readonly ok: true } | { readonly ok: false; readonly reason: 'name-fixed' };

/** A participant mends the name that they typed themselves, until it is vouched for or on its way to a certificate. */
export function changeOwnName({ store }: Pick<Services, 'store'>, id: PersonId, name: string): Promise<OwnNameResult> {
  return store.people.update<OwnNameResult>(id, (person) => {
    if (person.name === name) return { result: { ok: true } };
    if (!mayMendName(person)) return { result: { ok: false, reason: 'name-fixed' } };
    return { save: { ...person, name }, result: { ok: true } };
  });
}
