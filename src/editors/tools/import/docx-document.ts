import mammoth from 'mammoth';
import type { GuidelineDocument } from './document.ts';
import { htmlDocument } from './html-document.ts';

/** The styles of Word that mammoth has no rule for. Word keeps their English names whatever language it speaks. */
const styles = [
  "p[style-name='Title'] => p.title:fresh",
  "p[style-name='Subtitle'] => p.field:fresh",
  "p[style-name='Rubrik'] => p.title:fresh",
  ...[1, 2, 3, 4, 5].flatMap((level) => [
    `p[style-name='toc ${level}'] => p.contents:fresh`,
    `p[style-name='Rubrik ${level}'] => h${level}:fresh`,
  ]),
  "p[style-name='TOC Heading'] => p.contents:fresh",
];

/**
 * Reads a Word document. Its headers, footers, page numbers and pictures are no part of what mammoth reads.
 *
 * @returns undefined if it is none
 */
export async function docxDocument(bytes: Buffer): Promise<GuidelineDocument | undefined> {
  const convertImage = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
  let html: string;
  try {
    html = (await mammoth.convertToHtml({ buffer: bytes }, { styleMap: styles, convertImage })).value;
  } catch (error) {
    // Its zip and XML readers have errors of many names; with bytes from outside, all say that the file is broken.
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
  return htmlDocument(html);
}
