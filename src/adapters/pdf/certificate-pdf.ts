import { colours } from '#adapters/pdf/certificate-colours.ts';
import { fieldRows, portrait, prepareCardDrawing, sheet } from '#adapters/pdf/certificate-drawings.ts';
import { type CertificateFonts, openTypeface } from '#adapters/pdf/certificate-fonts.ts';
import { chooseFace } from '#adapters/pdf/face-choice.ts';
import {
  addAddress,
  addFigure,
  addGroup,
  addNumberedList,
  addText,
  decorate,
  type Element,
  finishPage,
  type Spot,
  startPage,
  type TaggedPage,
  type TextStyle,
  write,
} from '#adapters/pdf/tagged-page.ts';
import { qrCode, quietZone } from '#adapters/qr/qr-code.ts';
import type { Certificate } from '#domain/exam/certificate.ts';

/** Everything that is read on the certificate beside name, issuer, code and address: translated, dates written out. */
export interface CertificateWords {
  /** BCP 47, of these words: `sv-SE`. */
  readonly language: string;
  /** In the title bar of the window, and what a screen reader says first. */
  readonly documentTitle: string;
  readonly productName: string;
  /** “Intyg”. */
  readonly heading: string;
  readonly nameLabel: string;
  /** Under the name: who vouches for it. */
  readonly aboutName?: string | undefined;
  /** Drawn in place of a name in letters that the fonts lack. */
  readonly nameNotDrawable: string;
  readonly trackLabel: string;
  readonly track: string;
  readonly courseLabel: string;
  /** Course and version, “Sekretess, version 1.0”. */
  readonly course: string;
  readonly issuedLabel: string;
  readonly issuedOn: string;
  readonly validUntilLabel: string;
  readonly validUntil: string;
  readonly issuerLabel: string;
  /** Legal note L42: one sentence an item, at most two. */
  readonly statement: readonly string[];
  readonly checkHeading: string;
  readonly checkInstruction: string;
  readonly codeLabel: string;
  /** What the QR code is, for who does not see it. */
  readonly qrDescription: string;
  /** What the link does, for who does not see it. */
  readonly linkDescription: string;
  /** “Kursen bygger på …” with the guidelines' editions. */
  readonly editions: string;
}

export type RenderCertificatePdf = (
  certificate: Certificate,
  words: CertificateWords,
  checkUrl: string,
) => Promise<Uint8Array>;

/**
 * A renderer of certificates: one A4 page, tagged (PDF/UA-1). Fonts and drawings are prepared here, once; every certificate is
 * rendered anew. The same arguments give the same bytes.
 *
 * @example
 * const renderCertificatePdf = createCertificateRenderer(await loadCertificateFonts());
 * const pdf = await renderCertificatePdf(certificate, words, 'https://example.se/intyg/ABC');
 */
export function createCertificateRenderer(fonts: CertificateFonts): RenderCertificatePdf {
  const faces = { sans: openTypeface(fonts.sans), serif: openTypeface(fonts.serif) };
  const drawCard = prepareCardDrawing();
  return async (certificate, words, checkUrl) => {
    const page = startPage(faces, {
      title: words.documentTitle,
      author: certificate.issuer,
      keywords: groupedCode(certificate.code),
      creator: words.productName,
      language: words.language,
      createdAt: new Date(certificate.issuedAt),
    });
    decorate(page, drawCard);
    writeHead(page, words);
    addNumberedList(page, (list) => {
      writeName(page, list, certificate, words);
      writeFields(page, list, certificate, words);
    });
    writeStatement(page, words);
    writeCheck(page, certificate, words, checkUrl);
    return finishPage(page);
  };
}

const styles = {
  product: { face: 'serif', size: 25, colour: colours.band },
  heading: { face: 'serif', size: 50, colour: colours.pineDeep },
  numeral: { face: 'serif', size: 9, colour: colours.brick },
  label: { face: 'sans', size: 9.5, colour: colours.muted },
  name: { face: 'serif', size: 32, oneLineSize: 24, smallestSize: 15, lineHeight: 1.14 },
  insteadOfName: { face: 'sans', size: 13 },
  value: { face: 'serif', size: 14.5, oneLineSize: 12.5, smallestSize: 7 },
  statement: { face: 'serif', size: 13.5, colour: colours.pineDeep },
  checkHeading: { face: 'serif', size: 14 },
  note: { face: 'sans', size: 10, colour: colours.muted },
  address: { face: 'sans', size: 10.5, oneLineSize: 8.5, colour: colours.pine },
  code: { face: 'serif', size: 17, tracking: 0.6 },
  small: { face: 'sans', size: 8, colour: colours.muted },
} as const satisfies Record<string, TextStyle>;

const left = portrait.left;
const right = sheet.width - left;
/** The whole width of the card within its margins. */
const line = { left, width: right - left } as const;
/** Beside the portrait. */
const besidePortrait = { left: 244, width: right - 244 } as const;
const qrSquare = { left, top: 650, side: 116 } as const;
const besideQr = { left: left + qrSquare.side + 20, width: line.width - qrSquare.side - 20 } as const;

