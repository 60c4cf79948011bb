import { z } from 'zod';
import { leftOutFile } from '#content/files.ts';
import { readYaml } from '#content/read-yaml.ts';

const file = z.array(
  z.strictObject({
    claim: z.string(),
    /** What the course leaves out: teaching the claim or testing it. Both: two entries. */
    part: z.enum(['taught', 'tested']),
    reason: z.string().min(10),
    /** The legal note that the reason rests on. */
    note: z.string(),
  }),
);

export type LeftOut = z.output<typeof file>[number];

/** Claims that the course does not teach or does not test, with the reason. @throws ContentError */
export function readLeftOut(dir: string): LeftOut[] {
  return readYaml(leftOutFile, file, dir);
}
