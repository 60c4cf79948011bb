import { isForEverything } from '#domain/access/grant.ts';
import type { Group } from '#domain/groups/group.ts';
import type { NodeId } from '#domain/kernel/ids.ts';
import { FolderRefusedError } from '#ports/folder-refusal.ts';
import type { PersonEntry } from './person-index.ts';
import type { UnreadFile } from './read-folder.ts';

/** What was found of one kind of document. */
export interface KindSurvey {
  /** That of its folder. */
  readonly name: string;
  readonly read: number;
  readonly unread: readonly UnreadFile[];
}

/** What lies in a data folder, before anything is done about it. */
export interface FolderSurvey {
  readonly kinds: readonly KindSurvey[];
  readonly people: readonly PersonEntry[];
  readonly groups: readonly Group[];
  readonly places: readonly NodeId[];
  readonly hasSetAside: boolean;
}

/** So many damaged documents of a kind are an accident, and are set aside. More are something else. */
export const mostUnread = 3;

/** What no folder may be opened with: what a newer version wrote, and more damage than a few documents. @throws FolderRefusedError */
export function refuseWhatIsNotOurs({ kinds }: FolderSurvey): void {
  for (const { name, unread } of kinds) {
    const newer = unread.filter(({ isNewer }) => isNewer).length;
    if (newer > 0) throw new FolderRefusedError({ reason: 'newer-documents', folder: name, count: newer });
  }
  for (const { name, read, unread } of kinds) {
    const [first] = unread;
    if (first && unread.length > mostUnread) {
      const { name: file, reason: why } = first;
      const counts = { count: unread.length, of: read + unread.length };
      throw new FolderRefusedError({ reason: 'unreadable', folder: name, file, why, ...counts });
    }
  }
}

/** What is known of the folder from elsewhere than its documents. */
export interface FolderHistory {
  /** Somebody has been stored in it, by the stamp or by the audit log. */
  readonly wasInUse: boolean;
  /** The command that makes a new administrator may open a folder that has none. */
  readonly mayLackAdministrator: boolean;
}

/** What a folder that people are served from has to have as well. @throws FolderRefusedError */
export function refuseWhatIsIncomplete(survey: FolderSurvey, { wasInUse, mayLackAdministrator }: FolderHistory): void {
  const { people, kinds } = survey;
  const damagedPeople = unreadOf(kinds, 'people');
  if (people.length === 0) {
    const hasTraces = damagedPeople.length > 0 || survey.hasSetAside || survey.groups.length > 0;
    if (wasInUse || hasTraces) throw new FolderRefusedError({ reason: 'emptied' });
    return;
  }
  const organisation = unreadOf(kinds, 'organisation').find(({ name }) => name === 'organisation.json');
  if (organisation) {
    throw new FolderRefusedError({ reason: 'organisation-damaged', why: organisation.reason });
  }
  if (survey.places.length === 0 && pointsToPlaces(survey)) throw new FolderRefusedError({ reason: 'no-organisation' });
  if (!mayLackAdministrator && !people.some(({ grants }) => grants.some(isForEverything))) {
    throw new FolderRefusedError({ reason: 'no-administrator', people: people.length });
  }
}

function unreadOf(kinds: readonly KindSurvey[], wanted: string): readonly UnreadFile[] {
  return kinds.find(({ name }) => name === wanted)?.unread ?? [];
}

/** Whether somebody works, or has a role, in a place that must have been in an organisation. */
function pointsToPlaces({ people, groups }: FolderSurvey): boolean {
  return (
    groups.some(({ unit }) => unit !== undefined) ||
    people.some(
      ({ grants, staffing }) =>
        grants.some(({ place }) => place !== 'everything') ||
        staffing.some(({ engagements }) => engagements.some(({ unit }) => unit !== undefined)),
    )
  );
}
