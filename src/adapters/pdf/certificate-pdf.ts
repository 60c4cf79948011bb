import PDFDocument from 'pdfkit';
import { colours } from '#adapters/pdf/certificate-colours.ts';
import { fieldRows, portrait, prepareCardDrawing, sheet } from '#adapters/pdf/certificate-drawings.ts';
import { type CertificateFonts, openTypeface, type Typeface } from '#adapters/pdf/certificate-fonts.ts';
import { chooseFace } from '#adapters/pdf/face-choice.ts';
import { fitText, type TextBox } from '#adapters/pdf/text-fitting.ts';
import { qrCode, quietZone } from '#adapters/qr/qr-code.ts';
import type { Certificate } from '#domain/certificate.ts';

/** Everything that is read on the certificate beside name, issuer, code and address: translated, dates written out. */
export interface CertificateWords {
  /** BCP 47, of these words: `sv-SE`. */
  readonly language: string;
  /** In the title bar of the window and read first by a screen reader. */
  readonly documentTitle: string;
  readonly productName: string;
  /** “Intyg”. */
  readonly heading: string;
  readonly nameLabel: string;
  /** Drawn only when the participant gave the name. */
  readonly nameGivenBySelf: string;
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
  /** Legal note L42, one sentence an item. */
  readonly statement: readonly string[];
  readonly checkHeading: string;
  readonly checkInstruction: string;
  readonly codeLabel: string;
  /** What the QR code is, for who does not see it. */
  readonly qrDescription: string;
  /** What the link does, for who does not see it. */
  readonly linkDescription: string;
  /** “Kursen bygger på …” with editions. */
  readonly editions: string;
}

export type RenderCertificatePdf = (
  certificate: Certificate,
  words: CertificateWords,
  checkUrl: string,
) => Promise<Uint8Array>;

/**
 * A renderer of certificates on A4, as tagged PDF (PDF/UA-1). Fonts and drawings are prepared here, once; every certificate is
 * then rendered anew. The same arguments give the same bytes.
 *
 * @example
 * const renderCertificatePdf = createCertificateRenderer(await loadCertificateFonts());
 * const pdf = await renderCertificatePdf(certificate, words, 'https://example.se/intyg/ABC');
 */
export function createCertificateRenderer(fonts: CertificateFonts): RenderCertificatePdf {
  const faces: Faces = { sans: openTypeface(fonts.sans), serif: openTypeface(fonts.serif) };
  const drawCard = prepareCardDrawing();
  return async (certificate, words, checkUrl) => {
    const doc = newDocument(certificate, words, faces);
    const page: Page = { doc, faces, root: doc.struct('Document') };
    doc.addStructure(page.root);
    doc.markContent('Artifact', { type: 'Layout' });
    drawCard(doc);
    doc.endMarkedContent();

    writeHead(page, words);
    writeFields(page, certificate, words);
    writeStatement(page, words);
    writeCheck(page, certificate, words, checkUrl);

    page.root.end();
    doc.end();
    return doc.read();
  };
}

interface Faces {
  readonly sans: Typeface;
  readonly serif: Typeface;
}

interface Page {
  readonly doc: PDFKit.PDFDocument;
  readonly faces: Faces;
  readonly root: PDFKit.PDFStructureElement;
}

const left = portrait.left;
const right = sheet.width - left;
const column = 244;
const { half } = fieldRows;

function newDocument(certificate: Certificate, words: CertificateWords, faces: Faces): PDFKit.PDFDocument {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    font: '',
    pdfVersion: '1.7',
    tagged: true,
    lang: words.language,
    displayTitle: true,
    info: {
      Title: xmpSafe(words.documentTitle),
      Author: xmpSafe(certificate.issuer),
      Keywords: groupedCode(certificate.code),
      Creator: xmpSafe(words.productName),
      CreationDate: new Date(certificate.issuedAt),
    },
  });
  // Not PDFKit's `subset: 'PDF/UA'`: its CIDSet leaves out the parts of composed letters (å), which the standard forbids.
  doc.appendXML(
    '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>',
  );
  const registry: { registerFont(name: string, font: unknown): unknown } = doc;
  registry.registerFont('sans', faces.sans.forPdfKit);
  registry.registerFont('serif', faces.serif.forPdfKit);
  return doc;
}

function writeHead(page: Page, words: CertificateWords): void {
  const { doc, root } = page;
  root.add(doc.struct('P', {}, [() => write(page, words.productName, { ...productBox })]));
  root.add(doc.struct('H1', {}, [() => write(page, words.heading, { ...headingBox })]));
}

const productBox = box({ left, baseline: 78, width: 380, height: 36, size: 25, face: 'serif', colour: colours.band });
const headingBox = box({ left: column, baseline: 170, width: right - column, height: 56, size: 50, face: 'serif', colour: colours.pineDeep });

