import PDFDocument from 'pdfkit';
import { colours } from '#adapters/pdf/certificate-colours.ts';
import { chooseFace, type Faces } from '#adapters/pdf/face-choice.ts';
import { fitText } from '#adapters/pdf/text-fitting.ts';

/** Of the structure tree. */
export type Element = PDFKit.PDFStructureElement;

/** A PDF of one page in which everything is either in the structure tree or marked as decoration. */
export interface TaggedPage {
  readonly doc: PDFKit.PDFDocument;
  readonly faces: Faces;
  readonly root: Element;
}

export interface DocumentDescription {
  readonly title: string;
  readonly author: string;
  readonly keywords: string;
  readonly creator: string;
  readonly language: string;
  readonly createdAt: Date;
}

/** An A4 page that says of itself that it keeps to PDF/UA-1. */
export function startPage(faces: Faces, description: DocumentDescription): TaggedPage {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    font: '',
    pdfVersion: '1.7',
    tagged: true,
    lang: description.language,
    displayTitle: true,
    info: {
      Title: xmlSafe(description.title),
      Author: xmlSafe(description.author),
      Keywords: xmlSafe(description.keywords),
      Creator: xmlSafe(description.creator),
      CreationDate: description.createdAt,
    },
  });
  // Not by PDFKit's `subset: 'PDF/UA'`: its CIDSet leaves out the parts of composed letters (å), and the standard forbids that.
  doc.appendXML(
    '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>',
  );
  const registry: { registerFont(name: string, font: unknown): unknown } = doc;
  registry.registerFont('sans', faces.sans.forPdfKit);
  registry.registerFont('serif', faces.serif.forPdfKit);
  const root = doc.struct('Document');
  doc.addStructure(root);
  return { doc, faces, root };
}

/** The bytes of the finished file. */
export function finishPage({ doc, root }: TaggedPage): Uint8Array {
  root.end();
  doc.end();
  const bytes: unknown = doc.read();
  if (!(bytes instanceof Uint8Array)) throw new Error('PDFKit gave no bytes for a finished document');
  return bytes;
}

/** Decoration: screen readers pass it by. */
export function decorate({ doc }: TaggedPage, draw: (doc: PDFKit.PDFDocument) => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw(doc);
  doc.endMarkedContent();
}

export interface TextStyle {
  readonly face: keyof Faces;
  /** In points, where it fits. */
  readonly size: number;
  readonly colour?: string;
  /** Down to here the text rather shrinks than breaks; by default it breaks at once. */
  readonly oneLineSize?: number;
  /** Down to here words stay whole; by default 0.7 of the size. */
  readonly smallestSize?: number;
  /** Times the size; by default 1.2. */
  readonly lineHeight?: number;
  /** Extra space between letters. */
  readonly tracking?: number;
}

/** Where a text may stand. */
export interface Spot {
  readonly left: number;
  readonly width: number;
  /** Of the first line. */
  readonly baseline: number;
  /** Of all lines together. */
  readonly height: number;
}

/** Writes inside the element that is being filled. Gives the base line of the last line. */
export function write({ doc, faces }: TaggedPage, text: string, style: TextStyle, spot: Spot): number {
  const { size: wanted, oneLineSize = wanted, smallestSize = wanted * 0.7, lineHeight = 1.2, tracking = 0 } = style;
  const box = { width: spot.width, height: spot.height, size: wanted, oneLineSize, smallestSize, lineHeight };
  const chosen = chooseFace(text, faces, style.face) ?? { text, face: style.face };
  const face = faces[chosen.face];
  const spacing = tracking / wanted;
  const { size, lines } = fitText(chosen.text, box, (line) => face.widthOf(line) + spacing * line.length);
  // Several small lines start where the top of the one large line would have been.
  const first = lines.length === 1 ? spot.baseline : spot.baseline - (wanted - size) * 0.7;
  const step = size * lineHeight;
  doc
    .font(chosen.face)
    .fontSize(size)
    .fillColor(style.colour ?? colours.ink);
  for (const [index, line] of lines.entries()) {
    doc.text(line, spot.left, first + index * step, {
      lineBreak: false,
      baseline: 'alphabetic',
      characterSpacing: tracking,
      // An empty list, so that PDFKit lays a line out at once and not word by word: a quarter of all time.
      features: [],
    });
  }
  return first + (lines.length - 1) * step;
}

/** A paragraph, heading or other element that holds one text. */
export function addText(
  page: TaggedPage,
  parent: Element,
  role: string,
  text: string,
  style: TextStyle,
  spot: Spot,
): void {
  parent.add(page.doc.struct(role, {}, [() => write(page, text, style, spot)]));
}

/** An element that holds others; `fill` adds them. */
export function addGroup(page: TaggedPage, parent: Element, role: string, fill: (group: Element) => void): void {
  const group = page.doc.struct(role);
  parent.add(group);
  fill(group);
  group.end();
}

/** A list whose items carry their numbers in print. */
export function addNumberedList(page: TaggedPage, fill: (list: Element) => void): void {
  addGroup(page, page.root, 'L', (list) => {
    if (!hasDictionary(list))
      throw new Error('PDFKit keeps the attributes of a structure element elsewhere than version 0.20 did');
    Object.assign(list.dictionary.data, { A: { O: 'List', ListNumbering: 'Decimal' } });
    fill(list);
  });
}

function hasDictionary(element: object): element is { readonly dictionary: { readonly data: object } } {
  return 'dictionary' in element && element.dictionary instanceof Object && 'data' in element.dictionary;
}

/** A picture with its description. */
export function addFigure(
  page: TaggedPage,
  alt: string,
  square: { readonly left: number; readonly top: number; readonly side: number },
  draw: (doc: PDFKit.PDFDocument) => void,
): void {
  const { left, top, side } = square;
  const options = { alt, bbox: [left, top, left + side, top + side], placement: 'Block' };
  page.root.add(page.doc.struct('Figure', options, [() => draw(page.doc)]));
}

/** A paragraph that is a link to the address it shows. */
export function addAddress(page: TaggedPage, url: string, description: string, style: TextStyle, spot: Spot): void {
  // PDFKit writes a plain string as a PDF name, so a text has to be a String object; its types do not know.
  const linking: {
    link(x: number, y: number, width: number, height: number, url: string, options?: LinkOptions): unknown;
  } = page.doc;
  addGroup(page, page.root, 'P', (paragraph) => {
    addGroup(page, paragraph, 'Link', (structParent) => {
      structParent.add(() => write(page, url, style, spot));
      const { left, baseline, width, height } = spot;
      linking.link(left, baseline - style.size, width, height, url, { Contents: Object(description), structParent });
    });
  });
}

interface LinkOptions {
  readonly Contents?: unknown;
  readonly structParent?: Element;
}

/** PDFKit puts titles into XML as they are. */
function xmlSafe(text: string): string {
  return text
    .replaceAll('&', '＆')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
}
