import { describe, expect, test } from 'vitest';
import { addDays } from '#domain/kernel/calendar.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { Engagement, Leave, Staffing } from '#domain/people/staffing.ts';
import { day, nodeId, pseudonymOf, samplePerson } from '../../../tests/contract/sample-documents.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import { node, smallOrganisation } from '../../../tests/support/small-organisation.ts';
import { awakeGrants, type GrantState, grantState, heldGrants } from './grant-days.ts';

const tree = treeOf(smallOrganisation);
const given = '2026-06-01T08:00:00.000Z';
const manages = (place: string, more: Partial<Grant> = {}): Grant => ({
  role: 'unit-manager',
  place: node(place),
  givenAt: given,
  ...more,
});
type Work = readonly [unit: string | undefined, from: string, to?: string | undefined];
const known = (on: string, work: readonly Work[], leaves: readonly Leave[] = []): Staffing => ({
  recordedAt: `${on}T06:00:00.000Z`,
  engagements: work.map(
    ([unit, from, to]): Engagement => ({
      unit: unit === undefined ? undefined : node(unit),
      category: 'unit-manager',
      from: day(from),
      to: to === undefined ? undefined : day(to),
    }),
  ),
  leaves,
});
const holder = (grants: readonly Grant[], ...staffing: readonly Staffing[]): Person =>
  samplePerson('chef', { grants, staffing, createdAt: '2026-01-01T08:00:00.000Z' });

function on(date: string, person: Person, others: readonly Person[] = []): GrantState[] {
  const appointerOf = (pseudonym: string) => others.find((one) => one.pseudonym === pseudonym);
  return person.grants.map((grant) => grantState(grant, person, { tree, date: day(date), appointerOf }));
}
const stateOn = (date: string, person: Person, others: readonly Person[] = []) => on(date, person, others)[0];

describe('security F2, managers B2: a role', () => {
  test('ends the day after the last day of work, and is known to before', () => {
    const leaving = holder([manages('north')], known('2026-05-01', [['north', '2026-01-01', '2026-06-30']]));
    expect(stateOn('2026-06-30', leaving)).toEqual({ state: 'awake', through: '2026-06-30' });
    expect(stateOn('2026-07-01', leaving)).toEqual({ state: 'ended', last: '2026-06-30' });
  });

  test('holds from its first day through its last', () => {
    const dated = holder(
      [manages('north', { from: day('2026-06-10'), to: day('2026-06-20') })],
      known('2026-05-01', [['north', '2026-01-01']]),
    );
    const comes = { state: 'asleep', why: 'first-day', from: '2026-06-10' };
    expect(stateOn('2026-06-09', dated)).toEqual({ ...comes, through: '2026-06-20' });
    expect(stateOn('2026-06-10', dated)).toEqual({ state: 'awake', through: '2026-06-20' });
    expect(stateOn('2026-06-20', dated)).toEqual({ state: 'awake', through: '2026-06-20' });
    expect(stateOn('2026-06-21', dated)).toEqual({ state: 'ended', last: '2026-06-20' });
  });

  test('that begins another day says no later last day than the work has', () => {
    const shorter = holder(
      [manages('north', { from: day('2026-06-10'), to: day('2026-06-20') })],
      known('2026-05-01', [['north', '2026-01-01', '2026-06-15']]),
    );
    expect(stateOn('2026-06-09', shorter)).toMatchObject({ why: 'first-day', through: '2026-06-15' });
  });

  test('that has ended with the work does not come back when the person does', () => {
    const back = holder(
      [manages('north')],
      known('2026-05-01', [['north', '2026-01-01', '2026-06-30']]),
      known('2026-09-01', [['north', '2026-09-01']]),
    );
    expect(stateOn('2026-09-02', back)).toEqual({ state: 'ended', last: '2026-06-30' });
  });

  test('that has ended does not come back when the last day is moved afterwards', () => {
    const mended = holder(
      [manages('north')],
      known('2026-05-01', [['north', '2026-01-01', '2026-06-30']]),
      known('2026-07-02', [['north', '2026-01-01']]),
    );
    expect(stateOn('2026-07-02', mended)?.state).toBe('ended');
  });

  test('goes on when the last day is moved in time', () => {
    const prolonged = holder(
      [manages('north')],
      known('2026-05-01', [['north', '2026-01-01', '2026-06-30']]),
      known('2026-06-30', [['north', '2026-01-01', '2026-12-31']]),
    );
    expect(stateOn('2026-07-02', prolonged)).toEqual({ state: 'awake', through: '2026-12-31' });
  });

  test('given again after the gap holds again', () => {
    const again = holder(
      [manages('north', { givenAt: '2026-09-01T07:00:00.000Z' })],
      known('2026-05-01', [['north', '2026-01-01', '2026-06-30']]),
      known('2026-09-01', [['north', '2026-09-01']]),
    );
    expect(stateOn('2026-09-02', again)?.state).toBe('awake');
  });

  test('follows a move within the committee without a day between', () => {
    const moved = holder(
      [manages('north')],
      known('2026-05-01', [
        ['south', '2026-01-01', '2026-06-15'],
        ['elderly', '2026-06-16'],
      ]),
    );
    expect(stateOn('2026-07-01', moved)).toEqual({ state: 'awake', through: undefined });
  });

  test('waits for work that is to begin, and ends if that is taken back', () => {
    const coming = holder([manages('north')], known('2026-05-01', [['north', '2026-08-01']]));
    expect(stateOn('2026-06-10', coming)).toEqual({ state: 'asleep', why: 'work', from: '2026-08-01' });
    expect(stateOn('2026-08-01', coming)?.state).toBe('awake');
    const never = holder(
      [manages('north')],
      known('2026-05-01', [['north', '2026-08-01']]),
      known('2026-07-01', [['north', '2026-08-01', '2026-07-31']]),
      known('2027-01-01', [['north', '2027-01-01']]),
    );
    expect(stateOn('2027-01-02', never)?.state).toBe('ended');
  });

  test('for a day that comes is not ended by a gap before that day', () => {
    const summer = holder(
      [manages('north', { from: day('2026-08-01') })],
      known('2026-05-01', [
        ['north', '2026-01-01', '2026-06-30'],
        ['north', '2026-08-01'],
      ]),
    );
    expect(stateOn('2026-07-10', summer)?.state).toBe('asleep');
    expect(stateOn('2026-08-01', summer)?.state).toBe('awake');
  });

  test('of who has left is held by nobody, however it was stored', () => {
    const leaving = holder([manages('north')], known('2026-05-01', [['north', '2026-01-01', '2026-06-30']]));
    const basis = { tree, date: day('2026-07-01'), appointerOf: () => undefined };
    expect(awakeGrants(leaving, basis)).toEqual([]);
    expect(heldGrants(leaving, basis)).toEqual([]);
  });

  test('from before there were days rests on the same', () => {
    const old = holder([manages('north', { givenAt: undefined })], known('2026-01-01', [['north', '2019-01-01']]));
    expect(stateOn('2026-07-01', old)?.state).toBe('awake');
    const gone = holder(old.grants, known('2026-01-01', [['north', '2019-01-01', '2026-06-30']]));
    expect(stateOn('2026-07-01', gone)?.state).toBe('ended');
  });
});

