import type { PersonId } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Services } from '#src/services.ts';

/** The language of a person's signed-in pages. */
export function changeLanguage({ store }: Pick<Services, 'store'>, id: PersonId, language: Language): Promise<void> {
  return store.people.update(id, (person) => ({
    save: person.language === language ? undefined : { ...person, language },
    result: undefined,
  }));
}
