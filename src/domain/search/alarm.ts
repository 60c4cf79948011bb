/** An advice, and what a question holds that speaks for it. */
export interface Evidence {
  readonly id: string;
  /** Is it advice for somebody who may be in danger? */
  readonly isDanger: boolean;
  /** What the expressions that are said add, 0 and up. */
  readonly said: number;
  /** How likely it is what is asked for, by what has been learnt, 0–1. */
  readonly likely: number;
}

/** More alarms than this are no alarm. */
const mostUrgent = 2;
/** What is said in so many words, against how likely all of it together is. */
const saidWeight = 0.75;
/** The dangers together are as likely as this, and nothing ordinary is likelier: the alarm rings without any of the words for it. */
const likelyDanger = 0.5;
/** Less is enough where everything ordinary is this much less likely. */
const perhapsDanger = 0.3;
const muchLikelier = 2;
/** A second danger is shown if it is this much of the first. */
const shareOfFirst = 0.5;
/** Words of a danger, or of any, but whatever is asked with such words is something else: no alarm. */
const unlikelyDanger = 0.06;

/**
 * The dangers that a question speaks of, the surest first; none if it speaks of something ordinary. Rare words of danger in their order are
 * enough (who hits is not who is hit), however many other words there are. So is that all of it together is said as dangers are told.
 */
export function dangersAmong(evidence: readonly Evidence[]): readonly string[] {
  const dangers = evidence.filter(({ isDanger }) => isDanger);
  const all = dangers.reduce((sum, { likely }) => sum + likely, 0);
  if (all < unlikelyDanger) return [];
  const sorted = dangers
    // The words may stand there and mean something else: a mail that nobody has opened is no door.
    .map(({ id, said, likely }) => ({ id, said: likely < unlikelyDanger ? 0 : said, likely }))
    .map(({ id, said, likely }) => ({ id, said, sure: likely + saidWeight * said }))
    .sort((one, other) => other.sure - one.sure);
  const least = (sorted[0]?.sure ?? 0) * shareOfFirst;
  const isLikely = isDangerLikely(all, evidence);
  return sorted
    .filter(({ said, sure }) => said > 0 || (isLikely && sure >= least))
    .slice(0, mostUrgent)
    .map(({ id }) => id);
}

function isDangerLikely(all: number, evidence: readonly Evidence[]): boolean {
  const ordinary = Math.max(
    0,
    ...evidence.filter(({ isDanger }) => !isDanger).map(({ likely, said }) => likely + saidWeight * said),
  );
  return all >= likelyDanger ? all > ordinary : all >= perhapsDanger && all > muchLikelier * ordinary;
}
