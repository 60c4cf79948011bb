import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { colours } from '#adapters/pdf/certificate-colours.ts';

/** Millimetres are for people; everything here is in points from the top left corner of an A4 sheet. */
export const sheet = { width: 595.28, height: 841.89 } as const;
export const card = { left: 34, top: 34, right: 561.28, bottom: 807.89, radius: 20 } as const;
export const bandBottom = 106;
export const portrait = { left: 62, top: 134, width: 136, height: 170 } as const;
export const stampStrip = { top: 514, bottom: 582 } as const;
export const fieldRows = { top: 352, height: 52, half: 306 } as const;

/** One drawing of a thing on a grid of 24, in strokes. */
const things: readonly string[] = [
  // a key
  'M11.2 8a3.9 3.9 0 1 1-7.8 0a3.9 3.9 0 0 1 7.8 0zM10.1 10.7l9.4 9.4M15.2 15.8l-2.1 2.1M18.2 18.8l-2.1 2.1',
  // a door ajar
  'M5.5 20.5V3.5h13v17M3.5 20.5h17M5.5 3.5l7.5 2.6v17l-7.5-2.6M10.6 13.8v1.4',
  // a telephone
  'M8.5 2.5h7a1.8 1.8 0 0 1 1.8 1.8v15.4a1.8 1.8 0 0 1-1.8 1.8h-7a1.8 1.8 0 0 1-1.8-1.8V4.3a1.8 1.8 0 0 1 1.8-1.8zM10.5 18.6h3',
  // a bus
  'M5.5 4.5h13a1.5 1.5 0 0 1 1.5 1.5v11.5H4V6a1.5 1.5 0 0 1 1.5-1.5zM4 12.5h16M12 4.5v8M7 17.5v2.4M17 17.5v2.4M7 15h1M16 15h1',
  // a coffee cup
  'M4.5 9.5h11.5v6a4 4 0 0 1-4 4H8.5a4 4 0 0 1-4-4zM16 11h1.7a2.6 2.6 0 0 1 0 5.2H16M8 6.8c0-1.4 1.2-1.4 1.2-2.8M12 6.8c0-1.4 1.2-1.4 1.2-2.8',
  // a binder
  'M6.5 3h11a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM9 3v18M12 7h3.5M12 10h3.5M7.2 15.5h.1',
  // a speech bubble
  'M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v8.5A1.5 1.5 0 0 1 19 16h-6.5L8 20v-4H5a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 5 4.5zM8 8.8h8M8 11.8h5',
  // a lock
  'M7 10.5h10a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19v-7A1.5 1.5 0 0 1 7 10.5zM8.5 10.5V7.3a3.5 3.5 0 0 1 7 0v3.2M12 14.5v2',
];

/** A keyhole, the wordmark's, with its round head's centre in 0,0 and 3.2 for a radius. */
const keyhole = 'M0-3.2a3.2 3.2 0 0 1 1.7 5.9l1 4.6H-2.7l1-4.6A3.2 3.2 0 0 1 0-3.2z';

/** Puts the drawing on the page. */
export type DrawOnPage = (doc: PDFKit.PDFDocument) => void;

/**
 * Everything on the certificate that is the same for everyone. It is drawn and deflated here, once, and then goes into every
 * document as it is, as a form XObject.
 */
export function prepareCardDrawing(): DrawOnPage {
  const pen = new RecordingDocument({ autoFirstPage: false, font: '' });
  pen.recorded.length = 0;
  drawGround(pen);
  drawPortrait(pen);
  drawRules(pen);
  drawStamps(pen);
  drawSeal(pen);
  const deflated = deflateSync(pen.recorded.map(rounded).join('\n'), { level: 9 });
  const dictionary = {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, sheet.width, sheet.height],
    Resources: {},
    Filter: 'FlateDecode',
  };
  return (doc) => {
    const form = doc.ref({ ...dictionary });
    form.end(deflated);
    doc.page.xobjects.Card = form;
    doc.addContent('/Card Do');
  };
}

class RecordingDocument extends PDFDocument {
  readonly recorded: string[] = [];

  override addContent(operators: string): this {
    this.recorded?.push(operators);
    return this;
  }
}

/** Three decimals: finer than any printer. */
function rounded(operators: string): string {
  return operators.replaceAll(/-?\d+\.\d{4,}(e-\d+)?/g, (number) => String(Math.round(Number(number) * 1000) / 1000));
}

type Pen = PDFKit.PDFDocument;

