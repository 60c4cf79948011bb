import { z } from 'zod';
import { contentDir, readYaml } from './read-yaml.ts';

const words = z.string().min(1);
const inLanguages = <S extends z.ZodType>(text: S) => ({ sv: text, 'sv-simple': text, en: text });
const id = z.string().regex(/^[a-z0-9-]+$/);
const claims = z.array(z.string()).min(1);

export const decisionPathFile = 'decision-path.yaml';

const file = z.strictObject({
  start: id,
  nodes: z.record(
    id,
    z.strictObject({
      claims,
      ...inLanguages(z.strictObject({ question: words, help: words })),
      answers: z.array(z.strictObject({ id, to: id, ...inLanguages(words) })).min(2),
    }),
  ),
  ends: z.record(
    id,
    z.strictObject({
      claims,
      /** You may; you may not; ask first; act at once. */
      verdict: z.enum(['yes', 'no', 'ask', 'act']),
      ...inLanguages(z.strictObject({ title: words, text: words, say: words })),
    }),
  ),
});

/** “Får jag berätta?”: questions that lead through one's own situation, and end in advice. Complete in every language. */
export type DecisionPath = z.output<typeof file>;

/** @throws ContentError */
export function loadDecisionPath(dir = contentDir): DecisionPath {
  return readYaml(decisionPathFile, file, dir);
}
