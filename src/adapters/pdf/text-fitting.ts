export interface TextBox {
  readonly width: number;
  readonly height: number;
  /** In points, where it fits. */
  readonly size: number;
  /** Down to here the text rather shrinks than breaks. Equal to `size` for running text. */
  readonly oneLineSize: number;
  /** Down to here lines break between words only. */
  readonly smallestSize: number;
  /** Times the size. */
  readonly lineHeight: number;
}

export interface FittedText {
  readonly size: number;
  readonly lines: readonly string[];
}

type Measure = (text: string) => number;

/** What may stand on a line of its own, from the mildest break to the roughest; the space after it belongs to it. */
const breaks = {
  betweenWords: /\S+\s*/gu,
  afterHyphens: /[^\s/-]*[/-]+\s*|[^\s/-]+\s*/gu,
  anywhere: /.\s*/gsu,
} as const;

/**
 * The largest size, at most the box's own, at which the text fits, with the mildest line breaks that allow it. Nothing is ever
 * cut off: in the worst case words break anywhere and the size goes on falling.
 *
 * @param widthOf width of a text in em
 */
export function fitText(text: string, box: TextBox, widthOf: Measure): FittedText {
  const oneLine = Math.min(box.size, box.width / Math.max(widthOf(text), 0.01));
  if (oneLine >= box.oneLineSize) return { size: oneLine, lines: [text] };
  return (
    shrink(text, breaks.betweenWords, box, box.smallestSize, widthOf) ??
    shrink(text, breaks.afterHyphens, box, box.smallestSize, widthOf) ??
    shrink(text, breaks.anywhere, { ...box, size: box.smallestSize }, 0.1, widthOf) ?? { size: 0.1, lines: [text] }
  );
}

function shrink(
  text: string,
  pattern: RegExp,
  box: TextBox,
  smallest: number,
  widthOf: Measure,
): FittedText | undefined {
  const pieces = (text.match(pattern) ?? []).map((piece) => ({
    text: piece,
    full: widthOf(piece),
    bare: widthOf(piece.trimEnd()),
  }));
  for (let size = box.size; size >= smallest; size *= 0.96) {
    const lines = wrap(pieces, box.width / size);
    const room = Math.max(1, Math.floor(box.height / (size * box.lineHeight)));
    if (lines !== undefined && lines.length <= room) return { size, lines };
  }
  return undefined;
}

interface Piece {
  readonly text: string;
  /** With the space after it, and without. */
  readonly full: number;
  readonly bare: number;
}

/** Undefined when a piece is wider than the line. */
function wrap(pieces: readonly Piece[], width: number): readonly string[] | undefined {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces) {
    if (piece.bare > width) return undefined;
    if (used + piece.bare > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += piece.text;
    used += piece.full;
  }
  return [...lines, line];
}
