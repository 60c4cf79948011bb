/** Geometry of the plots: numbers in, places on the paper out. Units are those of the drawing, which is as wide as a phone. */
export const plotWidth = 360;
const left = 52;
const right = 14;
const top = 26;
const bottom = 32;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LinePlot {
  readonly height: number;
  readonly points: readonly Point[];
  /** For `points` of a polyline. */
  readonly line: string;
  readonly grid: readonly { readonly y: number; readonly share: number }[];
  /** Where the drawing's area begins and ends, across. */
  readonly from: number;
  readonly to: number;
}

/** Shares (0–1) over time, the last at the right edge. */
export function linePlot(shares: readonly number[]): LinePlot {
  const height = 200;
  const [from, to] = [left, plotWidth - right];
  const across = shares.length > 1 ? (to - from) / (shares.length - 1) : 0;
  const y = (share: number) => round(top + (1 - share) * (height - top - bottom));
  const points = shares.map((share, place) => ({
    x: round(shares.length > 1 ? from + place * across : to),
    y: y(share),
  }));
  return {
    height,
    points,
    line: points.map((point) => `${point.x},${point.y}`).join(' '),
    grid: [0, 0.5, 1].map((share) => ({ share, y: y(share) })),
    from,
    to,
  };
}

export interface ColumnPlot {
  readonly height: number;
  readonly columns: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly middle: number;
  }[];
  readonly base: number;
}

/** Counts beside each other, the highest as high as the drawing. */
export function columnPlot(counts: readonly number[]): ColumnPlot {
  const height = 180;
  const base = height - bottom;
  const highest = Math.max(1, ...counts);
  const step = plotWidth / Math.max(1, counts.length);
  const width = round(step * 0.64);
  return {
    height,
    base,
    columns: counts.map((count, place) => {
      const tall = round((count / highest) * (base - top));
      const x = round(place * step + (step - width) / 2);
      return { x, y: round(base - tall), width, height: tall, middle: round(x + width / 2) };
    }),
  };
}

export interface BarPlot {
  readonly height: number;
  readonly bars: readonly { readonly label: number; readonly y: number; readonly width: number }[];
  readonly thick: number;
  /** Of a whole share. */
  readonly whole: number;
}

/** Shares (0–1) under each other, each with its label above. */
export function barPlot(shares: readonly number[]): BarPlot {
  const row = 46;
  const whole = plotWidth - 64;
  return {
    height: Math.max(1, shares.length) * row,
    thick: 16,
    whole,
    bars: shares.map((share, place) => ({ label: place * row + 17, y: place * row + 24, width: round(share * whole) })),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
