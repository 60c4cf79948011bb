import type { Instant, NodeId } from '#domain/kernel/ids.ts';
import { newestIn, type StaffRecord } from '#domain/people/staff-record.ts';
import {
  type Completion,
  completionOver,
  type FiguresContext,
  monthEnds,
  type Tally,
  tallyUnits,
} from '#domain/unit/department-view.ts';

/** What a unit adds to the figures of the places it belongs to. */
export interface UnitFigures {
  readonly look: FiguresContext;
  /** Undefined where nobody works. */
  readonly tally: Tally | undefined;
  /** Over the last twelve months. */
  readonly completion: readonly Completion[];
}

// A store answers with the same list until somebody in it changes (`PersonStore.staffByUnit`); then the list goes, and with
// it what is kept here. So a department costs what has changed in it since it was last looked at.
const kept = new WeakMap<readonly StaffRecord[], UnitFigures & { readonly newest: Instant }>();

/** Figures of one unit on a day, worked out anew when its people, the rules, the places or the day are others than last time. */
export function unitFigures(records: readonly StaffRecord[], unit: NodeId, look: FiguresContext): UnitFigures {
  const { tree, policy, asOf, askedDay } = look;
  const last = kept.get(records);
  if (
    last?.look.tree === tree &&
    last.look.policy === policy &&
    last.look.asOf.date === asOf.date &&
    last.look.askedDay === askedDay &&
    // All that is in the records was known both times.
    last.newest <= last.look.asOf.known &&
    last.newest <= asOf.known
  )
    return last;
  const units = new Set([unit]);
  const tally = tallyUnits(records, units, look).get(unit);
  const completion = completionOver(records, units, policy, monthEnds(asOf.date), asOf.known);
  const figures = { look, tally, completion, newest: newestIn(records) };
  kept.set(records, figures);
  return figures;
}
