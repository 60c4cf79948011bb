import type { Block, GuidelineDocument } from './document.ts';
import { withoutFootnotes } from './footnotes.ts';
import { takeTitle, takeYamlHead, withoutContents } from './front-matter.ts';
import { headingsIn, type TextLine, widthAt } from './headings.ts';
import {
  bulletText,
  endsSentence,
  isAddress,
  isFull,
  joinLines,
  startsHigh,
  startsLow,
  startsWithDash,
} from './line-shapes.ts';
import { markdownDocument } from './markdown-document.ts';
import { type Line, linesOf } from './pages.ts';

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

function textLines(lines: readonly Line[]): TextLine[] {
  return lines.flatMap(({ text, notes = [] }, place) =>
    text === '' ? [] : [{ text: text.replace(/\s+/g, ' '), notes, afterBlank: (lines[place - 1]?.text ?? '') === '' }],
  );
}

function blocksOf(lines: readonly TextLine[]): Block[] {
  const headings = headingsIn(lines);
  const blocks: Block[] = [];
  for (let place = 0; place < lines.length; place++) {
    const heading = headings.get(place);
    if (heading) {
      const { lines: height, ...block } = heading;
      blocks.push({ ...block, notes: lines.slice(place, place + height).flatMap(({ notes = [] }) => notes) });
      place += height - 1;
      continue;
    }
    const { text = '', notes = [] } = lines[place] ?? {};
    const last = blocks.at(-1);
    if (last && last.kind !== 'heading' && goesOn(lines, place)) {
      const joined = { text: joinLines(last.text, text), notes: [...(last.notes ?? []), ...notes] };
      blocks[blocks.length - 1] = { ...last, ...joined };
      continue;
    }
    const item = bulletText(text);
    blocks.push(item === undefined ? { kind: 'paragraph', text, notes } : { kind: 'item', text: item, notes });
  }
  return blocks;
}

/** The line belongs to the paragraph above it. A blank line between them may be the line spacing, or a page's end. */
function goesOn(lines: readonly TextLine[], place: number): boolean {
  const line = lines[place];
  const above = lines[place - 1];
  if (!line || !above || isAddress(above.text) || isAddress(line.text)) return false;
  const breaksOff = !endsSentence(above.text);
  const isWrapped = breaksOff && isFull(above.text, line.text, widthAt(lines, place));
  if (bulletText(line.text) !== undefined) {
    return isWrapped && !line.afterBlank && startsWithDash(line.text) && !startsWithDash(above.text);
  }
  // A step of a list, even one that goes on with small letters.
  if (/^\d{1,2}[.)]\s+\p{L}/u.test(line.text)) return isWrapped && !line.afterBlank;
  if (line.afterBlank) return breaksOff && (startsLow(line.text) || isWrapped);
  return (
    startsLow(line.text) ||
    isFull(above.text, line.text, widthAt(lines, place)) ||
    (breaksOff && !startsHigh(line.text))
  );
}
