import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { ImportChoices } from '#domain/import/plan-import.ts';
import type { ImportId, OpenImport } from '#domain/import/staff-import.ts';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import {
  administrator,
  justNow,
  logOf,
  node,
  put,
  withOrganisation,
} from '../../../../tests/support/small-organisation.ts';
import { everybody, type TestWorld, testServices } from '../../../../tests/support/test-services.ts';
import {
  applyImport,
  changeImport,
  discardImport,
  openImport,
  readStaffFile,
  removeOldImports,
} from './import-staff.ts';

const partial: ImportChoices = { full: false };
const full: ImportChoices = { full: true };
const headings = 'Anstnr;Namn;E-post;Kategori;Enhetskod;Från;Till;Ledig från;Ledig till';
const file = (...rows: readonly string[]) => new TextEncoder().encode([headings, ...rows, ''].join('\r\n'));
const day = (date: string) => date as CalendarDate;

let world: TestWorld;
let ada: ActingPerson;

beforeEach(async () => {
  world = await withOrganisation(testServices('2026-06-10T12:00:00Z'));
  ada = await administrator(world, 'care', { seesProtected: true });
});

async function read(bytes: Uint8Array, choices: ImportChoices = partial, actor = ada): Promise<ImportId> {
  const result = await readStaffFile(world.services, actor, bytes, choices);
  if (!result.ok) throw new Error(result.reason);
  return result.id;
}

async function dryRun(bytes: Uint8Array, choices: ImportChoices = partial, actor = ada) {
  const id = await read(bytes, choices, actor);
  const shown = await openImport(world.services, actor, id);
  if (!shown?.dryRun) throw new Error('there is no plan');
  return { id, ...shown.dryRun };
}

async function importFile(bytes: Uint8Array, choices: ImportChoices = partial, { missing = false, actor = ada } = {}) {
  const { id, plan, fingerprint } = await dryRun(bytes, choices, actor);
  const applied = await applyImport(world.services, justNow(world, actor), id, { fingerprint, missing });
  if (!applied.ok) throw new Error(applied.reason);
  return plan;
}

/** Each change in one line. */
async function planned(bytes: Uint8Array, choices: ImportChoices = partial, actor = ada): Promise<string[]> {
  const { plan } = await dryRun(bytes, choices, actor);
  return [
    ...plan.changes.map(({ kind, employmentNumber, details }) => [kind, employmentNumber, ...details].join(' ')),
    ...plan.broken.map(({ line, field = '', reason }) => `line ${line} ${field}: ${reason}`),
  ];
}

async function numbered(number: string): Promise<Person> {
  const person = await world.services.store.people.findByEmploymentNumber(number);
  if (!person) throw new Error('no such person');
  return person;
}

async function workOf(number: string): Promise<string[]> {
  const { engagements } = currentStaffing(await numbered(number));
  return engagements.map(({ unit, category, from, to = '' }) => `${unit} ${category} ${from}–${to}`);
}

describe('the same list as different programs write it', () => {
  test.for([
    'excel-windows.csv',
    'excel-windows-utf8.csv',
    'excel-windows-unicode.txt',
    'excel-mac.csv',
    'libreoffice.csv',
    'payroll.txt',
  ])('%s', async (name) => {
    await importFile(readFileSync(`tests/fixtures/staff/${name}`));
    const people = (await everybody(world)).filter(({ employmentNumber }) => employmentNumber);
    expect(people.map(({ employmentNumber, name, email }) => [employmentNumber, name, email]).sort()).toEqual([
      ['00123', 'Åsa Öberg', 'asa.oberg@lindala.example'],
      ['00124', 'André "Dédé" Ångström', 'andre.angstrom@lindala.example'],
      ['00125', 'Zoë Al-Häkim', undefined],
      ['7', 'Bo Ek', 'bo.ek@lindala.example'],
    ]);
    expect(await workOf('00123')).toEqual(['north new-employee 2015-01-01–']);
    expect(currentStaffing(await numbered('00123')).leaves).toEqual([
      { from: day('2026-06-01'), to: day('2026-12-31') },
    ]);
    expect(await workOf('00124')).toEqual([
      'north temporary-staff 2026-06-22–2026-08-31',
      'south temporary-staff 2026-06-22–2026-08-31',
    ]);
    expect(await workOf('00125')).toEqual(['south summer-worker 2026-06-15–2026-07-10']);
    expect(await workOf('7')).toEqual(['south unit-manager 2020-02-29–']);

    const after = await everybody(world);
    const again = await dryRun(readFileSync('tests/fixtures/staff/libreoffice.csv'), full);
    expect(again.plan).toMatchObject({ changes: [], broken: [], unchanged: 4 });
    expect(await everybody(world)).toEqual(after);
  });

  test('personal numbers are in nothing that is stored or shown', async () => {
    const id = await read(readFileSync('tests/fixtures/staff/payroll.txt'));
    const stored = await world.services.store.imports.get(id);
    expect((stored as OpenImport).left).toEqual([0]);
    expect(JSON.stringify(stored)).not.toMatch(/9876|9811|2381|9807/);
  });
});