function writeHead(page: TaggedPage, words: CertificateWords): void {
  const { root } = page;
  addText(page, root, 'P', words.productName, styles.product, { left, width: 380, baseline: 78, height: 36 });
  addText(page, root, 'H1', words.heading, styles.heading, { ...besidePortrait, baseline: 170, height: 56 });
}

function writeName(page: TaggedPage, list: Element, certificate: Certificate, words: CertificateWords): void {
  const { name } = certificate;
  const drawable = chooseFace(name, page.faces, styles.name.face) !== undefined;
  let lastBaseline = 0;
  const writeIt = () => {
    lastBaseline = drawable
      ? write(page, name, styles.name, { ...besidePortrait, baseline: 237, height: 82 })
      : write(page, words.nameNotDrawable, styles.insteadOfName, { ...besidePortrait, baseline: 224, height: 60 });
  };
  addGroup(page, list, 'LI', (item) => {
    addLabel(page, item, 1, words.nameLabel, { ...besidePortrait, baseline: 201 });
    addGroup(page, item, 'LBody', (body) => {
      body.add(page.doc.struct('P', drawable ? {} : { actual: name }, [writeIt]));
      if (!words.aboutName) return;
      const below = { ...besidePortrait, baseline: lastBaseline + 20, height: 26 };
      addText(page, body, 'P', words.aboutName, styles.note, below);
    });
  });
}

function writeFields(page: TaggedPage, list: Element, certificate: Certificate, words: CertificateWords): void {
  const { top, height, half } = fieldRows;
  const first = { left, width: half - left - 15 };
  const second = { left: half, width: right - half };
  const fields = [
    { label: words.trackLabel, value: words.track, row: 0, where: first },
    { label: words.courseLabel, value: words.course, row: 0, where: second },
    { label: words.issuedLabel, value: words.issuedOn, row: 1, where: first },
    { label: words.validUntilLabel, value: words.validUntil, row: 1, where: second },
    { label: words.issuerLabel, value: certificate.issuer, row: 2, where: line },
  ];
  for (const [index, { label, value, row, where }] of fields.entries()) {
    const rowTop = top + row * height;
    addGroup(page, list, 'LI', (item) => {
      addLabel(page, item, index + 2, label, { ...where, baseline: rowTop + 17 });
      addText(page, item, 'LBody', value, styles.value, { ...where, baseline: rowTop + 37, height: 30 });
    });
  }
}

/** Fields are numbered as on a driving licence. */
function addLabel(page: TaggedPage, item: Element, number: number, label: string, where: Omit<Spot, 'height'>): void {
  const indent = 13;
  const writeBoth = () => {
    write(page, `${number}.`, styles.numeral, { ...where, height: 12 });
    const { left, width, baseline } = where;
    write(page, label, styles.label, { left: left + indent, width: width - indent, baseline, height: 12 });
  };
  item.add(page.doc.struct('Lbl', {}, [writeBoth]));
}

function writeStatement(page: TaggedPage, words: CertificateWords): void {
  for (const [index, sentence] of words.statement.entries()) {
    const spot = { ...line, baseline: 611 + index * 19, height: 19 };
    addText(page, page.root, 'P', sentence, styles.statement, spot);
  }
}

function writeCheck(page: TaggedPage, certificate: Certificate, words: CertificateWords, checkUrl: string): void {
  const { root } = page;
  const { top } = qrSquare;
  const at = (baseline: number, height: number): Spot => ({ ...besideQr, baseline: top + baseline, height });
  addFigure(page, words.qrDescription, qrSquare, (doc) => drawQr(doc, checkUrl));
  addText(page, root, 'P', words.checkHeading, styles.checkHeading, at(16, 18));
  addText(page, root, 'P', words.checkInstruction, styles.note, at(33, 26));
  addAddress(page, checkUrl, words.linkDescription, styles.address, at(64, 26));
  addGroup(page, root, 'P', (paragraph) => {
    addText(page, paragraph, 'Span', words.codeLabel, styles.label, at(93, 12));
    addText(page, paragraph, 'Span', groupedCode(certificate.code), styles.code, at(112, 21));
  });
  addText(page, root, 'P', words.editions, styles.small, { ...line, baseline: 784, height: 20 });
}

function drawQr(doc: PDFKit.PDFDocument, text: string): void {
  const { left, top, side } = qrSquare;
  const { size, darkRuns } = qrCode(text);
  const scale = side / (size + 2 * quietZone);
  doc.save();
  doc.lineWidth(0.6).roundedRect(left, top, side, side, 8).fillAndStroke(colours.white, colours.line);
  doc.translate(left + quietZone * scale, top + quietZone * scale).scale(scale);
  doc.fillColor('black').addContent(darkRuns.map((run) => `${run.column} ${run.row} ${run.length} 1 re`).join('\n'));
  doc.addContent('f').restore();
}

/** In groups of five, as people read such things to each other. */
function groupedCode(code: string): string {
  return code.replaceAll(/(.{5})(?=.)/gu, '$1-');
}
