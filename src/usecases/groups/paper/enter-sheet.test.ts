import { describe, expect, test } from 'vitest';
import { signInWithCode } from '#usecases/account/sign-in.ts';
import { findCertificate } from '#usecases/exam/find-certificate.ts';
import { openGroup } from '#usecases/groups/open-group.ts';
import { removeFromGroup } from '#usecases/groups/remove-from-group.ts';
import { replacePersonalCode } from '#usecases/groups/replace-personal-code.ts';
import { day, personId } from '../../../../tests/contract/sample-documents.ts';
import { rightAnswer, wrongAnswer } from '../../../../tests/support/answers.ts';
import { groupWorld } from '../../../../tests/support/group-world.ts';
import { enterSheet } from './enter-sheet.ts';
import { listSheets, openSheet } from './open-sheet.ts';
import { printSheets } from './print-sheets.ts';

type World = Awaited<ReturnType<typeof paperWorld>>;

/** A group of which some sheets are printed. */
async function paperWorld(fields: Parameters<typeof groupWorld>[0] = {}, count = 2) {
  const world = await groupWorld(fields);
  const { services, manager, group } = world;
  const reopen = async () => {
    const opened = await openGroup(services, manager, group.id);
    if (!opened) throw new Error('out of reach');
    return opened;
  };
  const printed = await printSheets(services, manager, await reopen(), count);
  if (!printed.ok) throw new Error(printed.reason);
  const scenarioOf = (id: string) => {
    const scenario = services.course.scenarios.get(id);
    if (!scenario) throw new Error(id);
    return scenario;
  };
  const answersOf = (number: number, answer: typeof rightAnswer) => {
    const sheet = printed.sheets[number - 1];
    return Object.fromEntries((sheet?.items ?? []).map(({ scenario }) => [scenario, answer(scenarioOf(scenario))]));
  };
  const entry = (
    who: { kind: 'new'; name: string } | { kind: 'known'; id: ReturnType<typeof personId> },
    answers = answersOf(1, rightAnswer),
  ) => ({
    who,
    takenOn: day('2026-06-10'),
    vouchedBy: manager.pseudonym,
    answers,
  });
  return { ...world, sheets: printed.sheets, reopen, answersOf, entry };
}

const newcomer = { kind: 'new', name: 'Åsa Utan Telefon' } as const;

async function enter({ services, manager, reopen }: World, number: number, entry: ReturnType<World['entry']>) {
  return enterSheet(services, manager, await reopen(), number, entry);
}

async function memberNamed({ services, group }: World, name: string) {
  const members = await services.store.people.findByGroup(group.id);
  const found = members.filter((member) => member.name === name);
  expect(found).toHaveLength(1);
  return found[0];
}