describe('security F6: a list is read while others are served', () => {
  const rowsOf = (count: number, row: (number: number) => string) =>
    file(...Array.from({ length: count }, (_, n) => row(n)));
  const ordinary = (n: number) => `${n};Åsa Öberg ${n};asa.${n}@lindala.example;Vikarie;H${1 + (n % 2)};2026-06-01;;;`;

  test.for<[what: string, text: string, refusal: object]>([
    ['line breaks', '\n'.repeat(7_500_000), { reason: 'import-empty' }],
    ['semicolons', ';'.repeat(7_500_000), { reason: 'import-too-many-columns', line: 1, limit: 200 }],
    ['quotation marks', '"'.repeat(7_500_000), { reason: 'import-long-cell', line: 1, limit: 1_000 }],
    ['one cell', `a;b\n1;${'x'.repeat(7_500_000)}`, { reason: 'import-long-cell', line: 2, limit: 1_000 }],
    ['rows', `a;b\n${'1;2\n'.repeat(1_800_000)}`, { reason: 'import-too-many-rows', line: 20_001, limit: 20_000 }],
    [
      'cells',
      `a;b${`\n${';1'.repeat(150)}`.repeat(9_000)}`,
      { reason: 'import-too-many-cells', line: 2_650, limit: 400_000 },
    ],
  ])(
    '7.5 MB of %s hold nobody up, are refused with what to do, and leave nothing',
    { timeout: 60_000 },
    async ([, text, refusal]) => {
      const bytes = new TextEncoder().encode(text);
      const longest = longestTurn();
      expect(await readStaffFile(world.services, ada, bytes, partial)).toEqual({ ok: false, ...refusal });
      expect(longest()).toBeLessThan(100);
      expect(await world.services.store.imports.list()).toEqual([]);
    },
  );

  test('5,000 rows below a title hold nobody up', async () => {
    const lines = new TextDecoder().decode(rowsOf(5_000, ordinary));
    const longest = longestTurn();
    await read(new TextEncoder().encode(`Personal per den 10 juni\r\n\r\n${lines}`));
    expect(longest()).toBeLessThan(100);
  }, 60_000);

  test('the plan of 10,000 ordinary rows is made a turn at a time', async () => {
    const id = await read(rowsOf(10_000, ordinary), full);
    const longest = longestTurn();
    const shown = await openImport(world.services, ada, id);
    expect(shown?.dryRun?.plan.changes).toHaveLength(10_000);
    expect(longest()).toBeLessThan(100);
  }, 60_000);

  test('a number that stands on more rows than anybody has work is asked about', async () => {
    const rows = rowsOf(101, (n) => `4711;Åsa Öberg;;Vikarie;H1;2026-06-${String(1 + (n % 30)).padStart(2, '0')};;;`);
    const { broken, changes } = (await dryRun(rows)).plan;
    expect(changes).toEqual([]);
    expect(broken[0]).toEqual({ line: 2, field: 'employmentNumber', reason: 'too-many-rows', value: '4711' });
    expect(broken).toHaveLength(101);
  });
});

/** In milliseconds of this thread's own work, whatever else the machine does: how long others have had to wait at the most. */
function longestTurn(): () => number {
  const worked = () => process.threadCpuUsage().user / 1000;
  let before = worked();
  let longest = 0;
  let isOn = true;
  const look = () => {
    const now = worked();
    longest = Math.max(longest, now - before);
    before = now;
    if (isOn) setImmediate(look);
  };
  setImmediate(look);
  return () => {
    isOn = false;
    // What ran up to now, and let nobody in.
    look();
    return longest;
  };
}

