import type { Block, GuidelineDocument } from './document.ts';
import { dateIn, type FrontMatter, isField } from './front-matter.ts';
import { bulletText, numberedLine } from './line-shapes.ts';
import { withTitle } from './title-heading.ts';

/** Reads Markdown below its front matter: its headings say themselves that they are. */
export function markdownDocument(text: string, head: FrontMatter): GuidelineDocument {
  const notes = new Map([...text.matchAll(/^\[\^([^\]]+)\]:\s*(.+)$/gm)].map(([, id = '', note = '']) => [id, note]));
  const pieces = text
    .replace(/^\[\^[^\]]+\]:.*$/gm, '')
    .split(/\n\s*\n|(?=^#{1,6} )|(?<=^#{1,6} .*)\n|\n(?=\s*[-*] |\s*\|)/m);
  const { title, blocks } = withTitle(
    pieces.flatMap((piece) => markdownBlock(piece, notes)),
    head.title,
  );
  const first = blocks.findIndex(({ kind }) => kind === 'heading');
  const isHead = (block: Block, place: number) => place < first && isField(block.text);
  return {
    title,
    date: head.date ?? blocks.filter(isHead).flatMap((block) => dateIn(block.text) ?? [])[0],
    blocks: blocks.filter((block, place) => !isHead(block, place)),
  };
}

function markdownBlock(piece: string, notes: ReadonlyMap<string, string>): Block[] {
  const found = [...piece.matchAll(/\[\^([^\]]+)\]/g)].flatMap(([, id = '']) => notes.get(id) ?? []);
  const text = piece
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\[\^[^\]]+\]/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\|\s*|\s*\|$/g, '')
    .replace(/\s+\|\s+/g, ' · ')
    .replace(/\*\*|__/g, '');
  if (!/[\p{L}\d]/u.test(text)) return [];
  const [, marks = '', heading = ''] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(text) ?? [];
  if (marks !== '') {
    const { number, text: words = heading } = numberedLine(heading) ?? {};
    return [
      { kind: 'heading', level: marks.length, text: words, notes: found, ...(number === undefined ? {} : { number }) },
    ];
  }
  const item = bulletText(text);
  return [item === undefined ? { kind: 'paragraph', text, notes: found } : { kind: 'item', text: item, notes: found }];
}
