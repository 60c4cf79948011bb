import { addMinutes, addMonths, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import { clockDoubt } from '#domain/kernel/clock.ts';
import { longTime } from '#i18n/translate.ts';
import { removeOldImports } from '#usecases/people/import/import-staff.ts';
import type { Services } from '../services.ts';

type Needs = Pick<Services, 'store' | 'clock' | 'folder' | 'audit' | 'securityLog' | 'retentionMonths' | 'reportError'>;

const aDay = 24 * 60 * 60 * 1000;

/** Whether the clock can be right, by what the folder remembers, and what to say where it may not be. */
export async function judgeClock({ clock, folder, audit }: Pick<Needs, 'clock' | 'folder' | 'audit'>): Promise<{
  readonly isTrusted: boolean;
  readonly lines: readonly string[];
}> {
  const now = clock();
  const [inFuture] = await audit.since(addMinutes(instantOf(now), 5));
  const newest = inFuture?.at ?? folder.lastSeenAt();
  const doubt = newest === undefined ? undefined : clockDoubt(newest, now);
  if (newest === undefined || doubt === undefined) return { isTrusted: true, lines: [] };
  const [here, there] = [longTime(instantOf(now), 'sv'), longTime(newest, 'sv')];
  const lines = {
    behind: `Klockan visar ${here}, men det finns uppgifter från ${there}. Klockan går fel, eller har gått fel. Kontrollera den.`,
    ahead: `Klockan visar ${here}, men mappen användes senast ${there}. Stämmer klockan? Inget tas bort av sig självt det närmaste dygnet.`,
  };
  return { isTrusted: doubt !== 'ahead', lines: [lines[doubt]] };
}

/**
 * Sessions that have run out, and lists of people that nobody imported, are of no use to anyone: at start and once a day. Where the
 * clock may be wrong not at start: somebody has a day to mend it.
 */
export function scheduleCleanUp(services: Needs, isClockTrusted: boolean): void {
  const { store, clock, folder, securityLog, retentionMonths, reportError } = services;
  const remove = () => {
    const oldest = addMonths(dateOf(clock()), -retentionMonths.security);
    void securityLog.removeBefore(oldest).catch(reportError);
    void store.sessions.deleteExpired(clock().toISOString()).catch(reportError);
    void removeOldImports(services).catch(reportError);
  };
  if (isClockTrusted) remove();
  setInterval(() => {
    remove();
    void folder.seen(instantOf(clock())).catch(reportError);
  }, aDay).unref();
}