function drawGround(pen: Pen): void {
  const width = card.right - card.left;
  const height = card.bottom - card.top;
  pen.save();
  pen.roundedRect(card.left, card.top, width, height, card.radius).clip();
  pen.rect(card.left, card.top, width, height).fill(colours.surface);
  drawGuilloche(pen, { middle: 326, swing: 26, step: 38, colour: colours.rose });
  pen.rect(card.left, card.top, width, bandBottom - card.top).fill(colours.sun);
  pen.save();
  pen.rect(card.left, card.top, width, bandBottom - card.top).clip();
  drawGuilloche(pen, { middle: bandBottom, swing: 60, step: 76, colour: colours.sunLine });
  pen.restore();
  pen.rect(card.left, stampStrip.top, width, stampStrip.bottom - stampStrip.top).fill(colours.rose);
  pen.restore();
  pen.lineWidth(1.4).roundedRect(card.left, card.top, width, height, card.radius).stroke(colours.band);
}

/** The fine waves of a document of value. */
function drawGuilloche(
  pen: Pen,
  { middle, swing, step, colour }: { middle: number; swing: number; step: number; colour: string },
): void {
  const strands = 15;
  pen.lineWidth(0.45);
  for (let strand = 0; strand < strands; strand += 1) {
    const height = swing * Math.cos((strand / (strands - 1)) * Math.PI);
    let x: number = card.left - step / 2;
    pen.moveTo(x, middle);
    for (let half = 0; x < card.right; half += 1) {
      const peak = middle + (half % 2 === 0 ? -height : height);
      pen.bezierCurveTo(x + step * 0.36, peak, x + step * 0.64, peak, x + step, middle);
      x += step;
    }
  }
  pen.stroke(colour);
}

function drawPortrait(pen: Pen): void {
  const { left, top, width, height } = portrait;
  pen.save();
  pen.roundedRect(left, top, width, height, 12).clip();
  pen.rect(left, top, width, height).fill(colours.rose);
  pen.lineWidth(0.5);
  for (let ring = 1; ring < 12; ring += 1) pen.circle(left + width / 2, top + 66, 24 + ring * 10);
  pen.stroke(colours.roseLine);
  pen.translate(left + width / 2, top + 66).scale(10.4);
  pen.path(keyhole).fill(colours.band);
  pen.restore();
  pen.lineWidth(1).roundedRect(left, top, width, height, 12).stroke(colours.band);
}

function drawRules(pen: Pen): void {
  const { top, height, half } = fieldRows;
  const right = sheet.width - portrait.left;
  pen.roundedRect(half - 10, top + height + 4, right - half + 18, height - 8, 7).fill(colours.sunSoft);
  pen.lineWidth(0.6);
  for (const row of [1, 2]) {
    pen.moveTo(portrait.left, top + row * height).lineTo(right, top + row * height);
  }
  pen.stroke(colours.line);
}

function drawStamps(pen: Pen): void {
  const radius = 23;
  const first = portrait.left + radius;
  const pitch = (sheet.width - 2 * first) / (things.length - 1);
  for (const [index, thing] of things.entries()) {
    const tilt = [-9, 6, -4, 10, -7, 4, -10, 7][index] ?? 0;
    pen.save();
    pen.translate(first + pitch * index, (stampStrip.top + stampStrip.bottom) / 2 + (index % 2 === 0 ? -1.5 : 1.5));
    pen.rotate(tilt);
    pen.circle(0, 0, radius).fill(colours.surface);
    pen.lineWidth(1.5).circle(0, 0, radius).stroke(colours.pine);
    pen
      .lineWidth(0.6)
      .circle(0, 0, radius - 3)
      .stroke(colours.pine);
    pen.scale(1.12).translate(-12, -12).lineWidth(1.35).lineCap('round').lineJoin('round');
    pen.path(thing).stroke(colours.pine);
    pen.restore();
  }
}

/** The stamp that makes the card valid, half over the portrait as such stamps are. */
function drawSeal(pen: Pen): void {
  pen.save();
  pen.translate(portrait.left + portrait.width - 6, portrait.top + portrait.height - 14).rotate(-13);
  pen.circle(0, 0, 33).fill(colours.surface);
  const teeth = 28;
  for (let tooth = 0; tooth < teeth; tooth += 1) {
    const angle = (tooth / teeth) * 2 * Math.PI;
    pen.moveTo(29.5 * Math.cos(angle), 29.5 * Math.sin(angle)).lineTo(33 * Math.cos(angle), 33 * Math.sin(angle));
  }
  pen.lineWidth(1.6).stroke(colours.brick);
  pen.lineWidth(1.8).circle(0, 0, 28).stroke(colours.brick);
  pen.lineWidth(0.7).circle(0, 0, 24.5).stroke(colours.brick);
  pen.lineWidth(5).lineCap('round').lineJoin('round').path('M-11 1l7.5 8L12-9').stroke(colours.brick);
  pen.restore();
}