describe('the work that a role rests on', () => {
  test('is that in its own committee: work that goes on elsewhere does not carry it', () => {
    const both = known('2026-05-01', [
      ['north', '2026-01-01', '2026-06-30'],
      ['school-unit', '2026-01-01'],
    ]);
    const person = holder([manages('north'), { role: 'administrator', place: 'everything', givenAt: given }], both);
    expect(on('2026-07-01', person)).toEqual([
      { state: 'ended', last: '2026-06-30' },
      { state: 'awake', through: undefined },
    ]);
  });

  test('is any, for who has none in the committee: whoever looks after another committee’s staff', () => {
    const person = holder(
      [manages('north', { role: 'administrator' })],
      known('2026-05-01', [['school-unit', '2026-01-01']]),
    );
    expect(stateOn('2026-07-01', person)?.state).toBe('awake');
  });

  test('security F2: is any until there is some in the committee: work there that is recorded later carries it on', () => {
    const elsewhere = known('2026-05-01', [['school-unit', '2026-01-01']]);
    const both: readonly Work[] = [
      ['school-unit', '2026-01-01'],
      ['north', '2026-06-15', '2026-06-30'],
    ];
    const placed = holder([manages('north')], elsewhere, known('2026-06-10', both));
    expect(stateOn('2026-06-12', placed)).toEqual({ state: 'asleep', why: 'work', from: '2026-06-15' });
    expect(stateOn('2026-06-15', placed)).toEqual({ state: 'awake', through: '2026-06-30' });
    expect(stateOn('2026-07-01', placed)).toEqual({ state: 'ended', last: '2026-06-30' });
  });

  test('is in no unit for the first administrator and for who has not been placed', () => {
    const person = holder(
      [{ role: 'administrator', place: 'everything', givenAt: given }, manages('north')],
      known('2026-05-01', [[undefined, '2026-01-01']]),
    );
    expect(on('2026-07-01', person).map(({ state }) => state)).toEqual(['awake', 'awake']);
  });

  test('rests during leave, and so does the role, which wakes by itself', () => {
    const away = holder(
      [manages('north')],
      known('2026-05-01', [['north', '2026-01-01']], [{ from: day('2026-07-01'), to: day('2026-07-31') }]),
    );
    expect(stateOn('2026-06-30', away)).toEqual({ state: 'awake', through: '2026-06-30' });
    expect(stateOn('2026-07-01', away)).toEqual({ state: 'asleep', why: 'leave', from: '2026-08-01' });
    expect(stateOn('2026-08-01', away)).toEqual({ state: 'awake', through: undefined });
  });
});

