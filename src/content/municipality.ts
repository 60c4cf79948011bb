import { z } from 'zod';
import { contentDir, readYaml } from './read-yaml.ts';

const municipalityFile = z.strictObject({
  name: z.string(),
  issuer: z.string(),
  local: z.strictObject({
    committee: z.string(),
    department: z.string(),
    recordSystem: z.string(),
    secureChannel: z.string(),
    photoForm: z.string(),
    registrar: z.string(),
    onCall: z.string(),
    emergencySocial: z.string(),
  }),
  contact: z.strictObject({ email: z.string(), dataProtectionOfficer: z.string() }),
});

export type Municipality = z.output<typeof municipalityFile>;
export type LocalName = keyof Municipality['local'];

export function loadMunicipality(dir = contentDir): Municipality {
  return readYaml('municipality.yaml', municipalityFile, dir);
}

/** For pages and lessons, read once. */
export const municipality: Municipality = loadMunicipality();
