import { can, type PersonPermission, type PlacePermission } from '#domain/access/access.ts';
import { credentialsSubject, personSubject, placeSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { type Place, type Tree, treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import type { AuditAction, AuditReason } from '#ports/audit-log.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

interface AccessReason {
  readonly action: AuditAction;
  readonly why?: AuditReason | undefined;
  readonly place?: NodeId | undefined;
}

interface Opened {
  readonly person: Person;
  readonly tree: Tree;
  readonly mayName: boolean;
}

/**
 * Another person's record, for who may have it; the look is in the log before anything is shown. Undefined for what is not
 * there and for what the actor's role does not reach alike, and the attempt is in the log.
 */
export function accessPerson(
  needs: Needs,
  actor: ActingPerson,
  permission: PersonPermission,
  id: PersonId,
  look: AccessReason,
): Promise<Opened | undefined> {
  return open(needs, actor, id, look, (person, tree, now) => can(actor, permission, personSubject(person, tree, now)));
}

/**
 * The same for who decides how the person signs in: none of their roles lies beyond what the actor could give.
 *
 * @param look `asProtected`: only who would still reach the person if the identity were protected
 */
export function accessForCredentials(
  needs: Needs,
  actor: ActingPerson,
  id: PersonId,
  { asProtected, ...look }: AccessReason & { readonly asProtected?: true },
): Promise<Opened | undefined> {
  return open(needs, actor, id, look, (person, tree, now) => {
    const subject = credentialsSubject(person, tree, now);
    return can(actor, 'credentials:person', {
      ...subject,
      protectedIdentity: asProtected ?? subject.protectedIdentity,
    });
  });
}

async function open(
  { store, audit, clock }: Needs,
  actor: ActingPerson,
  id: PersonId,
  look: AccessReason,
  may: (person: Person, tree: Tree, now: Date) => boolean,
): Promise<Opened | undefined> {
  const now = clock();
  const tree = treeOf(await store.organisation.get());
  const person = await store.people.get(id);
  const entry = { at: instantOf(now), actor: actor.pseudonym, subject: person?.pseudonym, place: look.place };
  if (!person || !may(person, tree, now)) {
    await audit.append({ ...entry, action: 'refused' });
    return undefined;
  }
  await audit.append({ ...entry, action: look.action, why: look.why });
  return { person, tree, mayName: can(actor, 'name:person', personSubject(person, tree, now)) };
}

/** A place, for who may do this there. Undefined for what is not there and what is out of reach alike. */
export async function accessPlace(
  { store, audit, clock }: Needs,
  actor: ActingPerson,
  permission: PlacePermission,
  id: NodeId,
  look?: { readonly action: AuditAction },
): Promise<{ readonly place: Place; readonly tree: Tree } | undefined> {
  const tree = treeOf(await store.organisation.get());
  const place = tree.get(id);
  const entry = { at: instantOf(clock()), actor: actor.pseudonym, place: place?.id };
  if (!place || !can(actor, permission, placeSubject(id, tree))) {
    await audit.append({ ...entry, action: 'refused' });
    return undefined;
  }
  if (look) await audit.append({ ...entry, action: look.action });
  return { place, tree };
}
