import { can } from '#domain/access/access.ts';
import { placeSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { NodeId } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import {
  addPlace,
  changePlace,
  type NodeKind,
  type Organisation,
  type OrganisationChange,
  type OrganisationRefusal,
  removePlace,
  type Tree,
  treeOf,
} from '#domain/people/organisation.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'random'>;

export type PlaceChange =
  | {
      readonly kind: 'add';
      readonly place: {
        readonly kind: NodeKind;
        readonly name: string;
        readonly code?: string | undefined;
        readonly parent?: NodeId | undefined;
      };
    }
  | { readonly kind: 'change'; readonly id: NodeId; readonly name: string; readonly parent?: NodeId | undefined }
  | { readonly kind: 'remove'; readonly id: NodeId };

export type PlaceEdited = { readonly ok: true } | { readonly ok: false; readonly reason: OrganisationRefusal };

/**
 * One change of the tree, in the log before it is made. An administrator of a committee changes what lies below it, and neither
 * the committee itself nor where it stands.
 */
export async function editOrganisation(needs: Needs, actor: ActingPerson, change: PlaceChange): Promise<PlaceEdited> {
  const { store, audit, clock, random } = needs;
  const at = instantOf(clock());
  const organisation = await store.organisation.get();
  const tree = treeOf(organisation);
  const place = change.kind === 'add' ? change.place.parent : change.id;
  if (!mayChange(actor, change, tree)) {
    await audit.append({ at, actor: actor.pseudonym, action: 'refused', place });
    return { ok: false, reason: 'place-unknown' };
  }
  const id = randomCode(12, random) as NodeId;
  const hasPeople = change.kind === 'remove' && (await isWorkedIn(needs, change.id));
  const decide = (current: Organisation): OrganisationChange => {
    if (change.kind === 'add') return addPlace(current, { id, ...change.place }, at);
    if (change.kind === 'remove') return removePlace(current, change.id, hasPeople, at);
    return changePlace(current, change.id, change, at);
  };
  const wanted = decide(organisation);
  if (!wanted.ok) return wanted;
  await audit.append({ at, actor: actor.pseudonym, action: 'edit-organisation', place: place ?? id });
  return store.organisation.update<PlaceEdited>((current) => {
    const decided = decide(current);
    return decided.ok ? { save: decided.organisation, result: { ok: true } } : { result: decided };
  });
}

function mayChange(actor: ActingPerson, change: PlaceChange, tree: Tree): boolean {
  const may = (id: NodeId | undefined) =>
    can(actor, 'edit:organisation', id === undefined ? { path: [] } : placeSubject(id, tree));
  if (change.kind === 'add') return may(change.place.parent);
  const place = tree.get(change.id);
  if (!place || !may(place.parent)) return false;
  return change.kind === 'remove' || may(change.parent);
}

/** Whether anybody works there, or will. Who once did keeps that in their record, whatever becomes of the unit. */
async function isWorkedIn({ store, clock }: Needs, unit: NodeId): Promise<boolean> {
  const today = dateOf(clock());
  return (await store.people.staffOf([unit])).some((record) =>
    currentStaffing(record).engagements.some((one) => one.unit === unit && (one.to === undefined || one.to >= today)),
  );
}
