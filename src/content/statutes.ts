import { z } from 'zod';
import type { Language } from '#domain/kernel/language.ts';
import { contentDir, readYaml } from './read-yaml.ts';

const statutesFile = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    law: z.string(),
    /** Empty: the act as a whole. */
    place: z.string(),
    sv: z.string(),
    'sv-simple': z.string(),
    en: z.string(),
  }),
);

export type Statute = z.output<typeof statutesFile>[number];

export function loadStatutes(dir = contentDir): Statute[] {
  return readYaml('statutes.yaml', statutesFile, dir);
}

export interface ShownStatute {
  readonly id: string;
  /** As it is cited: `26 kap. 1 § offentlighets- och sekretesslagen (OSL)`. Swedish in every language. */
  readonly cited: string;
  readonly text: string;
}

let read: readonly Statute[] | undefined;

/** The laws in brief in a language, in the order of the file. Read once. */
export function statutesIn(language: Language): ShownStatute[] {
  read ??= loadStatutes();
  return read.map((statute) => ({
    id: `lag-${statute.id}`,
    cited: [statute.place, statute.law].filter(Boolean).join(' '),
    text: statute[language],
  }));
}
