import { crc32 } from 'node:zlib';

/** A paragraph of a Word document: its style's id and its text. `note`: a footnote at its end. */
export interface WordParagraph {
  readonly style?: string;
  readonly text: string;
  readonly bold?: boolean;
  readonly note?: string;
}

/** The smallest .docx that Word opens: a zip of XML files. The styles have the ids that a Swedish Word gives them. */
export function docxFile(paragraphs: readonly WordParagraph[]): Buffer {
  const notes = paragraphs.flatMap(({ note }) => note ?? []);
  let noteId = 0;
  const body = paragraphs.map(({ style, text, bold, note }) => {
    const mark = note === undefined ? '' : `<w:r><w:footnoteReference w:id="${++noteId}"/></w:r>`;
    const look = style ? `<w:pPr>${pPr(style)}</w:pPr>` : '';
    return `<w:p>${look}<w:r>${bold ? '<w:rPr><w:b/></w:rPr>' : ''}${runs(text)}</w:r>${mark}</w:p>`;
  });
  return zip({
    '[Content_Types].xml': xml(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${type('document.main')}"/><Override PartName="/word/styles.xml" ContentType="${type('styles')}"/><Override PartName="/word/footnotes.xml" ContentType="${type('footnotes')}"/><Override PartName="/word/numbering.xml" ContentType="${type('numbering')}"/></Types>`,
    ),
    '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
    'word/_rels/document.xml.rels': relations([
      ['styles', 'styles.xml'],
      ['footnotes', 'footnotes.xml'],
      ['numbering', 'numbering.xml'],
    ]),
    'word/document.xml': word('document', `<w:body>${body.join('')}</w:body>`),
    'word/styles.xml': word('styles', styles.map(style).join('')),
    'word/numbering.xml': word(
      'numbering',
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
    'word/footnotes.xml': word(
      'footnotes',
      notes
        .map((note, place) => `<w:footnote w:id="${place + 1}"><w:p><w:r>${runs(note)}</w:r></w:p></w:footnote>`)
        .join(''),
    ),
  });
}

const styles = [
  ['Rubrik', 'Title'],
  ['Rubrik1', 'heading 1'],
  ['Rubrik2', 'heading 2'],
  ['Rubrik3', 'heading 3'],
  ['Innehllsfrteckningsrubrik', 'TOC Heading'],
  ['Innehll1', 'toc 1'],
  ['Liststycke', 'List Paragraph'],
] as const;

function style([id, name]: readonly [id: string, name: string]): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
}

function pPr(styleId: string): string {
  const list = styleId === 'Liststycke' ? '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' : '';
  return `<w:pStyle w:val="${styleId}"/>${list}`;
}

function runs(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped
    .split('\t')
    .map((part) => `<w:t xml:space="preserve">${part}</w:t>`)
    .join('<w:tab/>');
}

function word(part: string, inner: string): string {
  return xml(`<w:${part} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${inner}</w:${part}>`);
}

function relations(list: readonly (readonly [type: string, target: string])[]): string {
  const all = list.map(
    ([name, target], place) =>
      `<Relationship Id="rId${place + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}" Target="${target}"/>`,
  );
  return xml(
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`,
  );
}

function type(part: string): string {
  return `application/vnd.openxmlformats-officedocument.wordprocessingml.${part}+xml`;
}

function xml(inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${inner}`;
}

/** A zip whose files are stored as they are: a local header before each, a directory, and the directory's end. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(bytes.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([signature(0x04034b50), shared, Buffer.from(name), bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), shared, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