describe('a dry run', () => {
  test('stores nothing among the people, and is seen by nobody else', async () => {
    const other = await administrator(world, 'everything', { seesProtected: true });
    const before = await everybody(world);
    const { id } = await dryRun(file('1;Åsa Öberg;;Vikarie;H1;2026-06-22;;;'));
    expect(await everybody(world)).toEqual(before);
    expect(await openImport(world.services, other, id)).toBeUndefined();
    expect(await openImport(world.services, ada, 'nothing' as ImportId)).toBeUndefined();
    expect((await logOf(world, other.pseudonym)).map(({ action }) => action)).toEqual(['refused']);
    const applied = await applyImport(world.services, justNow(world, other), id, { fingerprint: '', missing: true });
    expect(applied).toEqual({ ok: false, reason: 'import-gone' });
    expect(await discardImport(world.services, other, id)).toBe(false);
  });

  test('is removed by the one who made it, and after a day', async () => {
    const thrown = await read(file('1;Åsa Öberg;;Vikarie;H1;;;;'));
    expect(await discardImport(world.services, ada, thrown)).toBe(true);
    expect(await world.services.store.imports.get(thrown)).toBeUndefined();
    const id = await read(file('1;Åsa Öberg;;Vikarie;H1;;;;'));
    world.pass({ minutes: 24 * 60 - 1 });
    await removeOldImports(world.services);
    expect(await world.services.store.imports.get(id)).toBeDefined();
    world.pass({ minutes: 1 });
    await removeOldImports(world.services);
    expect(await world.services.store.imports.list()).toEqual([]);
  });

  test('shows a new plan instead of storing if the world has changed since', async () => {
    const { id, fingerprint } = await dryRun(file('1;Åsa Öberg;asa@lindala.example;Vikarie;H1;2026-06-22;;;'));
    await put(world, 'Åsa Öberg', [{ unit: node('south') }], { email: 'asa@lindala.example' });
    const before = await everybody(world);
    const applied = await applyImport(world.services, justNow(world, ada), id, { fingerprint, missing: false });
    expect(applied).toEqual({ ok: false, reason: 'import-changed' });
    expect(await everybody(world)).toEqual(before);
    const again = await openImport(world.services, ada, id);
    expect(again?.dryRun?.plan.changes.map(({ kind, details }) => [kind, ...details])).toEqual([
      ['moved', 'number', 'category'],
    ]);
  });

  test('is in the log once for each outermost place of the list, and so is the import', async () => {
    await importFile(file('1;Åsa Öberg;;Vikarie;H1;2026-06-22;;;'));
    expect(await logOf(world, ada.pseudonym)).toEqual([
      { action: 'open-list', subject: undefined, place: 'care' },
      { action: 'import', subject: undefined, place: 'care' },
    ]);
  });
});

