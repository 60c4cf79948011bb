import { z } from 'zod';
import type { PublicQuestion } from '#domain/course/question.ts';
import { settings } from '#domain/course/scenario.ts';

const choice = z.strictObject({ id: z.string(), text: z.string() });

/**
 * Exactly what a browser may know of a question before the answer: a field more is an error. Written out here, beside
 * the type, so that a field that is added to the type has to be let through by hand.
 */
export const publicQuestionShape = z.strictObject({
  id: z.string(),
  // The texts are in Swedish, on a page that is not.
  lang: z.literal('sv').optional(),
  kind: z.enum(['choose-one', 'choose-all', 'order', 'conversation']),
  setting: z.enum(settings),
  title: z.string(),
  situation: z.string(),
  question: z.string().optional(),
  choices: z.array(choice),
  conversation: z
    .strictObject({
      channel: z.enum(['text-thread', 'call']),
      counterpart: z.string(),
      lines: z.array(z.strictObject({ from: z.enum(['counterpart', 'me']), text: z.string() })),
      path: z.array(z.string()),
      replies: z.array(choice),
      ended: z.boolean(),
    })
    .optional(),
}) satisfies z.ZodType<PublicQuestion>;

/** The data blocks of a page: what is handed to its islands. */
export function islandProps(html: string): unknown[] {
  const blocks = html.matchAll(/<script type="application\/json"[^>]*>(.*?)<\/script>/gs);
  return [...blocks].map(([, json = '']): unknown => JSON.parse(json));
}
