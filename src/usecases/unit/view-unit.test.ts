import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { RowChoice } from '#domain/unit/unit-view.ts';
import { translate } from '#i18n/translate.ts';
import { exportHintText } from '#i18n/unit-words.ts';
import { fillWithStaff, places, staffPerson } from '../../../tests/support/staff.ts';
import { type TestWorld, testServices } from '../../../tests/support/test-services.ts';
import { decideAssignment } from './decide-assignment.ts';
import { exportUnit } from './export-unit.ts';
import { viewDepartment } from './view-department.ts';
import { viewStaffMember } from './view-staff-member.ts';
import { viewUnit } from './view-unit.ts';

const now = new Date('2026-06-10T12:00:00Z');
const today = dateOf(now);
const all: RowChoice = { states: [], search: '', sort: 'name', descending: false };

let world: TestWorld;
beforeAll(async () => {
  world = testServices(now.toISOString());
  await fillWithStaff(world.services.store, now);
});

const person = (id: string) => world.acting(id as PersonId);
const open = async (who: string, unit: NodeId, date: CalendarDate | undefined = today, choice = all) =>
  viewUnit(world.services, await person(who), unit, { date, choice });

describe('a unit’s manager', () => {
  test('sees everybody who works there or is going to, each in one state', async () => {
    const view = await open('manager', places.north);
    expect(Object.fromEntries(view?.rows.map(({ id, track, state }) => [`${id}/${track}`, state]) ?? [])).toEqual({
      'manager/unit-manager': 'done',
      'overdue/new-employee': 'overdue',
      'not-started/new-employee': 'not-started',
      'under-way/new-employee': 'under-way',
      'expiring/new-employee': 'expiring',
      'done/new-employee': 'done',
      'done/unit-manager': 'not-started',
      'exempt/temporary-staff': 'exempt',
      'on-leave/new-employee': 'on-leave',
      'begins/temporary-staff': 'not-started',
      'temporary/temporary-staff': 'overdue',
      'hidden/new-employee': 'overdue',
      'two-units/temporary-staff': 'overdue',
    });
  });

  test('managers B1: sees who has not been invited, can choose only those, and is not told of a past day', async () => {
    const view = await open('manager', places.north);
    const outside = view?.rows
      .filter((row) => row.outside?.state === 'not-invited')
      .map((row) => [row.id, row.outside?.state]);
    expect(outside).toContainEqual(['overdue', 'not-invited']);
    expect(view?.uninvited).toBe(new Set(outside?.map(([id]) => id)).size);
    const chosen = await open('manager', places.north, today, { ...all, uninvited: true });
    expect(chosen?.rows.length).toBe(outside?.length);
    const past = await open('manager', places.north, addDays(today, -1));
    expect(past?.rows.filter((row) => row.outside)).toEqual([]);
  });

  test('is told who may not work alone on the day, and why; not who is on leave, exempt or has not begun', async () => {
    const view = await open('manager', places.north);
    expect(view?.barred.map(({ id, why }) => [id, why])).toEqual([
      ['temporary', 'before-alone'],
      ['two-units', 'before-alone'],
      ['overdue', 'overdue'],
      ['hidden', 'overdue'],
    ]);
    const later = await open('manager', places.north, addDays(today, 9));
    expect(later?.barred.map(({ id }) => id)).toContain('begins');
  });

  test('is not shown a protected name: not in the table, the answer, a search or the order', async () => {
    const view = await open('manager', places.north);
    expect(JSON.stringify(view)).not.toContain('Hilda');
    expect(view?.rows.at(-1)).toMatchObject({ id: 'hidden', nameless: 'protected' });
    const turned = await open('manager', places.north, today, { ...all, descending: true });
    expect(turned?.rows.at(-1)?.id).toBe('hidden');
    expect((await open('manager', places.north, today, { ...all, search: 'hemliga' }))?.rows).toEqual([]);
  });

  test('sees nothing of a person’s work and courses in another committee', async () => {
    const canteen = await open('canteen-manager', places.canteen);
    expect(canteen?.rows.map(({ id, track }) => [id, track])).toEqual([['two-units', 'new-employee']]);
    const member = await viewStaffMember(
      world.services,
      await person('canteen-manager'),
      places.canteen,
      'two-units' as PersonId,
      undefined,
    );
    expect(member?.engagements.map(({ unit }) => unit)).toEqual([places.canteen]);
    expect(member?.courses.map(({ track }) => track)).toEqual(['new-employee']);
  });

  test('gets for another unit what one gets for a unit that is not there, and the attempt is in the log', async () => {
    const before = (await world.services.audit.since('')).length;
    expect(await open('both', places.north)).toBeUndefined();
    expect(await open('both', 'NOWHERE' as NodeId)).toBeUndefined();
    const entries = (await world.services.audit.since('')).slice(before);
    expect(entries.map(({ action }) => action)).toEqual(['refused', 'refused']);
  });

  test('leaves one entry for the list, and one for each person opened', async () => {
    const before = (await world.services.audit.since('')).length;
    await open('manager', places.north);
    await viewStaffMember(world.services, await person('manager'), places.north, 'done' as PersonId, 'follow-up');
    const entries = (await world.services.audit.since('')).slice(before);
    expect(entries.map(({ action, subject, why }) => [action, subject, why])).toEqual([
      ['open-list', undefined, undefined],
      ['open-person', 'alias-of-done', 'follow-up'],
    ]);
  });

  test('sees a past day as it was known then, and who has left since without a name', async () => {
    const view = await open('manager', places.north, addDays(today, -40));
    expect(view?.rows.find(({ id }) => id === 'former')).toMatchObject({ nameless: 'former', name: undefined });
    expect(JSON.stringify(view)).not.toContain('Fredrik');
    expect(view?.rows.find(({ id }) => id === 'done')?.state).toBe('done');
    const earlier = await open('manager', places.north, addDays(today, -41));
    expect(earlier?.rows.find(({ id }) => id === 'done')?.state).toBe('overdue');
  });

  test('takes away a list without those who have no name on the page', async () => {
    const file = await exportUnit(
      world.services,
      await person('manager'),
      places.north,
      new URLSearchParams({ lage: 'overdue', sortera: 'name' }),
      'sv',
    );
    expect(file?.table.rows.map(([name]) => name)).toEqual(['Gunnar Timme', 'Tove Två', 'Örjan Åkesson']);
  });

  test('managers B3: the file asks about the day of the page, and says so, with its unit, in the name and in every row', async () => {
    const monday = addDays(today, 5);
    const file = async (params: Record<string, string>) =>
      exportUnit(world.services, await person('manager'), places.north, new URLSearchParams(params), 'sv');
    const later = await file({ datum: addDays(today, 9) });
    expect(later?.fileName).toBe(`enhet-hemtjanst-norr-${addDays(today, 9)}`);
    expect(later?.table.columns.at(-1)).toBe(`Inte ensam ${addDays(today, 9)}`);
    const alone = later?.table.rows.filter((row) => row.at(-1) === 'Inte ensam').map(([name]) => name);
    expect(alone).toContain('Fatima Ny');
    const soon = await file({ datum: monday });
    expect(soon?.table.rows.filter((row) => row.at(-1) === 'Inte ensam').map(([name]) => name)).not.toContain(
      'Fatima Ny',
    );
    for (const row of soon?.table.rows ?? []) expect(row.slice(-3, -1)).toEqual(['Hemtjänst norr', today]);
    expect((await file({}))?.fileName).toBe(`enhet-hemtjanst-norr-${today}`);
  });

  test('managers S6: a day before the records begin is said to be unknown, not that nobody worked', async () => {
    const unknown = await open('manager', places.north, addDays(today, -900));
    expect(unknown).toMatchObject({ atWork: 0, all: 0 });
    expect(unknown?.knownFrom).toBeDefined();
    const since = unknown?.knownFrom ?? today;
    expect((await open('manager', places.north, addDays(since, -1)))?.knownFrom).toBe(since);
    expect((await open('manager', places.north, since))?.knownFrom).toBeUndefined();
    expect((await open('manager', places.north))?.knownFrom).toBeUndefined();
  });

  test('managers S6: what the file holds of the table is counted as the file is', async () => {
    const past = { datum: addDays(today, -40) };
    const file = await exportUnit(
      world.services,
      await person('manager'),
      places.north,
      new URLSearchParams(past),
      'sv',
    );
    const view = await open('manager', places.north, addDays(today, -40));
    const text = exportHintText(view?.rows ?? [], translate('sv'));
    expect(text).toContain(`Filen har ${file?.table.rows.length} av tabellens ${view?.rows.length} rader.`);
    expect(text).toContain('Har slutat, inte med: 1.');
  });

  test('does not reach who has left', async () => {
    const manager = await person('manager');
    const opened = await viewStaffMember(world.services, manager, places.north, 'former' as PersonId, undefined);
    expect(opened).toBeUndefined();
  });
});

