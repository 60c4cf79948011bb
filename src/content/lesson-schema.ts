import { z } from 'zod';

export const drawingNames = [
  'key',
  'door',
  'telephone',
  'bus',
  'cup',
  'binder',
  'lockscreen',
  'camera',
  'newspaper',
  'family',
  'child',
  'log',
  'envelope',
  'shield',
  'stamp',
  'card',
] as const;

/** The front matter of a lesson. */
export const lessonFrontMatter = z.object({
  title: z.string().min(3),
  objective: z.string().min(10),
  summary: z.string().min(10),
  drawing: z.enum(drawingNames),
  /** The day the law was last checked. YAML reads an unquoted date as a date. */
  checked: z.coerce.date().transform((date) => date.toISOString().slice(0, 10)),
});
