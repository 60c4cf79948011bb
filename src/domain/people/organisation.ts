import type { Instant, NodeId } from '#domain/kernel/ids.ts';

/** Outermost first: nämnd, förvaltning eller verksamhet, enhet. */
export const nodeKinds = ['committee', 'department', 'unit'] as const;
export type NodeKind = (typeof nodeKinds)[number];

/** How a place was from the moment it was recorded until the next version. */
export interface NodeVersion {
  readonly recordedAt: Instant;
  readonly name: string;
  /** What it belongs to; a committee belongs to nothing. */
  readonly parent?: NodeId | undefined;
  readonly removed?: true | undefined;
}

export interface OrganisationNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** What the payroll system calls it; an import matches on it. */
  readonly code?: string | undefined;
  /** Oldest first, at least one. */
  readonly versions: readonly NodeVersion[];
}

/** One document: the whole tree with its past. */
export interface Organisation {
  readonly id: 'organisation';
  readonly nodes: readonly OrganisationNode[];
}

export interface Place {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly code?: string | undefined;
  readonly name: string;
  readonly parent?: NodeId | undefined;
}

/** The places there were at one moment. */
export interface Tree {
  get(id: NodeId): Place | undefined;
  /** The place itself and everything it belongs to, innermost first; empty for one that is not there. */
  pathOf(id: NodeId): readonly NodeId[];
  /** What belongs to it directly, by name in Swedish order; `undefined`: the committees. */
  childrenOf(id: NodeId | undefined): readonly Place[];
  /** The committee that a place belongs to, or did when it was taken away. */
  committeeOf(id: NodeId): NodeId | undefined;
  /** Every unit at or below it, by name. */
  unitsUnder(id: NodeId): readonly Place[];
  readonly places: readonly Place[];
}

export const noOrganisation: Organisation = { id: 'organisation', nodes: [] };

const swedish = new Intl.Collator('sv', { numeric: true });
const sameName = new Intl.Collator('sv', { sensitivity: 'accent' });

// Stores hand out the same frozen document until it is changed, and many places take time to put in order.
const newest = new WeakMap<Organisation, Tree>();

/** @param at leave out for what holds now */
export function treeOf(organisation: Organisation, at?: Instant): Tree {
  if (at !== undefined) return treeOnce(organisation, at);
  const tree = newest.get(organisation) ?? treeOnce(organisation, at);
  newest.set(organisation, tree);
  return tree;
}

function treeOnce(organisation: Organisation, at: Instant | undefined): Tree {
  const places = organisation.nodes
    .flatMap((node) => placeAt(node, at) ?? [])
    .sort((one, other) => swedish.compare(one.name, other.name));
  const byId = new Map(places.map((place) => [place.id, place]));
  const children = Map.groupBy(places, ({ parent }) => parent);
  const pathOf = (id: NodeId): readonly NodeId[] => {
    const path: NodeId[] = [];
    for (let place = byId.get(id); place && !path.includes(place.id); ) {
      path.push(place.id);
      place = place.parent && byId.get(place.parent);
    }
    return path;
  };
  const parents = new Map(organisation.nodes.map(({ id, versions }) => [id, versions.at(-1)?.parent]));
  const committeeOf = (id: NodeId): NodeId | undefined => {
    let outermost = parents.has(id) ? id : undefined;
    // No deeper than there are places: a loop in what was stored ends here.
    for (let depth = 0; outermost && parents.get(outermost) && depth < parents.size; depth += 1) {
      outermost = parents.get(outermost);
    }
    return outermost;
  };
  return {
    get: (id) => byId.get(id),
    pathOf,
    committeeOf,
    childrenOf: (id) => children.get(id) ?? [],
    unitsUnder: (id) => places.filter((place) => place.kind === 'unit' && pathOf(place.id).includes(id)),
    places,
  };
}