function writeFields(page: Page, certificate: Certificate, words: CertificateWords): void {
  const { doc, root } = page;
  const list = doc.struct('L');
  root.add(list);
  writeName(page, list, certificate, words);
  const fields = [
    { label: words.trackLabel, value: words.track, left, width: half - left - 15, row: 0 },
    { label: words.courseLabel, value: words.course, left: half, width: right - half, row: 0 },
    { label: words.issuedLabel, value: words.issuedOn, left, width: half - left - 15, row: 1 },
    { label: words.validUntilLabel, value: words.validUntil, left: half, width: right - half, row: 1 },
    { label: words.issuerLabel, value: certificate.issuer, left, width: right - left, row: 2 },
  ];
  for (const [index, field] of fields.entries()) {
    const top = fieldRows.top + field.row * fieldRows.height;
    writeNumber(page, index + 2, field.left, top + 17);
    const label = doc.struct('Lbl', {}, [() => writeLabel(page, field.label, field.left, top + 17, field.width)]);
    const value = doc.struct('LBody', {}, [
      () =>
        write(
          page,
          field.value,
          box({ left: field.left, baseline: top + 37, width: field.width, height: 30, size: 14.5, oneLineSize: 12.5, smallestSize: 7, face: 'serif', colour: colours.ink }),
        ),
    ]);
    addItem(page, list, label, value);
  }
  list.end();
}

function writeName(page: Page, list: PDFKit.PDFStructureElement, certificate: Certificate, words: CertificateWords): void {
  const { doc, faces } = page;
  const width = right - column;
  const self = certificate.nameGivenBy === 'self';
  const name = chooseFace(certificate.name, faces, 'serif');
  let lastBaseline = 0;
  writeNumber(page, 1, column, 201);
  const label = doc.struct('Lbl', {}, [() => writeLabel(page, words.nameLabel, column, 201, width)]);
  const value = doc.struct('LBody', name === undefined ? { actual: certificate.name } : {}, [
    () => {
      lastBaseline = name === undefined
        ? write(page, words.nameNotDrawable, box({ left: column, baseline: 224, width, height: 70, size: 13, face: 'sans', colour: colours.ink }))
        : write(page, name.text, box({ left: column, baseline: 237, width, height: 82, size: 32, oneLineSize: 24, smallestSize: 15, lineHeight: 1.14, face: name.face, colour: colours.ink }));
    },
  ]);
  addItem(page, list, label, value);
  if (!self) return;
  const note = doc.struct('P', {}, [
    () => write(page, words.nameGivenBySelf, box({ left: column, baseline: lastBaseline + 20, width, height: 26, size: 10, face: 'sans', colour: colours.muted })),
  ]);
  const item = doc.struct('LI');
  list.add(item);
  item.add(doc.struct('LBody', {}, [note]));
  item.end();
}

function addItem(page: Page, list: PDFKit.PDFStructureElement, ...parts: readonly PDFKit.PDFStructureElement[]): void {
  const item = page.doc.struct('LI');
  list.add(item);
  for (const part of parts) item.add(part);
  item.end();
}

function writeStatement(page: Page, words: CertificateWords): void {
  const { doc, root } = page;
  for (const [index, sentence] of words.statement.entries()) {
    root.add(
      doc.struct('P', {}, [
        () => write(page, sentence, box({ left, baseline: 611 + index * 19, width: right - left, height: 19, size: 13.5, face: 'serif', colour: colours.pineDeep })),
      ]),
    );
  }
}

function writeCheck(page: Page, certificate: Certificate, words: CertificateWords, checkUrl: string): void {
  const { doc, root } = page;
  const top = 650;
  const side = 116;
  root.add(
    doc.struct('Figure', figureOptions(words.qrDescription, [left, top, left + side, top + side]), [
      () => drawQr(doc, checkUrl, left, top, side),
    ]),
  );
  const textLeft = left + side + 20;
  const width = right - textLeft;
  root.add(doc.struct('P', {}, [() => write(page, words.checkHeading, box({ left: textLeft, baseline: top + 16, width, height: 18, size: 14, face: 'serif', colour: colours.ink }))]));
  root.add(doc.struct('P', {}, [() => write(page, words.checkInstruction, box({ left: textLeft, baseline: top + 37, width, height: 26, size: 10, face: 'sans', colour: colours.muted }))]));
  const linkBox = box({ left: textLeft, baseline: top + 64, width, height: 26, size: 10.5, smallestSize: 8, face: 'sans', colour: colours.pine });
  const link = doc.struct('Link');
  const paragraph = doc.struct('P');
  root.add(paragraph);
  paragraph.add(link);
  link.add(() => write(page, checkUrl, linkBox));
  linkTo(doc, checkUrl, linkBox, words.linkDescription, link);
  link.end();
  paragraph.end();
  const codeLabel = doc.struct('Span', {}, [() => writeLabel(page, words.codeLabel, textLeft, top + 93, width, 0)]);
  const code = doc.struct('Span', {}, [
    () => write(page, groupedCode(certificate.code), box({ left: textLeft, baseline: top + 112, width, height: 20, size: 17, face: 'serif', colour: colours.ink, tracking: 0.6 })),
  ]);
  const codeLine = doc.struct('P');
  root.add(codeLine);
  codeLine.add(codeLabel);
  codeLine.add(code);
  codeLine.end();
  root.add(doc.struct('P', {}, [() => write(page, words.editions, box({ left, baseline: 784, width: right - left, height: 20, size: 8, face: 'sans', colour: colours.muted, lineHeight: 1.25 }))]));
}

