import { can } from '#domain/access/access.ts';
import { wholeMunicipality } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Introduction } from '#domain/settings/introduction.ts';
import { currentIntroduction } from '#domain/settings/own-settings.ts';
import type { Services } from '#src/services.ts';

/** Whether somebody may choose what holds for the whole municipality. */
export function mayChooseForAll(actor: ActingPerson): boolean {
  return can(actor, 'choose:settings', wholeMunicipality);
}

/**
 * From which day the requirement holds, and how long those have who already work. Chosen again whenever it has to be; each choice
 * stands in the log and in the settings. What is the same as before is no choice.
 */
export async function chooseIntroduction(
  { store, audit, clock }: Pick<Services, 'store' | 'audit' | 'clock'>,
  actor: ActingPerson,
  { on, days }: Introduction,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'not-found' }> {
  if (!mayChooseForAll(actor)) return { ok: false, reason: 'not-found' };
  const last = currentIntroduction(await store.settings.get());
  if (last?.on === on && last.days === days) return { ok: true };
  const at = instantOf(clock());
  await audit.append({ at, actor: actor.pseudonym, action: 'choose-introduction' });
  const chosen = { on, days, chosenAt: at, chosenBy: actor.pseudonym };
  await store.settings.update((before) => ({
    save: { ...before, introductions: [...before.introductions, chosen] },
    result: undefined,
  }));
  return { ok: true };
}
