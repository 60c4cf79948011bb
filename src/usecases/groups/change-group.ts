import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import type { GroupAction } from '#forms/groups/group-form.ts';
import type { Services } from '#src/services.ts';
import type { CredentialNeeds } from '#usecases/account/change-credentials.ts';
import { closeGroup } from './close-group.ts';
import { type ConfirmResult, confirmIdentities } from './confirm-identities.ts';
import { type RemoveSeveralResult, removeSeveral } from './remove-from-group.ts';
import { type ReplaceResult, replacePersonalCode } from './replace-personal-code.ts';

type Refused<R> = Extract<R, { readonly ok: false }>;

export type GroupResult =
  | { readonly ok: true; readonly replaced?: Extract<ReplaceResult, { readonly ok: true }>; readonly count?: number }
  | Refused<ConfirmResult | RemoveSeveralResult | ReplaceResult>;

/** Does what was pressed on a group's page; what is only asked about changes nothing. @param group as `openGroup` gave it */
export async function changeGroup(
  services: CredentialNeeds & Pick<Services, 'audit' | 'random'>,
  actor: ActingPerson,
  group: Group,
  action: GroupAction,
): Promise<GroupResult> {
  switch (action.kind) {
    case 'close':
      await closeGroup(services, actor, group);
      return { ok: true };
    case 'confirm':
      return confirmIdentities(services, actor, group, action.people);
    case 'remove':
      return removeSeveral(services, actor, group, action.people);
    case 'ask':
      return action.people.length > 0 ? { ok: true } : { ok: false, reason: 'nobody-chosen' };
    case 'new-code': {
      const replaced = await replacePersonalCode(services, actor, group, action.person);
      return replaced.ok ? { ok: true, replaced } : replaced;
    }
  }
}
