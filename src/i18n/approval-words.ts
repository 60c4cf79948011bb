import type { ApprovalState } from '#domain/course/approval.ts';
import type { Language } from '#domain/kernel/language.ts';
import { longDate, translate } from './translate.ts';

/** Whether the municipality has approved the course: who, when and which version, or that nobody has. */
export function approvalWords(state: ApprovalState, language: Language): string {
  const t = translate(language);
  if (state.kind === 'none') return t('approval.none');
  const { by, on, version } = state.approval;
  return t(`approval.${state.kind}`, { by, version, date: longDate(on, language) });
}
