import type { Block, GuidelineDocument } from './document.ts';
import { withoutFootnotes } from './footnotes.ts';
import { takeTitle, takeYamlHead, withoutContents } from './front-matter.ts';
import { type FoundHeading, headingsIn, type TextLine, widthAt } from './headings.ts';
import { bulletText, endsSentence, isFull, joinLines, startsLow, startsWithDash } from './line-shapes.ts';
import { linesOf } from './pages.ts';

/** Reads a text: from a PDF (`pdftotext -layout`), from a word processor, or Markdown. */
export function textDocument(text: string): GuidelineDocument {
  const { head, rest } = takeYamlHead(text);
  if (/^#{1,6} \S/m.test(rest)) return markdownDocument(rest, head);
  const lines = withoutFootnotes(withoutContents(linesOf(rest)));
  const width = widthAt(lines, 0);
  const { head: block, rest: body } = takeTitle(lines, width);
  return {
    title: head.title ?? block.title,
    date: head.date ?? block.date,
    blocks: blocksOf(textLines(body)),
  };
}

function textLines(lines: readonly { readonly text: string }[]): TextLine[] {
  return lines.flatMap(({ text }, place) =>
    text === '' ? [] : [{ text: text.replace(/\s+/g, ' '), afterBlank: (lines[place - 1]?.text ?? '') === '' }],
  );
}

function blocksOf(lines: readonly TextLine[]): Block[] {
  const headings = headingsIn(lines);
  const blocks: Block[] = [];
  for (let place = 0; place < lines.length; place++) {
    const heading = headings.get(place);
    if (heading) {
      blocks.push(blockOf(heading));
      place += heading.lines - 1;
      continue;
    }
    const { text = '' } = lines[place] ?? {};
    const last = blocks.at(-1);
    if (last && last.kind !== 'heading' && goesOn(lines, place)) {
      blocks[blocks.length - 1] = { ...last, text: joinLines(last.text, text) };
      continue;
    }
    const item = bulletText(text);
    blocks.push(item === undefined ? { kind: 'paragraph', text } : { kind: 'item', text: item });
  }
  return blocks;
}

function blockOf({ lines: _lines, ...heading }: FoundHeading): Block {
  return heading;
}

/** The line belongs to the paragraph above it. A blank line between them may be the line spacing, or a page's end. */
function goesOn(lines: readonly TextLine[], place: number): boolean {
  const line = lines[place];
  const above = lines[place - 1];
  if (!line || !above) return false;
  const breaksOff = !endsSentence(above.text);
  const isWrapped = breaksOff && isFull(above.text, line.text, widthAt(lines, place));
  if (bulletText(line.text) !== undefined) {
    return isWrapped && !line.afterBlank && startsWithDash(line.text) && !startsWithDash(above.text);
  }
  if (line.afterBlank) return breaksOff && (startsLow(line.text) || isWrapped);
  return breaksOff || isFull(above.text, line.text, widthAt(lines, place)) || startsLow(line.text);
}

function markdownDocument(text: string, head: { title: string | undefined; date: string | undefined }): GuidelineDocument {
  const blocks = text.split(/\n\s*\n|(?=^#{1,6} )|(?<=^#{1,6} .*)\n|\n(?=\s*[-*] )/m).flatMap(markdownBlock);
  return { ...withTitle(blocks, head.title), date: head.date };
}

function markdownBlock(piece: string): Block[] {
  const text = piece
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__/g, '');
  if (text === '') return [];
  const [, marks = '', heading = ''] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(text) ?? [];
  if (marks !== '') return [{ kind: 'heading', level: marks.length, text: heading }];
  const item = bulletText(text);
  return [item === undefined ? { kind: 'paragraph', text } : { kind: 'item', text: item }];
}

/**
 * Where one heading alone stands above all others, first in the document, it is the title.
 * Where the title is known already and stands there again, it goes.
 */
export function withTitle(
  blocks: readonly Block[],
  known: string | undefined,
): { title: string | undefined; blocks: readonly Block[] } {
  const levels = blocks.flatMap((block) => (block.kind === 'heading' ? (block.level ?? []) : []));
  const highest = Math.min(...levels);
  const [first, ...rest] = blocks;
  if (first?.kind !== 'heading' || first.number !== undefined) return { title: known, blocks };
  const isTitle = first.level === highest && levels.filter((level) => level === highest).length === 1 && levels.length > 1;
  if (!isTitle && first.text !== known) return { title: known, blocks };
  return { title: known ?? first.text, blocks: rest };
}
