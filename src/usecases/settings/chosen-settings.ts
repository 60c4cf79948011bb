import type { OwnSettings } from '#domain/settings/own-settings.ts';
import type { Services } from '#src/services.ts';

/** What the municipality has chosen in the program. */
export function chosenSettings({ store }: Pick<Services, 'store'>): Promise<OwnSettings> {
  return store.settings.get();
}
