import type { Table } from '#domain/kernel/cells.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { wordOfCategory } from './category-words.ts';

const columns = [
  ...['Anställningsnummer', 'Namn', 'E-post', 'Kategori', 'Enhetskod', 'Enhet', 'Från och med', 'Till och med'],
  ...['Tjänstledig från', 'Tjänstledig till'],
];

const swedish = new Intl.Collator('sv', { numeric: true });

/**
 * People's work today and to come in the units that are reached, in the columns that an import reads: a list that comes back
 * unchanged changes nothing. Nobody with protected identity is in it.
 */
export function staffTable(
  records: readonly StaffRecord[],
  at: {
    readonly tree: Tree;
    readonly isReached: (unit: NodeId | undefined) => boolean;
    readonly today: CalendarDate;
  },
): Table {
  const shown = records
    .filter(({ protectedIdentity }) => !protectedIdentity)
    .toSorted((one, other) => swedish.compare(one.name, other.name));
  return { name: 'Personal', columns, rows: shown.flatMap((record) => rowsOf(record, at)) };
}

/** A row for each engagement; who has more leaves than engagements has the last engagement again. */
function rowsOf(record: StaffRecord, { tree, isReached, today }: Parameters<typeof staffTable>[1]): string[][] {
  const { engagements, leaves } = currentStaffing(record);
  const isOpen = ({ to }: { readonly to?: CalendarDate | undefined }) => to === undefined || to >= today;
  const work = engagements.filter((one) => isReached(one.unit) && isOpen(one));
  const away = leaves.filter(isOpen);
  const last = work.at(-1);
  if (!last) return [];
  const length = Math.max(work.length, away.length);
  return Array.from({ length }, (_, place) => {
    const { unit, category, from, to = '' } = work[place] ?? last;
    const { code = '', name = '' } = (unit && tree.get(unit)) ?? {};
    const leave = away[place];
    return [
      ...[record.employmentNumber ?? '', record.name, record.email ?? '', wordOfCategory[category], code, name],
      ...[from, to, leave?.from ?? '', leave?.to ?? ''],
    ];
  });
}