describe('managers B3: asked about no day', () => {
  test('a unit and its department both answer for today, on every day of a week', async () => {
    for (const ahead of [0, 1, 2, 3, 4, 5, 6]) {
      const then = new Date(now.getTime() + ahead * 86_400_000);
      const services = { ...world.services, clock: () => then };
      const unit = await viewUnit(services, await person('manager'), places.north, { date: undefined, choice: all });
      const department = await viewDepartment(services, await person('head'), places.elderly);
      expect(unit?.day).toBe(dateOf(then));
      expect(department?.day).toBe(dateOf(then));
    }
  });

  test('where nobody works today, for the next day somebody does; the department counts those of the day that is asked about', async () => {
    const services = world.services;
    const next = addDays(today, 4);
    const { store } = testServices(now.toISOString()).services;
    await fillWithStaff(store, now);
    for (const record of await store.people.staffOf([places.night])) await store.people.delete(record.id);
    const later = staffPerson(
      { id: 'later', name: 'Lova Sen', unit: places.night, category: 'temporary-staff', from: 4 },
      now,
      990,
    );
    await store.people.create(later);
    const needs = { ...services, store };
    const admin = await person('admin');
    expect(await viewUnit(needs, admin, places.night, { date: undefined, choice: all })).toMatchObject({
      day: next,
      atWork: 1,
      barred: [{ id: 'later' }],
    });
    const barred = async (day: CalendarDate) =>
      (await viewDepartment(needs, admin, places.elderly, day))?.figures?.whole.barred ?? 0;
    // 10 June 2026 is a Wednesday; those who begin before Monday and on it are counted then.
    const onMonday = addDays(today, 5);
    const units = [places.north, places.south, places.night, places.empty];
    for (const day of [today, addDays(today, 1), onMonday]) {
      const views = await Promise.all(units.map((unit) => viewUnit(needs, admin, unit, { date: day, choice: all })));
      expect(await barred(day)).toBe(views.reduce((sum, view) => sum + (view?.barred.length ?? 0), 0));
    }
    expect(await barred(onMonday)).toBeGreaterThan(await barred(today));
  });

  test('a department is asked about the days that can be tapped, and about no other', async () => {
    const head = await person('head');
    for (const day of [addDays(today, -1), addDays(today, 30)])
      expect((await viewDepartment(world.services, head, places.elderly, day))?.day).toBe(today);
    expect((await viewDepartment(world.services, head, places.elderly, addDays(today, 5)))?.day).toBe(
      addDays(today, 5),
    );
  });
});

