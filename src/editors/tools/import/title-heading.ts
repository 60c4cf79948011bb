import type { Block } from './document.ts';

/**
 * Where one heading alone stands above all others, first in the document, it is the title.
 * Where the title is known already and stands there again, it goes.
 */
export function withTitle(
  blocks: readonly Block[],
  known: string | undefined,
): { title: string | undefined; blocks: readonly Block[] } {
  const levels = blocks.flatMap((block) => (block.kind === 'heading' ? (block.level ?? []) : []));
  const highest = Math.min(...levels);
  const [first, ...rest] = blocks;
  if (first?.kind !== 'heading' || first.number !== undefined) return { title: known, blocks };
  const isTitle =
    first.level === highest && levels.filter((level) => level === highest).length === 1 && levels.length > 1;
  if (!isTitle && first.text !== known) return { title: known, blocks };
  return { title: known ?? first.text, blocks: rest };
}
