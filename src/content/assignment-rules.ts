import { z } from 'zod';
import type { AssignmentRules } from '#domain/assignment/assignment.ts';
import { parseCalendarDate } from '#domain/kernel/calendar.ts';
import { categories } from '#domain/kernel/category.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { introductionDays } from '#domain/settings/introduction.ts';
import { readYaml } from './read-yaml.ts';

const date = z.custom<CalendarDate>((value) => typeof value === 'string' && parseCalendarDate(value) !== undefined);
const category = z.enum(categories);

const schema = z.strictObject({
  renewalOpensDays: z.int().min(0).max(365),
  introductionDays: z.int().min(introductionDays.least).max(introductionDays.most),
  rules: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      category,
      places: z.array(z.string()).optional(),
      track: category,
      days: z.int().min(0).max(365),
      beforeAlone: z.boolean(),
      accepts: z.array(category),
      from: date.optional(),
      to: date.optional(),
    }),
  ),
});

/** Who must take which course by when. @throws ContentError with file, field and remedy */
export function loadAssignmentRules(): AssignmentRules {
  return readYaml('assignments.yaml', schema);
}