function placeAt({ id, kind, code, versions }: OrganisationNode, at: Instant | undefined): Place | undefined {
  const version = at === undefined ? versions.at(-1) : versions.findLast(({ recordedAt }) => recordedAt <= at);
  if (!version || version.removed) return undefined;
  return { id, kind, code, name: version.name, parent: version.parent };
}

export type OrganisationRefusal =
  | 'place-unknown'
  | 'place-loop'
  | 'place-kind'
  | 'place-has-people'
  | 'place-has-places'
  | 'place-code-taken'
  | 'place-name-taken';

export type OrganisationChange =
  | { readonly ok: true; readonly organisation: Organisation }
  | { readonly ok: false; readonly reason: OrganisationRefusal };

/** A committee stands by itself; a department belongs to a committee or a department, a unit to either. */
function mayBelong(kind: NodeKind, parent: Place | undefined): boolean {
  if (kind === 'committee') return parent === undefined;
  return parent !== undefined && parent.kind !== 'unit';
}

export function addPlace(organisation: Organisation, place: Place, at: Instant): OrganisationChange {
  const tree = treeOf(organisation);
  const parent = place.parent && tree.get(place.parent);
  if (place.parent && !parent) return { ok: false, reason: 'place-unknown' };
  if (!mayBelong(place.kind, parent)) return { ok: false, reason: 'place-kind' };
  const refusal = refuseName(tree, place);
  if (refusal) return { ok: false, reason: refusal };
  const { id, kind, code, name } = place;
  const node: OrganisationNode = { id, kind, code, versions: [{ recordedAt: at, name, parent: place.parent }] };
  return { ok: true, organisation: { ...organisation, nodes: [...organisation.nodes, node] } };
}

/** Another name, or another place in the tree. Whatever belongs to it goes with it. */
export function changePlace(
  organisation: Organisation,
  id: NodeId,
  change: { readonly name: string; readonly parent?: NodeId | undefined },
  at: Instant,
): OrganisationChange {
  const tree = treeOf(organisation);
  const place = tree.get(id);
  const parent = change.parent && tree.get(change.parent);
  if (!place || (change.parent && !parent)) return { ok: false, reason: 'place-unknown' };
  if (change.parent && tree.pathOf(change.parent).includes(id)) return { ok: false, reason: 'place-loop' };
  if (!mayBelong(place.kind, parent)) return { ok: false, reason: 'place-kind' };
  const refusal = refuseName(tree, { ...place, ...change });
  if (refusal) return { ok: false, reason: refusal };
  return recorded(organisation, id, { recordedAt: at, name: change.name, parent: change.parent });
}

/** @param hasPeople whether anybody works there, or will */
export function removePlace(
  organisation: Organisation,
  id: NodeId,
  hasPeople: boolean,
  at: Instant,
): OrganisationChange {
  const tree = treeOf(organisation);
  const place = tree.get(id);
  if (!place) return { ok: false, reason: 'place-unknown' };
  if (tree.childrenOf(id).length > 0) return { ok: false, reason: 'place-has-places' };
  if (hasPeople) return { ok: false, reason: 'place-has-people' };
  return recorded(organisation, id, { recordedAt: at, name: place.name, parent: place.parent, removed: true });
}

function recorded(organisation: Organisation, id: NodeId, version: NodeVersion): OrganisationChange {
  const nodes = organisation.nodes.map((node) =>
    node.id === id ? { ...node, versions: [...node.versions, version] } : node,
  );
  return { ok: true, organisation: { ...organisation, nodes } };
}

/** Two places of one name beside each other could not be told apart; a code names one place in all. */
function refuseName(tree: Tree, { id, name, parent, code }: Place): OrganisationRefusal | undefined {
  const others = tree.places.filter((other) => other.id !== id);
  if (code !== undefined && others.some((other) => other.code === code)) return 'place-code-taken';
  const same = others.some((other) => other.parent === parent && sameName.compare(other.name, name) === 0);
  return same ? 'place-name-taken' : undefined;
}