describe('printing', () => {
  test('draws an exam for each sheet by the blueprint, without conversations, and keeps it with the group', async () => {
    const { services, sheets, group, entries } = await paperWorld({ category: 'summer-worker' }, 20);
    const { course, store } = services;
    const { blueprint } = course.tracks['summer-worker'];
    expect(sheets.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
    for (const { items } of sheets) {
      const drawn = items.map(({ scenario }) => course.scenarios.get(scenario));
      for (const { themes, count } of blueprint)
        expect(drawn.filter((one) => one && themes.includes(one.theme))).toHaveLength(count);
      expect(drawn.filter((one) => one?.kind === 'conversation')).toEqual([]);
    }
    expect(new Set(sheets.map(({ items }) => JSON.stringify(items))).size).toBe(20);
    expect((await store.groups.get(group.id))?.sheets).toEqual(sheets);
    expect((await entries()).map(({ action }) => action)).toEqual(['print-sheets']);
  });

  test('goes on with the numbers, and stops where nobody more may join', async () => {
    const world = await paperWorld();
    const { services, manager, reopen, pass } = world;
    const more = await printSheets(services, manager, await reopen(), 1);
    expect(more.ok && more.sheets.map(({ number }) => number)).toEqual([3]);
    pass({ minutes: 60 * 24 * 400 });
    expect(await printSheets(services, manager, await reopen(), 1)).toEqual({ ok: false, reason: 'group-ended' });
  });
});

describe('entering a sheet', () => {
  test('of somebody new makes the person, the lessons read, the result and a certificate that says it was on paper', async () => {
    const world = await paperWorld();
    const { services, manager, entry, seats, sheets } = world;
    expect(await enter(world, 1, entry(newcomer))).toEqual({ ok: true });
    const person = await memberNamed(world, newcomer.name);
    expect(person).toMatchObject({
      nameGivenBy: 'employer',
      identity: { by: manager.pseudonym, at: '2026-06-10T12:00:00.000Z', onPaper: true },
      attempts: [
        {
          id: sheets[0]?.id,
          result: { passed: true },
          onPaper: { takenOn: '2026-06-10', vouchedBy: manager.pseudonym, enteredBy: manager.pseudonym },
        },
      ],
      certificates: [
        {
          takenOnPaper: '2026-06-10',
          issuedOn: '2026-06-10',
          validUntil: world.group.lastDay,
          track: world.group.category,
        },
      ],
    });
    expect(person?.codeHash).toBeUndefined();
    const { required } = services.course.tracks[world.group.category];
    expect(Object.keys(person?.lessonsDone ?? {})).toEqual(required);
    expect(await seats()).toEqual([person?.id]);
    const checked = await findCertificate(services, person?.certificates[0]?.code ?? '', undefined);
    expect(checked).toMatchObject({ certificate: { takenOnPaper: '2026-06-10' }, identity: { onPaper: true } });
    expect((await listSheets(services, (await world.reopen()).group)).map(({ state }) => state)).toEqual([
      'entered',
      'open',
    ]);
  });

  test('is in the log before anything is stored', async () => {
    const world = await paperWorld();
    await enter(world, 1, world.entry(newcomer));
    const person = await memberNamed(world, newcomer.name);
    expect(await world.entries()).toContainEqual({
      actor: world.manager.pseudonym,
      action: 'enter-sheet',
      subject: person?.pseudonym,
      place: world.group.unit,
    });
  });

  test('of somebody new opens no account, until a code is given', async () => {
    const world = await paperWorld();
    await enter(world, 1, world.entry(newcomer));
    const person = await memberNamed(world, newcomer.name);
    const given = await replacePersonalCode(world.services, world.manager, world.group, person?.id ?? personId('x'));
    const code = given.ok ? given.code : '';
    const back = await signInWithCode(world.services, { code, address: '10.0.0.1' });
    expect(back.ok && (await world.signedIn(back.cookie))).toMatchObject({ name: newcomer.name });
  });

  test('again, or twice at once, gives the one result there is', async () => {
    const world = await paperWorld();
    const wrong = world.entry(newcomer, world.answersOf(1, wrongAnswer));
    const opened = await world.reopen();
    const both = await Promise.all(
      [1, 2].map(() => enterSheet(world.services, world.manager, opened, 1, world.entry(newcomer))),
    );
    expect(both).toEqual([{ ok: true }, { ok: true }]);
    const before = await memberNamed(world, newcomer.name);
    expect(await enter(world, 1, wrong)).toEqual({ ok: true });
    expect(await memberNamed(world, newcomer.name)).toEqual(before);
    expect(before?.certificates).toHaveLength(1);
  });

  test('for another person than it has been entered for is refused', async () => {
    const world = await paperWorld();
    const other = await world.join('Bo Ek');
    await enter(world, 1, world.entry(newcomer));
    expect(await enter(world, 1, world.entry({ kind: 'known', id: other.id }))).toEqual({
      ok: false,
      reason: 'sheet-used',
    });
    expect((await world.person(other.id)).attempts).toEqual([]);
  });

  test('of a participant who has joined keeps the person, and vouches for who it is', async () => {
    const world = await paperWorld();
    const { id } = await world.join('Bo Ek');
    expect(await enter(world, 1, world.entry({ kind: 'known', id }))).toEqual({ ok: true });
    const person = await world.person(id);
    expect(person.identity?.onPaper).toBe(true);
    expect(person.certificates).toHaveLength(1);
    expect(await world.seats()).toEqual([id]);
    expect(await enter(world, 2, world.entry({ kind: 'known', id }, world.answersOf(2, rightAnswer)))).toEqual({
      ok: false,
      reason: 'has-valid-certificate',
    });
  });

  test('with wrong answers, or without any, gives no certificate and the lessons to read again', async () => {
    const world = await paperWorld();
    await enter(world, 1, world.entry(newcomer, world.answersOf(1, wrongAnswer)));
    const person = await memberNamed(world, newcomer.name);
    expect(person?.certificates).toEqual([]);
    expect(person?.attempts[0]?.result).toMatchObject({ right: 0, passed: false });
    expect(person?.attempts[0]?.result?.reread.length).toBeGreaterThan(0);
    const { id } = await world.join('Bo Ek');
    expect(await enter(world, 2, world.entry({ kind: 'known', id }, {}))).toEqual({ ok: true });
    expect((await world.person(id)).attempts[0]?.result).toMatchObject({ right: 0, passed: false });
  });

  test('is not for one’s own exam, nor vouched for by who took it', async () => {
    const world = await paperWorld();
    const { id } = await world.join('Bo Ek');
    const own = world.entry({ kind: 'known', id });
    const { pseudonym } = await world.person(id);
    expect(await enter(world, 1, { ...own, vouchedBy: pseudonym })).toEqual({ ok: false, reason: 'own-sheet' });
    expect((await world.person(id)).attempts).toEqual([]);
  });

  test('of who is not in the group or its unit is answered as of who does not exist', async () => {
    const world = await paperWorld();
    const outsider = await world.withGrant('elsewhere', 'unit-manager', 'south');
    for (const id of [outsider.id, personId('ingen')])
      expect(await enter(world, 1, world.entry({ kind: 'known', id }))).toEqual({ ok: false, reason: 'not-found' });
    expect((await world.entries()).filter(({ action }) => action === 'refused')).toHaveLength(2);
  });

  test('that is full, or has seen its last day, is refused and stores nothing', async () => {
    const full = await paperWorld({ size: 1 });
    await full.join('Bo Ek');
    expect(await enter(full, 1, full.entry(newcomer))).toEqual({ ok: false, reason: 'group-full' });
    expect(await full.services.store.people.findByGroup(full.group.id)).toHaveLength(1);
    const late = await paperWorld();
    late.pass({ minutes: 60 * 24 * 400 });
    expect(await enter(late, 1, late.entry(newcomer))).toEqual({ ok: false, reason: 'group-ended' });
    expect(await late.services.store.people.findByGroup(late.group.id)).toEqual([]);
  });

  test('goes on after the group has been closed: the papers are out', async () => {
    const world = await paperWorld();
    await world.services.store.groups.update(world.group.id, (group) => ({
      save: { ...group, closedAt: '2026-06-10T12:00:00.000Z' },
      result: undefined,
    }));
    expect(await enter(world, 1, world.entry(newcomer))).toEqual({ ok: true });
  });

  test('on which a question has been changed since is refused: no old text is judged by a new key', async () => {
    const world = await paperWorld();
    const [first] = world.sheets[0]?.items ?? [];
    await world.services.store.groups.update(world.group.id, (group) => ({
      save: {
        ...group,
        sheets: group.sheets?.map((sheet) => ({
          ...sheet,
          items: sheet.items.map((item) =>
            item.scenario === first?.scenario ? { ...item, version: item.version - 1 } : item,
          ),
        })),
      },
      result: undefined,
    }));
    expect(await enter(world, 1, world.entry(newcomer))).toEqual({ ok: false, reason: 'sheet-outdated' });
    expect((await listSheets(world.services, (await world.reopen()).group))[0]?.state).toBe('outdated');
  });

  test('that was cut off before the result was stored waits, and is entered for the same person', async () => {
    const world = await paperWorld();
    const failing = { ...world.services.store.people, create: () => Promise.reject(new Error('disk')) };
    const services = { ...world.services, store: { ...world.services.store, people: failing } };
    await expect(enterSheet(services, world.manager, await world.reopen(), 1, world.entry(newcomer))).rejects.toThrow(
      'disk',
    );
    expect((await listSheets(world.services, (await world.reopen()).group))[0]?.state).toBe('open');
    expect(await enter(world, 1, world.entry(newcomer))).toEqual({ ok: true });
    expect(await world.seats()).toHaveLength(1);
  });
});

describe('what is shown of a sheet', () => {
  test('is who it may belong to, then how it came out; a score and answers are never asked for', async () => {
    const world = await paperWorld();
    await world.join('Bo Ek');
    const open = await openSheet(world.services, world.manager, await world.reopen(), 1);
    expect(open?.state === 'open' && open.people.map(({ name }) => name)).toEqual(['Bo Ek']);
    expect(open?.state === 'open' && open.vouchers.map(({ name }) => name)).toEqual([world.manager.name]);
    await enter(world, 1, world.entry(newcomer));
    const entered = await openSheet(world.services, world.manager, await world.reopen(), 1);
    expect(entered?.state === 'entered' && entered.outcome?.member.person.name).toBe(newcomer.name);
    expect((await world.entries()).map(({ action }) => action)).toEqual([
      'print-sheets',
      'open-list',
      'enter-sheet',
      'open-person',
    ]);
  });

  test('of a group of no unit is a look at each whose name is listed', async () => {
    const world = await groupWorld({ unit: undefined });
    const everywhere = await world.withGrant('all', 'administrator', 'everything');
    const { id } = await world.join('Bo Ek');
    const opened = await openGroup(world.services, everywhere, world.group.id);
    if (!opened) throw new Error('out of reach');
    await printSheets(world.services, everywhere, opened, 1);
    const again = await openGroup(world.services, everywhere, world.group.id);
    await openSheet(world.services, everywhere, again ?? opened, 1);
    const { pseudonym } = await world.person(id);
    expect(await world.entries()).toContainEqual({
      actor: everywhere.pseudonym,
      action: 'open-list',
      subject: pseudonym,
    });
  });

  test('is gone with whoever is removed from the group', async () => {
    const world = await paperWorld();
    await enter(world, 1, world.entry(newcomer, {}));
    const person = await memberNamed(world, newcomer.name);
    await removeFromGroup(world.services, world.manager, world.group, person?.id ?? personId('x'));
    const { group } = await world.reopen();
    expect(group.sheets?.map(({ number }) => number)).toEqual([2]);
    expect(JSON.stringify(group)).not.toContain(person?.id);
  });
});
