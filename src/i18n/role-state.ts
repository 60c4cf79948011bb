import type { GrantState } from '#domain/access/grant-days.ts';
import type { RoleEnd } from '#domain/import/role-ends.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Role } from '#domain/people/person.ts';
import { longDate, type Translate } from './translate.ts';

/** @example roleStateText(state, t, 'sv') // 'Till och med den 30 november 2026' */
export function roleStateText(state: GrantState, t: Translate, language: Language): string {
  const date = (day: string | undefined) => ({ date: day === undefined ? '' : longDate(day, language) });
  if (state.state === 'awake') {
    return state.through === undefined ? t('role.state.awake') : t('role.state.through', date(state.through));
  }
  if (state.state === 'ended') {
    return state.last === undefined ? t('role.state.over') : t('role.state.ended', date(state.last));
  }
  if (state.why === 'first-day' && state.through !== undefined) {
    const [from = '', to = ''] = [state.from, state.through].map((day) => longDate(day, language));
    return t('role.state.first-day-through', { from, to });
  }
  if (state.why === 'leave' && state.from === undefined) return t('role.state.leaveOpen');
  return t(`role.state.${state.why}`, date(state.from));
}

/** @example roleEndText(end, 'Ekbacken', t, 'sv') // 'Rollen enhetschef (Ekbacken) slutar gälla efter den 30 november 2026.' */
export function roleEndText({ grant, last }: RoleEnd, place: string, t: Translate, language: Language): string {
  const role = roleWord(grant.role, t);
  if (last === undefined) return t('import.roleEndsNow', { role, place });
  return t('import.roleEnds', { role, place, date: longDate(last, language) });
}

function roleWord(role: Role, t: Translate): string {
  return t(`role.${role}`).toLocaleLowerCase('sv');
}