describe('a plan', () => {
  beforeEach(async () => {
    const number = (employmentNumber: string) => ({ employmentNumber });
    await put(world, 'Anna Ek', [{ unit: node('north'), from: day('2020-01-01') }], number('1'));
    await put(world, 'Bo Ek', [{ unit: node('south'), from: day('2021-01-01') }], number('02'));
    await put(world, 'Eva Ek', [{ unit: node('school-unit'), from: day('2021-01-01') }], {
      ...number('9'),
      email: 'eva@lindala.example',
    });
  });

  test('says who is added, moved, changed, ended and unchanged', async () => {
    expect(
      await planned(
        file(
          '3;Ny Person;;Elev;Granen;2026-06-15;2026-08-15;;',
          '1;Anna Ek;;Tillsvidare;H2;2026-06-01;;;',
          '02;Bo Ek;;Tillsvidare;H2;2021-01-01;2026-06-09;;',
        ),
      ),
    ).toEqual(['added 3', 'moved 1', 'ended 02 dates']);
  });

  test('a move ends the work before it the day before, by a new record', async () => {
    await importFile(file('1;Anna Ek;;Tillsvidare;H2;2026-06-01;;;'));
    expect(await workOf('1')).toEqual(['north new-employee 2020-01-01–2026-05-31', 'south new-employee 2026-06-01–']);
    const { staffing } = await numbered('1');
    expect(staffing.map(({ engagements }) => engagements.length)).toEqual([1, 2]);
    expect(await planned(file('1;Anna Ek;;Tillsvidare;H2;2026-06-01;;;'))).toEqual([]);
  });

  test('a list that keeps the first day of employment through a move ends the old work yesterday', async () => {
    const moved = file('1;Anna Ek;;Tillsvidare;H2;2020-01-01;;;');
    await importFile(moved);
    expect(await workOf('1')).toEqual(['north new-employee 2020-01-01–2026-06-09', 'south new-employee 2020-01-01–']);
    expect(await planned(moved)).toEqual([]);
  });

  test('leave comes and goes', async () => {
    await importFile(file('1;Anna Ek;;Tillsvidare;H1;2020-01-01;;2026-06-01;'));
    expect(currentStaffing(await numbered('1')).leaves).toEqual([{ from: '2026-06-01' }]);
    await importFile(file('1;Anna Ek;;Tillsvidare;H1;2020-01-01;;;'));
    expect(currentStaffing(await numbered('1')).leaves).toEqual([{ from: '2026-06-01', to: '2026-06-09' }]);
    expect(await planned(file('1;Anna Ek;;Tillsvidare;H1;2020-01-01;;;'))).toEqual([]);
  });

  test('names each broken row by line and column, and imports the rest', async () => {
    const rows = file(
      ';Utan Nummer;;Vikarie;H1;2026-06-22;;;',
      '10;;;Vikarie;H1;2026-06-22;;;',
      '11;Fel Datum;;Vikarie;H1;2026-02-30;;;',
      '12;Fel Ordning;;Vikarie;H1;2026-06-22;2026-06-21;;',
      '13;Fel Adress;inte en adress;Vikarie;H1;;;;',
      '14;Fel Enhet;;Vikarie;X9;;;;',
      '15;Fel Kategori;;Undersköterska;H1;;;;',
      '16;Ingen Kategori;;;H1;;;;',
      '17;Utan Enhet;;Vikarie;;;;;',
      '811218-9876;Nummer Persson;;Vikarie;H1;;;;',
      '1,2E+09;Räknat Nummer;;Vikarie;H1;;;;',
      '2;Bo Ek;;Vikarie;H1;;;;',
      '18;Ledig Utan Start;;Vikarie;H1;;;;2026-07-01',
      '19;För Många;;Vikarie;H1;;;;;spill',
      '20;Rätt Rad;;Vikarie;H1;;;;',
    );
    expect(await planned(rows)).toEqual([
      'added 20',
      'line 2 employmentNumber: no-number',
      'line 3 name: no-name',
      'line 4 from: not-a-date',
      'line 5 to: date-order',
      'line 6 email: email-shape',
      'line 7 unitCode: unit-unknown',
      'line 8 category: category-unknown',
      'line 9 category: no-category',
      'line 10 unitCode: no-unit',
      'line 11 employmentNumber: personal-number',
      'line 12 employmentNumber: number-scientific',
      'line 13 employmentNumber: number-zeros',
      'line 14 leaveTo: leave-without-start',
      'line 15 : too-many-cells',
    ]);
  });

  test('stores nobody by half: one broken row holds back all rows of the same person', async () => {
    const rows = file('1;Anna Ek;;Vikarie;H1;2026-06-22;;;', '1;Anna Ek;;Vikarie;H2;2026-02-30;;;');
    expect(await planned(rows)).toEqual(['line 2 : same-person', 'line 3 from: not-a-date']);
    expect(await planned(file('1;Anna Ek;;Vikarie;H1;;;;', '1;Anna Berg;;Vikarie;H2;;;;'))).toEqual([
      'line 2 : same-person',
      'line 3 name: name-differs',
    ]);
  });

  test('says the same about a unit of another committee as about one that is not there', async () => {
    const [other, none] = await Promise.all(
      ['Elevhälsan', 'Finns ej'].map((unit) => planned(file(`10;Ny Person;;Vikarie;${unit};;;;`))),
    );
    expect(other).toEqual(['line 2 unitCode: unit-unknown']);
    expect(none).toEqual(other);
  });

  test('touches nobody outside the places, by number or by address', async () => {
    // Shown as somebody new, as whoever is not there would be; stored it is not (security F11).
    expect(await planned(file('9;Eva Ek;;Vikarie;H1;;;;'))).toEqual(['added 9']);
    expect(await planned(file('10;Ny Person;eva@lindala.example;Vikarie;H1;;;;'))).toEqual(['added 10']);
    const before = await numbered('9');
    await importFile(file('10;Ny Person;;Vikarie;H1;;;;'), full, { missing: true });
    expect(await numbered('9')).toEqual(before);
  });

  test('leaves work in other places as it is', async () => {
    const all = await administrator(world, 'everything');
    await importFile(
      file('1;Anna Ek;;Tillsvidare;H1;2020-01-01;;;', '1;Anna Ek;;Vikarie;Elevhälsan;2026-06-01;;;'),
      partial,
      { actor: all },
    );
    await importFile(file('1;Anna Ek;;Tillsvidare;H2;2026-06-08;;;'));
    expect(await workOf('1')).toEqual([
      'north new-employee 2020-01-01–2026-06-07',
      'school-unit temporary-staff 2026-06-01–',
      'south new-employee 2026-06-08–',
    ]);
  });

  test('gives somebody known by address their employment number', async () => {
    const known = await put(world, 'Cia Ek', [{ unit: node('north'), from: day('2026-01-01') }], {
      email: 'cia@lindala.example',
    });
    const row = file('30;Cia Ek;CIA@lindala.example;Tillsvidare;H1;2026-01-01;;;');
    expect(await planned(row)).toEqual(['changed 30 number']);
    await importFile(row);
    expect((await numbered('30')).id).toBe(known.id);
    expect((await numbered('30')).staffing).toEqual(known.staffing);
  });

  test('two people cannot have one address', async () => {
    const rows = file('40;Ny Ett;ny@lindala.example;Vikarie;H1;;;;', '41;Ny Två;ny@lindala.example;Vikarie;H1;;;;');
    expect(await planned(rows)).toEqual(['added 40', 'line 3 email: email-twice']);
  });

  test('changes nobody’s address who has a role: a list is no way to it', async () => {
    await put(world, 'Mia Chef', [{ unit: node('north') }], {
      ...{ employmentNumber: '50', email: 'mia@lindala.example' },
      grants: [{ role: 'unit-manager', place: node('north') }],
    });
    expect(await planned(file('50;Mia Chef;annan@lindala.example;Enhetschef;H1;2026-06-10;;;'))).toEqual([
      'line 2 email: email-of-role',
    ]);
  });

  test('an address that the list leaves out stays', async () => {
    await importFile(file('60;Ny Person;ny@lindala.example;Vikarie;H1;2026-06-01;;;'));
    expect(await planned(file('60;Ny Person;;Vikarie;H1;2026-06-01;;;'))).toEqual([]);
  });

  test('a stand-in who comes back has a new time of work, and the old one stays', async () => {
    await importFile(file('70;Ny Person;;Vikarie;H1;2026-06-01;2026-06-05;;', '71;Annan Person;;Vikarie;H1;;;;'));
    expect(await planned(file('70;Ny Person;;Vikarie;H1;2026-06-01;2026-06-05;;'))).toEqual([]);
    await expect(numbered('70')).rejects.toThrow();
    await importFile(file('71;Annan Person;;Vikarie;H1;2026-06-10;2026-06-12;;'));
    world.pass({ minutes: 60 * 24 * 30 });
    await importFile(file('71;Annan Person;;Vikarie;H1;2026-08-01;2026-08-31;;'));
    expect(await workOf('71')).toEqual([
      'north temporary-staff 2026-06-10–2026-06-12',
      'north temporary-staff 2026-08-01–2026-08-31',
    ]);
  });

  test('dates with the month first are refused, and so is every date of that file that could be', async () => {
    expect(await planned(file('80;Ny Ett;;Vikarie;H1;06/22/2026;;;', '81;Ny Två;;Vikarie;H1;06/07/2026;;;'))).toEqual([
      'line 2 from: not-a-date',
      'line 3 from: date-either-way',
    ]);
  });

  test('a word that is no category does for the chosen one of who is new; who is known keeps theirs', async () => {
    const choices: ImportChoices = { full: false, otherCategory: 'temporary-staff' };
    await importFile(
      file('90;Ny Person;;Undersköterska;H1;2026-06-01;;;', '1;Anna Ek;;Undersköterska;H1;2020-01-01;;;'),
      choices,
    );
    expect(await workOf('90')).toEqual(['north temporary-staff 2026-06-01–']);
    expect(await workOf('1')).toEqual(['north new-employee 2020-01-01–']);
  });
});

