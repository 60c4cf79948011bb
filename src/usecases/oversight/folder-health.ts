import { dateOf } from '#domain/kernel/calendar.ts';
import type { Services } from '#src/services.ts';

/** What there is to deal with in the data folder, in numbers that say nothing about anybody, and whether the disk takes anything. */
export async function folderHealth({
  store,
  folder,
  issued,
  clock,
}: Pick<Services, 'store' | 'folder' | 'issued' | 'clock'>) {
  const { setAside, gone, conflicts } = await store.unresolved();
  return { disk: await folder.disk(), setAside, gone, conflicts, certificates: issued.countLost(dateOf(clock())) };
}

/** Fails where the store cannot be read. */
export async function readSomething({ store }: Pick<Services, 'store'>): Promise<void> {
  await store.people.list({ limit: 1 });
}
