import type { Municipality } from '#content/municipality.ts';
import { isPublicAddress, placeholdersAmong } from '#domain/settings/placeholder.ts';
import type { Settings } from '../env.ts';

/**
 * Why others must not be let in yet: the municipality is still the fictional one, so every page, mail and certificate would say so.
 * One line each; none where nobody else is meant to come.
 */
export function placeholderLines(
  { publicUrl, smtp }: Pick<Settings, 'publicUrl' | 'smtp'>,
  { name, issuer, contact }: Pick<Municipality, 'name' | 'issuer' | 'contact'>,
): readonly string[] {
  if (!isPublicAddress(publicUrl)) return [];
  const inFile = placeholdersAmong([
    { name: 'name', value: name },
    { name: 'issuer', value: issuer },
    ...Object.entries(contact).map(([key, value]) => ({ name: `contact.${key}`, value })),
  ]);
  const inEnvironment = placeholdersAmong(smtp ? [{ name: 'MAIL_FROM', value: smtp.from }] : []);
  if (inFile.length + inEnvironment.length === 0) return [];
  return [
    `Adressen är ${publicUrl.origin}, men kommunen är fortfarande den påhittade.`,
    ...(inFile.length > 0 ? ['Skriv kommunens egna uppgifter i content/municipality.yaml:'] : []),
    ...inFile.map((setting) => `  ${setting.name}: ${setting.value}`),
    ...inEnvironment.map((setting) => `${setting.name}: ska vara kommunens egen adress, inte ${setting.value}`),
    'Starta sedan igen. Vill du bara prova: npm run demo, eller npm start utan PUBLIC_URL.',
  ];
}