describe('a full list', () => {
  const rowOf = (number: number) =>
    `${number};Person ${'abcdefghijklmnopqrstuvwxyz'[number]};;Vikarie;H1;2026-01-01;;;`;
  const twenty = Array.from({ length: 20 }, (_, number) => rowOf(number));

  beforeEach(async () => {
    await importFile(file(...twenty));
  });

  test('ends those who are missing today, and does not delete them', async () => {
    expect(await planned(file(...twenty.slice(2)), full)).toEqual(['ended 0 missing', 'ended 1 missing']);
    await importFile(file(...twenty.slice(2)), full);
    expect(await workOf('0')).toEqual(['north temporary-staff 2026-01-01–2026-06-10']);
    expect(await planned(file(...twenty.slice(2)), full)).toEqual([]);
  });

  test('ends nobody if it is not said to be full', async () => {
    expect(await planned(file(...twenty.slice(2)))).toEqual([]);
  });

  test('asks before more than a tenth end', async () => {
    const { id, plan, fingerprint } = await dryRun(file(...twenty.slice(3)), full);
    expect(plan).toMatchObject({ missing: 3, asksAboutMissing: true });
    expect(await applyImport(world.services, justNow(world, ada), id, { fingerprint, missing: false })).toEqual({
      ok: false,
      reason: 'import-missing-unconfirmed',
    });
    expect(await workOf('0')).toEqual(['north temporary-staff 2026-01-01–']);
    expect(await applyImport(world.services, justNow(world, ada), id, { fingerprint, missing: true })).toEqual({
      ok: true,
    });
    expect(await workOf('0')).toEqual(['north temporary-staff 2026-01-01–2026-06-10']);
  });

  test('ends nobody whose row is broken, or whose name is on a row without a number', async () => {
    const rows = [twenty[0]?.replace('2026-01-01', 'i våras') ?? '', ';Person b;;Vikarie;H1;;;;', ...twenty.slice(2)];
    expect(await planned(file(...rows), full)).toEqual([
      'line 2 from: not-a-date',
      'line 3 employmentNumber: no-number',
    ]);
  });

  test('ends nobody without an employment number, nobody with protected identity and nobody elsewhere', async () => {
    await put(world, 'Utan Nummer', [{ unit: node('north') }]);
    await put(world, 'Skyddad Person', [{ unit: node('north') }], { employmentNumber: '98', protectedIdentity: true });
    await put(world, 'Annan Nämnd', [{ unit: node('school-unit') }], { employmentNumber: '99' });
    expect(await planned(file(...twenty), full)).toEqual([]);
  });

  test('ends only the work in the administrator’s own places', async () => {
    await put(
      world,
      'Två Nämnder',
      [
        { unit: node('north'), from: day('2026-01-01') },
        { unit: node('school-unit'), from: day('2026-01-01') },
      ],
      { employmentNumber: '97' },
    );
    await importFile(file(...twenty), full);
    expect(await workOf('97')).toEqual([
      'north new-employee 2026-01-01–2026-06-10',
      'school-unit new-employee 2026-01-01–',
    ]);
  });

  test('work that has not begun never will', async () => {
    await importFile(file('96;Kommande Person;;Vikarie;H1;2026-07-01;;;'));
    await importFile(file(...twenty), full);
    expect(await workOf('96')).toEqual(['north temporary-staff 2026-06-09–2026-06-09']);
  });
});

