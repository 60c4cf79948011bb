import { type Language, languageTag } from '#domain/kernel/language.ts';
import type { Role } from '#domain/people/person.ts';
import { translate } from './translate.ts';

/** @example nameWithRoles('Karin Ek', ['administrator', 'unit-manager'], 'sv') // 'Karin Ek (administratör och enhetschef)' */
export function nameWithRoles(name: string, roles: readonly Role[], language: Language): string {
  const t = translate(language);
  const words = roles.map((role) => t(`role.${role}`).toLocaleLowerCase('sv'));
  const list = new Intl.ListFormat(languageTag(language) === 'en' ? 'en-GB' : 'sv-SE').format(words);
  return `${name} (${list || t('audit.who.noRole')})`;
}
