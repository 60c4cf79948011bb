import type { CalendarDate, Pseudonym } from '#domain/kernel/ids.ts';
import type { OwnSettings } from '#domain/settings/own-settings.ts';
import type { Store } from '#ports/store.ts';

/** The requirement has held for as long as anybody can have worked: each has the days of their own first day of work. */
export const introducedLongAgo: OwnSettings = {
  id: 'settings',
  introductions: [
    {
      on: '2000-01-01' as CalendarDate,
      days: 0,
      chosenAt: '2000-01-01T00:00:00.000Z',
      chosenBy: 'CHOSENBYNOBODYINTHETEST' as Pseudonym,
    },
  ],
  pausedMail: [],
};

export async function introduceLongAgo(store: Store): Promise<void> {
  await store.settings.update(() => ({ save: introducedLongAgo, result: undefined }));
}