function drawQr(doc: PDFKit.PDFDocument, text: string, x: number, y: number, side: number): void {
  const { size, darkRuns } = qrCode(text);
  const module = side / (size + 2 * quietZone);
  doc.save();
  doc.lineWidth(0.6).roundedRect(x, y, side, side, 8).fillAndStroke(colours.white, colours.line);
  doc.translate(x + quietZone * module, y + quietZone * module).scale(module);
  doc.fillColor('black').addContent(`${darkRuns.map((run) => `${run.column} ${run.row} ${run.length} 1 re`).join('\n')}\nf`);
  doc.restore();
}

function writeNumber(page: Page, number: number, x: number, baseline: number): void {
  page.doc.markContent('Artifact', { type: 'Layout' });
  write(page, `${number}.`, box({ left: x, baseline, width: 14, height: 12, size: 9, face: 'serif', colour: colours.brick }));
  page.doc.endMarkedContent();
}

function writeLabel(page: Page, label: string, x: number, baseline: number, width: number, indent = 13): void {
  write(page, label, box({ left: x + indent, baseline, width: width - indent, height: 12, size: 9.5, face: 'sans', colour: colours.muted }));
}

interface PlacedBox extends TextBox {
  readonly left: number;
  /** Of the first line. */
  readonly baseline: number;
  readonly face: keyof Faces;
  readonly colour: string;
  readonly tracking: number;
}

function box(
  given: Omit<PlacedBox, 'oneLineSize' | 'smallestSize' | 'lineHeight' | 'tracking'> & Partial<Pick<PlacedBox, 'oneLineSize' | 'smallestSize' | 'lineHeight' | 'tracking'>>,
): PlacedBox {
  return { oneLineSize: given.size, smallestSize: given.size * 0.7, lineHeight: 1.2, tracking: 0, ...given };
}

/** Gives the base line of the last line. */
function write(page: Page, text: string, placed: PlacedBox): number {
  const { doc, faces } = page;
  const chosen = chooseFace(text, faces, placed.face) ?? { text, face: 'sans' as const };
  const face = faces[chosen.face];
  const { size, lines } = fitText(chosen.text, placed, (line) => face.widthOf(line) + (placed.tracking / placed.size) * line.length);
  // Several small lines start where the one large line would have started.
  const first = lines.length === 1 ? placed.baseline : placed.baseline - (placed.size - size) * 0.7;
  doc.font(chosen.face).fontSize(size).fillColor(placed.colour);
  for (const [index, line] of lines.entries()) {
    doc.text(line, placed.left, first + index * size * placed.lineHeight, {
      lineBreak: false,
      baseline: 'alphabetic',
      features: [],
      characterSpacing: placed.tracking,
    });
  }
  return first + (lines.length - 1) * size * placed.lineHeight;
}

function linkTo(doc: PDFKit.PDFDocument, url: string, placed: PlacedBox, description: string, structParent: PDFKit.PDFStructureElement): void {
  // PDFKit writes a plain string as a PDF name, so a text has to be a String object; its types do not know that.
  const linking: {
    link(x: number, y: number, w: number, h: number, url: string, options: { Contents?: object; structParent?: object }): unknown;
  } = doc;
  linking.link(placed.left, placed.baseline - placed.size, placed.width, placed.height, url, { Contents: Object(description), structParent });
}

function figureOptions(alt: string, bbox: readonly [number, number, number, number]) {
  return { alt, bbox, placement: 'Block' };
}

/** PDFKit puts titles into XML as they are. */
function xmpSafe(text: string): string {
  return text.replaceAll('&', '＆').replaceAll('<', '‹').replaceAll('>', '›').replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
}

/** In groups of five, as people read such things to each other. */
function groupedCode(code: string): string {
  return code.replaceAll(/(.{5})(?=.)/g, '$1-');
}
