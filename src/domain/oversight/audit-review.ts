import type { CalendarDate, Instant, NodeId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { currentStaffing, isActive } from '#domain/people/staffing.ts';

/** From how many on something is unusual, for one who looks and one day: data in content/audit-review.yaml. */
export interface ReviewRules {
  readonly manyPeople: number;
  readonly otherUnits: number;
  readonly formerStaff: number;
  readonly refused: number;
  /** Times of day in Stockholm, `HH:MM`; `to` is outside. */
  readonly outsideHours: {
    readonly from: string;
    readonly to: string;
    readonly weekends: boolean;
    readonly looks: number;
  };
}

/** What the review needs to know of one entry in the log. */
export interface ReviewedLook {
  readonly at: Instant;
  /** In Stockholm. */
  readonly day: CalendarDate;
  readonly actor: Pseudonym;
  readonly kind: 'person' | 'list' | 'refused';
  readonly subject?: Pseudonym | undefined;
  /** Where the subject works, or the list's place. */
  readonly places: readonly NodeId[];
  /** Unknown for a subject that is purged. */
  readonly relation?: Relation | undefined;
}

/** `own`: works in a unit in which the one who looks works or which that one manages. */
export type Relation = 'own' | 'other-unit' | 'former-staff';

export const findingKinds = ['former-staff', 'many-people', 'other-units', 'refused', 'outside-hours'] as const;

/** One unusual thing that one person did on one day. */
export interface Finding {
  readonly kind: (typeof findingKinds)[number];
  readonly actor: Pseudonym;
  readonly day: CalendarDate;
  /** People looked at; for refused attempts and odd hours, how many times. */
  readonly count: number;
  readonly places: readonly NodeId[];
}

/** How one who looks stands to the one looked at, on the day of it. */
export function relationOf(
  actor: Pick<Person, 'staffing' | 'grants'>,
  subject: Pick<Person, 'staffing'>,
  day: CalendarDate,
  tree: Tree,
): Relation {
  const work = currentStaffing(subject).engagements.filter(({ to }) => to === undefined || to >= day);
  if (work.length === 0) return 'former-staff';
  const engaged = currentStaffing(actor).engagements.filter((engagement) => isActive(engagement, day));
  const managed = actor.grants
    .filter(({ role }) => role === 'unit-manager' || role === 'deputy')
    .map(({ place }) => place);
  const own: readonly (NodeId | 'everything' | undefined)[] = [...engaged.map(({ unit }) => unit), ...managed];
  const isOwn = work.some(
    ({ unit }) => unit !== undefined && [unit, ...tree.pathOf(unit)].some((id) => own.includes(id)),
  );
  return isOwn ? 'own' : 'other-unit';
}

/** What is worth a second look, newest day first. Unusual is not wrong: whoever reviews decides whether there is an explanation. */
export function unusualLooks(looks: readonly ReviewedLook[], rules: ReviewRules): readonly Finding[] {
  const days = Map.groupBy(looks, ({ actor, day }) => `${day} ${actor}`);
  const found = [...days.values()].flatMap((ofDay) => {
    const opened = ofDay.filter(({ kind }) => kind === 'person');
    const related = (relation: Relation) => opened.filter((look) => look.relation === relation);
    return [
      finding('former-staff', related('former-staff'), rules.formerStaff, peopleIn),
      finding('many-people', opened, rules.manyPeople, peopleIn),
      finding('other-units', related('other-unit'), rules.otherUnits, peopleIn),
      finding(
        'refused',
        ofDay.filter(({ kind }) => kind === 'refused'),
        rules.refused,
        timesIn,
      ),
      finding('outside-hours', outsideHours(ofDay, rules.outsideHours), rules.outsideHours.looks, timesIn),
    ].filter((one) => one !== undefined);
  });
  return found.sort((one, other) => (one.day > other.day ? -1 : one.day < other.day ? 1 : 0));
}

const peopleIn = (looks: readonly ReviewedLook[]) => new Set(looks.map(({ subject }) => subject)).size;
const timesIn = (looks: readonly ReviewedLook[]) => looks.length;

function finding(
  kind: Finding['kind'],
  looks: readonly ReviewedLook[],
  least: number,
  counted: (looks: readonly ReviewedLook[]) => number,
): Finding | undefined {
  const [first] = looks;
  const count = counted(looks);
  if (!first || count < least) return undefined;
  const places = [...new Set(looks.flatMap((look) => look.places))];
  return { kind, actor: first.actor, day: first.day, count, places };
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Stockholm',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function outsideHours(
  looks: readonly ReviewedLook[],
  { from, to, weekends }: ReviewRules['outsideHours'],
): readonly ReviewedLook[] {
  return looks.filter(({ at, kind }) => {
    if (kind === 'refused') return false;
    const parts = new Map(clock.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
    const time = `${parts.get('hour')}:${parts.get('minute')}`;
    const isWeekend = ['Sat', 'Sun'].includes(parts.get('weekday') ?? '');
    return time < from || time >= to || (weekends && isWeekend);
  });
}
