import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { JoinRefusal, PaperSheet } from '#domain/groups/group.ts';
import { printedSheets } from '#domain/groups/paper-exam.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Services } from '#src/services.ts';
import type { OpenedGroup } from '#usecases/groups/open-group.ts';

export type PrintResult =
  | { readonly ok: true; readonly sheets: readonly PaperSheet[] }
  | { readonly ok: false; readonly reason: JoinRefusal };

/**
 * Draws exams for paper and keeps them with the group, so that what comes back can be judged.
 *
 * @param opened as `openGroup` gave it
 */
export async function printSheets(
  { store, audit, clock, course, random }: Pick<Services, 'store' | 'audit' | 'clock' | 'course' | 'random'>,
  actor: ActingPerson,
  { group }: OpenedGroup,
  count: number,
): Promise<PrintResult> {
  const now = clock();
  await audit.append({ at: instantOf(now), actor: actor.pseudonym, action: 'print-sheets', place: group.unit });
  return store.groups.update<PrintResult>(group.id, (newest) => {
    const printed = printedSheets(newest, count, course, now, random);
    if (!printed.ok) return { result: printed };
    return { save: printed.group, result: { ok: true, sheets: printed.sheets } };
  });
}
