import type { NodeId } from '#domain/kernel/ids.ts';
import type { Tree } from '#domain/people/organisation.ts';

/**
 * A place with what it belongs to, so that two of the same name can be told apart; empty for one that is gone.
 *
 * @example placeName(tree, unit) // 'Björken, Hemtjänst norr, Socialnämnden'
 */
export function placeName(tree: Tree, id: NodeId): string {
  return tree
    .pathOf(id)
    .map((one) => tree.get(one)?.name)
    .join(', ');
}
