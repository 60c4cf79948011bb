import { translate, type UiKey } from '#i18n/translate.ts';

/** The site's Swedish words. Tests look for what is said by its key: the wording is the editors'. */
export const t = translate('sv');

/** A text with whatever stands in its gaps: `saying('check.validText')` finds "Det gäller till och med den 3 maj 2027." */
export function saying(key: UiKey): RegExp {
  const parts = t(key)
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(parts.join('.+?'), 's');
}

/** “Try again …”, with a time of day in it. */
export const sayingUntilWhen = new RegExp(t('refusal.too-many-tries', { until: '.*\\d\\d:\\d\\d' }));
