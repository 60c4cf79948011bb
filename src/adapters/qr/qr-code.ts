import { create } from 'qrcode';

/** Dark modules that lie side by side in one row. */
export interface DarkRun {
  readonly row: number;
  readonly column: number;
  readonly length: number;
}

export interface QrCode {
  /** Modules along one side, without the quiet zone. */
  readonly size: number;
  readonly darkRuns: readonly DarkRun[];
}

/** Modules of white that ISO/IEC 18004 asks for on every side. */
export const quietZone = 4;

/** A QR code of error correction level M: 15 % of it may be dirty or torn. Throws when the text is longer than 2,331 bytes. */
export function qrCode(text: string): QrCode {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const darkRuns: DarkRun[] = [];
  for (let row = 0; row < size; row += 1) {
    let column = 0;
    while (column < size) {
      const start = column;
      while (column < size && data[row * size + column]) column += 1;
      if (column > start) darkRuns.push({ row, column: start, length: column - start });
      else column += 1;
    }
  }
  return { size, darkRuns };
}
