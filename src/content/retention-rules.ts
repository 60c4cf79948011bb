import { z } from 'zod';
import { type RetentionMonths, retainedRecords } from '#domain/oversight/retention.ts';
import { readYaml } from './read-yaml.ts';

const schema = z.strictObject({
  rules: z
    .array(z.strictObject({ record: z.enum(retainedRecords), months: z.int().min(1).max(1200) }))
    .refine((rules) => retainedRecords.every((record) => rules.filter((rule) => rule.record === record).length === 1), {
      message: 'varje slag av uppgift ska ha en regel, och bara en',
    }),
});

/** How long each kind of record is kept. @throws ContentError with file, field and remedy */
export function loadRetentionRules(): RetentionMonths {
  const { rules } = readYaml('retention.yaml', schema);
  return Object.fromEntries(rules.map(({ record, months }) => [record, months])) as RetentionMonths;
}
