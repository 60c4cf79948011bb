/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return (percentile(values, 0.5, Math.floor) + percentile(values, 0.5, Math.ceil)) / 2;
}

/** @param share 0–1 @example percentile(times, 0.95) */
export function percentile(
  values: readonly number[],
  share: number,
  round: (place: number) => number = Math.ceil,
): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[round((sorted.length - 1) * share)] ?? Number.NaN;
}
