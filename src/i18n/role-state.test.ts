import { expect, test } from 'vitest';
import type { GrantState } from '#domain/access/grant-days.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import { roleEndText, roleStateText } from './role-state.ts';
import { translate } from './translate.ts';

const day = (text: string) => text as CalendarDate;
const t = translate('sv');

test.each<[GrantState, string]>([
  [{ state: 'awake', through: undefined }, 'Tills vidare'],
  [{ state: 'awake', through: day('2026-12-15') }, 'Till och med den 15 december 2026'],
  [{ state: 'asleep', why: 'first-day', from: day('2027-01-10'), through: undefined }, 'Från den 10 januari 2027'],
  [
    { state: 'asleep', why: 'first-day', from: day('2027-01-10'), through: day('2027-01-31') },
    'Från den 10 januari 2027 till och med den 31 januari 2027',
  ],
  [{ state: 'asleep', why: 'work', from: day('2026-12-13') }, 'Vilar tills arbetet börjar den 13 december 2026'],
  [
    { state: 'asleep', why: 'leave', from: day('2026-12-22') },
    'Vilar under tjänstledigheten, gäller igen från den 22 december 2026',
  ],
  [{ state: 'asleep', why: 'leave', from: undefined }, 'Vilar under tjänstledigheten'],
  [{ state: 'ended', last: day('2026-11-30') }, 'Slutade gälla efter den 30 november 2026'],
  [{ state: 'ended', last: undefined }, 'Gäller inte längre'],
])('security F2: a role says how it stands, and from or until when: %j', (state, says) => {
  expect(roleStateText(state, t, 'sv')).toBe(says);
});

test('security F2: a list says which role it ends, where and when', () => {
  const grant = { role: 'unit-manager', place: 'north' as NodeId } as const;
  const says = (last: CalendarDate | undefined) => roleEndText({ grant, last }, 'Norr', t, 'sv');
  expect(says(day('2026-12-15'))).toBe('Rollen enhetschef (Norr) slutar gälla efter den 15 december 2026.');
  expect(says(undefined)).toBe('Rollen enhetschef (Norr) slutar gälla.');
});
