import type { OutsideStep } from '#domain/assignment/next-step.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { BlockedFromSoloWork, Named, Progress, UnitRow } from '#domain/unit/unit-view.ts';
import { longDate, type Translate } from './translate.ts';

/** The name, or what stands instead of one that is not for the reader. */
export function nameText({ name, nameless }: Named, t: Translate): string {
  return name ?? t(nameless === 'protected' ? 'person.protected' : 'person.former');
}

export function progressText(progress: Progress, t: Translate): string {
  if (progress.step !== 'reading') return t(`unit.progress.${progress.step}`);
  return t('unit.progress.reading', { done: progress.done, total: progress.total });
}

/** The state, with the day until which it holds where that says more. */
export function stateText(
  { state, exemptUntil }: Pick<UnitRow, 'state' | 'exemptUntil'>,
  t: Translate,
  language: Language,
) {
  if (state === 'exempt' && exemptUntil) return t('unit.exemptUntil', { date: longDate(exemptUntil, language) });
  return t(`unit.state.${state}`);
}

/** What a file holds of the table's rows, counted as the file is: nobody without a name is in it. */
export function exportHintText(rows: readonly Pick<UnitRow, 'nameless'>[], t: Translate): string {
  const without = (why: UnitRow['nameless']) => rows.filter(({ nameless }) => nameless === why).length;
  const [count, hidden, former] = [without(undefined), without('protected'), without('former')];
  const sentences = [
    hidden + former === 0 ? t('unit.export.whole', { count }) : t('unit.export.part', { count, all: rows.length }),
    ...(hidden > 0 ? [t('unit.export.protected', { count: hidden })] : []),
    ...(former > 0 ? [t('unit.export.former', { count: former })] : []),
    t('unit.export.logged'),
  ];
  return sentences.join(' ');
}

/** That somebody cannot sign in, and what has been done about it. */
export function outsideText(outside: OutsideStep, t: Translate, language: Language): string {
  if (outside.state === 'unreachable') return t('unit.outside.unreachable');
  if (outside.state === 'invited')
    return t(`unit.outside.invited-${outside.link}`, { date: longDate(outside.until, language) });
  return outside.on
    ? t('unit.outside.planned', { date: longDate(outside.on, language) })
    : t('unit.outside.not-invited');
}

export function whyText(
  { why, due }: Pick<BlockedFromSoloWork, 'why' | 'due'>,
  t: Translate,
  language: Language,
): string {
  return t(`unit.why.${why}`, { date: longDate(due, language) });
}