describe('protected identity', () => {
  test('is neither named nor renamed for an administrator who is not named for it', async () => {
    const other = await administrator(world, 'care');
    await put(world, 'Skyddad Person', [{ unit: node('north'), from: day('2026-01-01') }], {
      ...{ employmentNumber: '98', protectedIdentity: true },
    });
    const { plan } = await dryRun(
      file('98;Riktigt Namn;namn@lindala.example;Vikarie;H2;2026-06-15;;;'),
      partial,
      other,
    );
    expect(plan.changes).toMatchObject([{ kind: 'moved', mayName: false, name: 'Skyddad Person', email: undefined }]);
  });
});

describe('columns', () => {
  test('that the headings do not tell are chosen, and remembered for the next file with the same headings', async () => {
    const odd = (row: string) => new TextEncoder().encode(`Kod A,Kod B,Kod C,Kod D\n${row}\n`);
    const id = await read(odd('5,Åsa Öberg,H1,vik'));
    expect((await openImport(world.services, ada, id))?.dryRun).toBeUndefined();
    const mapping = { employmentNumber: 0, name: 1, unitCode: 2, category: 3 };
    expect(await changeImport(world.services, ada, id, { mapping, choices: partial })).toBe(true);
    expect((await openImport(world.services, ada, id))?.dryRun?.plan.changes).toHaveLength(1);
    expect(await planned(odd('6,Bo Ek,H1,vik'))).toEqual(['added 6']);
  });

  test('are changed by nobody else', async () => {
    const other = await administrator(world, 'everything');
    const id = await read(file('1;Åsa Öberg;;Vikarie;H1;;;;'));
    expect(await changeImport(world.services, other, id, { mapping: {}, choices: full })).toBe(false);
  });
});

