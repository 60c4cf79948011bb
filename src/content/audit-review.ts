import { z } from 'zod';
import type { ReviewRules } from '#domain/oversight/audit-review.ts';
import { readYaml } from './read-yaml.ts';

const count = z.int().min(1);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const schema = z.strictObject({
  manyPeople: count,
  otherUnits: count,
  formerStaff: count,
  refused: count,
  outsideHours: z.strictObject({ from: timeOfDay, to: timeOfDay, weekends: z.boolean(), looks: count }),
});

/** What the log review holds to be unusual. @throws ContentError with file, field and remedy */
export function loadReviewRules(): ReviewRules {
  return readYaml('audit-review.yaml', schema);
}
