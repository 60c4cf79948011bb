import { basename, extname } from 'node:path';
import type { ContentMistake } from '#content/read-yaml.ts';
import type { GuidelineDocument, ImportedSection } from './document.ts';
import { sectionsOf } from './number-sections.ts';
import { textDocument } from './text-document.ts';

export type ReadGuideline =
  | {
      readonly ok: true;
      readonly title: string;
      readonly date: string | undefined;
      readonly sections: readonly ImportedSection[];
    }
  | { readonly ok: false; readonly mistakes: readonly ContentMistake[] };

/**
 * Reads a municipality's own guideline.
 *
 * @param file its name: the ending tells how to read it, and a document without a title is called by it
 */
export async function readGuideline(file: string, bytes: Buffer): Promise<ReadGuideline> {
  const refuse = (problem: string, remedy: string): ReadGuideline => ({
    ok: false,
    mistakes: [{ file, field: '-', problem, remedy }],
  });
  const ending = extname(file).toLowerCase();
  if (!['.docx', '.txt', '.md'].includes(ending)) {
    return refuse(
      `filer som slutar på ${ending || 'ingenting'} kan inte läsas in`,
      ending === '.pdf'
        ? 'gör text av den först: pdftotext -layout riktlinje.pdf riktlinje.pdf.txt'
        : 'spara dokumentet som .docx eller som ren text (.txt, .md)',
    );
  }
  const document = ending === '.docx' ? await docx(bytes) : decoded(bytes);
  if (document === undefined) {
    return ending === '.docx'
      ? refuse('filen är trasig eller inget Word-dokument', 'öppna den i Word och spara om den som .docx')
      : refuse('filen är ingen text i UTF-8', 'spara den som ren text med teckenkodningen UTF-8');
  }
  const sections = sectionsOf(document.blocks);
  if (!document.blocks.some(({ kind }) => kind === 'heading')) {
    return refuse(
      document.blocks.length === 0 ? 'dokumentet har ingen text' : 'dokumentet har inga rubriker',
      document.blocks.length === 0
        ? 'är det en inskannad bild? Läs den med textigenkänning (OCR) först'
        : 'ge avsnitten rubriker: numrerade, eller på en egen rad med en tom rad ovanför',
    );
  }
  return { ok: true, title: document.title ?? titleOf(file), date: document.date, sections };
}

async function docx(bytes: Buffer): Promise<GuidelineDocument | undefined> {
  // Loaded here: who imports a text does not wait for it.
  const { docxDocument } = await import('./docx-document.ts');
  return docxDocument(bytes);
}

/** UTF-8, or UTF-16 where its mark says so; undefined if it is neither. */
function decoded(bytes: Buffer): GuidelineDocument | undefined {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : textDocument(text);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return undefined;
    }
    throw error;
  }
}

function titleOf(file: string): string {
  return basename(file).replace(/(?:\.pdf)?\.\w+$/i, '');
}
