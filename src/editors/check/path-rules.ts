import { decisionPathFile } from '#content/decision-path.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import type { Content } from './read-content.ts';

/** Every answer leads somewhere, every question and advice is reached, and nobody goes round in a circle. */
export function decisionPathHangsTogether({ decisionPath }: Content): ContentMistake[] {
  const { start, nodes, ends } = decisionPath;
  const at = (field: string, problem: string, remedy: string) => ({ file: decisionPathFile, field, problem, remedy });
  const mistakes: ContentMistake[] = [];
  const reached = new Set<string>();
  const visit = (id: string, way: readonly string[]): void => {
    if (way.includes(id)) {
      mistakes.push(at(`nodes.${id}`, `går i cirkel: ${[...way, id].join(' → ')}`, 'led vidare till något nytt'));
      return;
    }
    reached.add(id);
    for (const { to } of nodes[id]?.answers ?? []) visit(to, [...way, id]);
  };
  visit(start, []);
  for (const [id, { answers }] of Object.entries(nodes)) {
    for (const answer of answers) {
      if (!nodes[answer.to] && !ends[answer.to])
        mistakes.push(at(`nodes.${id}.${answer.id}`, `leder till ${answer.to}, som inte finns`, 'rätta to'));
    }
  }
  for (const id of [...Object.keys(nodes), ...Object.keys(ends)]) {
    if (!reached.has(id)) mistakes.push(at(id, 'ingen kommer dit', 'led dit, eller ta bort'));
    if (nodes[id] && ends[id]) mistakes.push(at(id, 'både fråga och råd', 'ge dem var sitt id'));
  }
  return mistakes;
}
