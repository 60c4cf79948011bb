import { z } from 'zod';
import type { Language } from '#domain/kernel/language.ts';
import { contentDir, readYaml } from './read-yaml.ts';

/** A local name: the same in every language, or one for each; Swedish stands in where a language has none. */
const localName = z.union([
  z.string(),
  z.strictObject({ sv: z.string(), 'sv-simple': z.string().optional(), en: z.string().optional() }),
]);

const municipalityFile = z.strictObject({
  name: z.string(),
  issuer: z.string(),
  local: z.strictObject({
    committee: localName,
    department: localName,
    recordSystem: localName,
    secureChannel: localName,
    photoForm: localName,
    registrar: localName,
    onCall: localName,
    emergencySocial: localName,
  }),
  contact: z.strictObject({
    email: z.string(),
    dataProtectionOfficer: z.string(),
    /** A telephone number: mail may be what somebody else has got hold of. */
    signInHelp: z.string(),
  }),
});

export type Municipality = z.output<typeof municipalityFile>;
export type LocalName = keyof Municipality['local'];

/** A local name as a lesson in this language says it; undefined if there is no setting of that name. */
export function localNameIn({ local }: Municipality, name: string, language: Language): string | undefined {
  const value = Object.hasOwn(local, name) ? local[name as LocalName] : undefined;
  return typeof value === 'object' ? (value[language] ?? value.sv) : value;
}

export function loadMunicipality(dir = contentDir): Municipality {
  return readYaml('municipality.yaml', municipalityFile, dir);
}

/** For pages and lessons, read once. */
export const municipality: Municipality = loadMunicipality();
