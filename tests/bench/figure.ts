import { median } from './statistics.ts';

/** One line of the table: something measured several times, and what it is held against. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly measured: readonly number[];
  /** A limit (one value), or a yardstick measured in the same run, once beside each measurement. */
  readonly beside: { readonly name: string; readonly values: readonly number[] };
  /** What the ratio of the two should be. Without it the figure is there to be read. */
  readonly aim?: { readonly atMost: number } | { readonly atLeast: number };
}

/** A figure with a limit that it should stay under. */
export function withLimit(what: string, unit: string, measured: readonly number[], limit: number): Figure {
  return { what, unit, measured, beside: { name: 'limit', values: [limit] }, aim: { atMost: 1 } };
}

/** A figure to be read beside a limit that is meant for another one. */
export function withoutAim(what: string, unit: string, measured: readonly number[], limit: number): Figure {
  return { what, unit, measured, beside: { name: 'limit', values: [limit] } };
}

/** A number that should be reached. */
export function withGoal(what: string, unit: string, measured: readonly number[], goal: number): Figure {
  return { what, unit, measured, beside: { name: 'goal', values: [goal] }, aim: { atLeast: 1 } };
}

/** Measurements that were made in pairs are compared in pairs: what else the machine did then weighs on both. */
export function ratioOf({ measured, beside: { values } }: Figure): number {
  if (values.length !== measured.length) return median(measured) / median(values);
  return median(measured.map((value, place) => value / (values[place] ?? Number.NaN)));
}

export function meetsAim(figure: Figure): boolean | undefined {
  const { aim } = figure;
  if (!aim) return undefined;
  return 'atMost' in aim ? ratioOf(figure) <= aim.atMost : ratioOf(figure) >= aim.atLeast;
}

export function figureTable(figures: readonly Figure[]): string {
  const verdicts = { true: 'yes', false: 'NO', undefined: '' };
  const rows = figures.map((figure) => [
    figure.what,
    spread(figure.measured, figure.unit),
    `${figure.beside.name} ${spread(figure.beside.values, figure.unit)}`,
    ratioOf(figure).toFixed(2),
    figure.aim ? ('atMost' in figure.aim ? `≤ ${rounded(figure.aim.atMost)}` : `≥ ${rounded(figure.aim.atLeast)}`) : '',
    verdicts[`${meetsAim(figure)}`],
  ]);
  return table([['figure', 'measured: median (min–max)', 'beside', 'ratio', 'aim', 'met'], ...rows]);
}

/** Columns as wide as what stands in them. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function spread(values: readonly number[], unit: string): string {
  const middle = `${rounded(median(values))} ${unit}`;
  return values.length === 1 ? middle : `${middle} (${rounded(Math.min(...values))}–${rounded(Math.max(...values))})`;
}

/** Three digits that mean something. */
function rounded(value: number): string {
  return value.toLocaleString('en', value < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
}