describe('a deputy', () => {
  const deputy = (grant: Partial<Grant> = {}) =>
    samplePerson('vikarie', {
      grants: [
        {
          role: 'deputy',
          place: node('north'),
          givenAt: '2026-06-02T08:00:00.000Z',
          by: pseudonymOf('chef'),
          from: day('2026-06-10'),
          to: day('2026-07-20'),
          ...grant,
        },
      ],
      staffing: [known('2026-05-01', [['south', '2026-01-01']])],
    });
  const manager = (to?: string, leaves: readonly Leave[] = []) =>
    holder([manages('north')], known('2026-05-01', [['north', '2026-01-01', to]], leaves));

  test('has the role on the days that were chosen', () => {
    const states = ['2026-06-09', '2026-06-10', '2026-07-20', '2026-07-21'].map(
      (date) => stateOn(date, deputy(), [manager()])?.state,
    );
    expect(states).toEqual(['asleep', 'awake', 'awake', 'ended']);
  });

  test('has it no longer than the manager has theirs', () => {
    expect(stateOn('2026-06-30', deputy(), [manager('2026-06-30')])).toEqual({ state: 'awake', through: '2026-06-30' });
    expect(stateOn('2026-07-01', deputy(), [manager('2026-06-30')])?.state).toBe('ended');
    expect(stateOn('2026-07-01', deputy(), [{ ...manager(), grants: [] }])?.state).toBe('ended');
    expect(stateOn('2026-07-01', deputy(), [])?.state).toBe('ended');
  });

  test('has it while the manager is on leave', () => {
    const away = manager(undefined, [{ from: day('2026-06-15') }]);
    expect(stateOn('2026-07-01', deputy(), [away])).toEqual({ state: 'awake', through: '2026-07-20' });
  });

  test('of a manager who was given the role anew is appointed anew', () => {
    const anew = { ...manager(), grants: [manages('north', { givenAt: '2026-06-03T08:00:00.000Z' })] };
    expect(stateOn('2026-07-01', deputy(), [anew])?.state).toBe('ended');
  });
});

describe('whatever happens to somebody’s work', () => {
  const random = seededRandom(2);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const start = day('2026-06-01');
  const after = (days: number) => addDays(start, days);

  /** Asked day by day, as a clerk would: what did the newest paper of that day say about that day? */
  function clerk(staffing: readonly Staffing[], through: CalendarDate): boolean {
    let hasWorked = false;
    for (let date = start; date <= through; date = addDays(date, 1)) {
      // With each paper that was the newest at some moment of the day.
      const before = staffing.filter(({ recordedAt }) => recordedAt.slice(0, 10) < date).length;
      const after = staffing.filter(({ recordedAt }) => recordedAt.slice(0, 10) <= date).length;
      for (const newest of staffing.slice(Math.max(0, before - 1), after)) {
        const works = newest.engagements.some(({ from, to }) => from <= date && (!to || date <= to));
        const comes = newest.engagements.some(({ from, to }) => from > date && (!to || from <= to));
        if (!works && (hasWorked || !comes)) return false;
        hasWorked ||= works;
      }
    }
    return hasWorked;
  }

  test('a role is awake on the same days as a clerk with the papers would say', () => {
    for (let round = 0; round < 400; round += 1) {
      let at = 0;
      const staffing = Array.from({ length: 1 + upTo(4) }, (_, index) => {
        at += index === 0 ? 0 : upTo(12);
        const work = Array.from({ length: 1 + upTo(1) }, (): Work => {
          const from = upTo(30) - 10;
          const to = upTo(2) === 0 ? undefined : after(from + upTo(25));
          return ['north', after(from), to];
        });
        return { ...known(after(at), work), recordedAt: `${after(at)}T06:0${index}:00.000Z` };
      });
      const person = holder([manages('north', { givenAt: `${start}T06:00:00.000Z` })], ...staffing);
      const last = at + upTo(20);
      const state = stateOn(after(last), person)?.state;
      const today = staffing
        .at(-1)
        ?.engagements.some(({ from, to }) => from <= after(last) && (!to || after(last) <= to));
      expect([round, state === 'awake'], JSON.stringify(staffing)).toEqual([
        round,
        (today ?? false) && clerk(staffing, after(last)),
      ]);
    }
  });
});

test('a place that is gone carries no role, and work there belongs to its committee still', () => {
  const gone = {
    ...smallOrganisation,
    nodes: smallOrganisation.nodes.map((one) =>
      one.id === nodeId('south')
        ? {
            ...one,
            versions: [
              ...one.versions,
              {
                recordedAt: '2026-06-20T08:00:00.000Z',
                name: 'Söder',
                parent: node('home-care'),
                removed: true as const,
              },
            ],
          }
        : one,
    ),
  };
  const person = holder(
    [manages('north')],
    known('2026-05-01', [
      ['north', '2026-01-01', '2026-06-05'],
      ['south', '2026-06-06', '2026-06-15'],
      ['north', '2026-06-16'],
    ]),
  );
  const basis = { tree: treeOf(gone), date: day('2026-07-01'), appointerOf: () => undefined };
  expect(awakeGrants(person, basis)).toHaveLength(1);
});