describe('a file that cannot be read', () => {
  const text = (content: string) => new TextEncoder().encode(content);
  test.for<[reason: string, bytes: Uint8Array, line?: number]>([
    ['import-empty', text('')],
    ['import-workbook', text('PK\u0003\u0004')],
    ['import-no-rows', text('Anstnr;Namn\n')],
    ['import-one-column', text('Anstnr\n1\n')],
    ['import-quote', text('Anstnr;Namn\n1;"Åsa\n2;Bo\n'), 2],
  ])('%s', async ([reason, bytes, line]) => {
    expect(await readStaffFile(world.services, ada, bytes, partial)).toEqual({
      ok: false,
      reason,
      ...(line !== undefined && { line }),
    });
    expect(await world.services.store.imports.list()).toEqual([]);
  });
});

describe('invitations', () => {
  test('are for the chosen day, to who is new and has an address', async () => {
    const rows = file('1;Åsa Öberg;asa@lindala.example;Vikarie;H1;;;;', '2;Bo Ek;;Vikarie;H1;;;;');
    await importFile(rows, { full: false, inviteOn: day('2026-06-15') });
    expect((await numbered('1')).inviteOn).toBe('2026-06-15');
    expect((await numbered('2')).inviteOn).toBeUndefined();
    expect(world.mails).toEqual([]);
  });
});

test('an import that is sent twice is done once', async () => {
  const { id, fingerprint } = await dryRun(file('1;Åsa Öberg;;Vikarie;H1;2026-06-01;;;'));
  const send = () => applyImport(world.services, justNow(world, ada), id, { fingerprint, missing: false });
  expect(await Promise.all([send(), send()])).toEqual([{ ok: true }, { ok: true }]);
  expect(await send()).toEqual({ ok: true });
  expect((await everybody(world)).filter(({ name }) => name === 'Åsa Öberg')).toHaveLength(1);
  const done = await openImport(world.services, ada, id);
  expect(done?.staffImport).toMatchObject({ state: 'done', counts: { added: 1, broken: 0 }, passedOver: 0 });
  expect(JSON.stringify(done?.staffImport)).not.toContain('Öberg');
});

test('somebody whose work was changed at the same moment is passed over, and counted', async () => {
  await importFile(file('1;Åsa Öberg;;Vikarie;H1;2026-06-01;;;'));
  const { id, fingerprint } = await dryRun(file('1;Åsa Öberg;;Vikarie;H2;2026-06-15;;;', '2;Bo Ek;;Vikarie;H1;;;;'));
  const { imports, people } = world.services.store;
  const moveBetween = async (personId: PersonId) =>
    people.update(personId, (person) => ({
      save: {
        ...person,
        staffing: [...person.staffing, { ...currentStaffing(person), recordedAt: '2026-06-10T11:00:00.000Z' }],
      },
      result: undefined,
    }));
  const asa = await numbered('1');
  const store = {
    ...world.services.store,
    imports: {
      ...imports,
      update: async (...args: Parameters<typeof imports.update>) => {
        await moveBetween(asa.id);
        return imports.update(...args);
      },
    },
  };
  expect(
    await applyImport({ ...world.services, store: store as typeof world.services.store }, justNow(world, ada), id, {
      fingerprint,
      missing: false,
    }),
  ).toEqual({ ok: true });
  expect(await imports.get(id)).toMatchObject({ state: 'done', passedOver: 1 });
  expect(await workOf('1')).toEqual(['north temporary-staff 2026-06-01–']);
  expect(await workOf('2')).toEqual(['north temporary-staff 2026-06-10–']);
});