describe('a department head', () => {
  test('sees numbers that add up, with the small unit merged, and no list', async () => {
    const head = await person('head');
    const view = await viewDepartment(world.services, head, places.elderly);
    expect(view?.figures?.whole.people).toBe(29);
    expect(view?.figures?.groups.map(({ kind, tally }) => [kind, tally.people])).toEqual([
      ['part', 14],
      ['rest', 15],
    ]);
    expect(JSON.stringify(view)).not.toMatch(/Åkesson|Hilda|Timme/);
    expect(await open('head', places.north)).toBeUndefined();
    expect(await viewDepartment(world.services, head, places.care)).toBeUndefined();
  });
});

describe('a decision', () => {
  const decide = async (who: string, unit: NodeId, about: string, wish: Parameters<typeof decideAssignment>[4]) =>
    decideAssignment(world.services, await person(who), unit, about as PersonId, wish);
  const wish = { kind: 'exempt', track: 'new-employee', reason: 'Har gått den förut.' } as const;

  test('is made about one’s own people only, and never about oneself', async () => {
    expect(await decide('both', places.south, 'overdue', wish)).toEqual({ ok: false, reason: 'not-found' });
    const own = { ...wish, track: 'unit-manager' } as const;
    expect(await decide('manager', places.north, 'manager', own)).toEqual({ ok: false, reason: 'about-yourself' });
    expect((await person('overdue')).decisions).toEqual([]);
  });

  test('is made as of a unit where the person works', async () => {
    expect(await decide('admin', places.south, 'overdue', wish)).toEqual({ ok: false, reason: 'not-found' });
  });

  test('moves a last day, exempts, and is taken back', async () => {
    const due = addDays(today, 5);
    const move = { kind: 'move-due', track: 'new-employee', due, reason: 'Var sjuk.' } as const;
    expect(await decide('manager', places.north, 'overdue', move)).toEqual({ ok: true });
    const row = async () => (await open('manager', places.north))?.rows.find(({ id }) => id === 'overdue');
    expect(await row()).toMatchObject({ due, state: 'under-way' });
    expect(await decide('manager', places.north, 'overdue', wish)).toEqual({ ok: true });
    expect(await row()).toMatchObject({ state: 'exempt' });
    expect(await decide('manager', places.north, 'overdue', wish)).toEqual({ ok: false, reason: 'nothing-open' });
    const decision = (await person('overdue')).decisions.at(-1)?.id ?? '';
    const back = { kind: 'withdraw', track: 'new-employee', decision, reason: 'Fel person.' } as const;
    expect(await decide('manager', places.north, 'overdue', back)).toEqual({ ok: true });
    expect(await decide('manager', places.north, 'overdue', back)).toEqual({ ok: false, reason: 'not-decided' });
    expect(await row()).toMatchObject({ state: 'under-way' });
  });

  test('gives an extra course once, which another committee’s manager does not see', async () => {
    const due = addDays(today, 30);
    const extra = { kind: 'assign', track: 'student', due, reason: 'Ska handleda elever.' } as const;
    expect(await decide('manager', places.north, 'two-units', extra)).toEqual({ ok: true });
    expect(await decide('manager', places.north, 'two-units', extra)).toEqual({ ok: false, reason: 'has-course' });
    const canteen = await open('canteen-manager', places.canteen);
    expect(canteen?.rows.map(({ track }) => track)).toEqual(['new-employee']);
  });
});