describe('managers B1: the mails of a list', () => {
  const rows = file(
    '0001;Anna Ny;anna@lindala.example;Tillsvidare;H2;2011-08-17;;;',
    '0002;Bo Ny;;Tillsvidare;H2;2026-06-01;;;',
  );
  const mailsOf = async (choices: ImportChoices) => (await dryRun(rows, choices)).mails;

  test('are counted before it is stored: invitations on the day, or none at all', async () => {
    expect(await mailsOf(partial)).toEqual({
      ...{ invitations: 0, uninvited: { noDay: 1, noEmail: 1 }, addresses: 0, reminders: 0 },
    });
    expect(await mailsOf({ full: false, inviteOn: day('2026-06-11') })).toEqual({
      ...{ invitations: 1, uninvited: { noDay: 0, noEmail: 1 }, addresses: 0, reminders: 0 },
    });
  });

  test('without a day for the invitation are none, however late people are', async () => {
    await importFile(rows);
    world.pass({ minutes: 24 * 60 });
    expect(await sendReminders(world.services)).toEqual({ sent: 0, failed: 0 });
    expect(world.mails).toEqual([]);
  });

  test('read again with a day, it invites those who never were, and a third time nobody', async () => {
    await importFile(rows);
    const withDay = { full: false, inviteOn: day('2026-06-11') };
    expect(await planned(rows, withDay)).toEqual(['changed 0001 invited']);
    expect((await mailsOf(withDay)).invitations).toBe(1);
    await importFile(rows, withDay);
    expect(await planned(rows, withDay)).toEqual([]);
    world.pass({ minutes: 24 * 60 });
    expect(await sendReminders(world.services)).toEqual({ sent: 1, failed: 0 });
    expect(world.mails.map(({ to }) => to)).toEqual(['anna@lindala.example']);
    expect(await planned(rows, { full: false, inviteOn: day('2026-06-20') })).toEqual([]);
  });
});

describe('reliability F12: somebody who is moved again and again on one day', () => {
  const openNow = (person: Person | undefined) =>
    person &&
    currentStaffing(person)
      .engagements.filter(({ to }) => to === undefined || to > '2026-06-10')
      .map(({ unit }) => unit);

  test('is where the last list says, also where the list has no last days', async () => {
    const row = (unit: string) =>
      new TextEncoder().encode(`Anstnr;Namn;Kategori;Enhetskod;Från\r\n7001;Ali Ek;Tillsvidare;${unit};2024-03-01\r\n`);
    for (const unit of ['H1', 'H2', 'H1', 'H2']) {
      await importFile(row(unit));
      expect(openNow(await world.services.store.people.findByEmploymentNumber('7001'))).toEqual([
        node(unit === 'H1' ? 'north' : 'south'),
      ]);
    }
  });

  for (const from of ['', '2026-06-10', '2024-03-01']) {
    test(`is where the last list says, with the first day ${from || 'left out'}`, async () => {
      const row = (unit: string) => file(`7001;Ali Ek;ali@lindala.example;Tillsvidare;${unit};${from};;;`);
      const units = ['H1', 'H2', 'H1', 'H2', 'H1', 'H2', 'H1'];
      for (const unit of units) {
        await importFile(row(unit));
        const person = await world.services.store.people.findByEmploymentNumber('7001');
        expect(openNow(person)).toEqual([node(unit === 'H1' ? 'north' : 'south')]);
        expect(await planned(row(unit))).toEqual([]);
      }
      expect((await planned(row('H2')))[0]).toContain('moved');
    });
  }
});
