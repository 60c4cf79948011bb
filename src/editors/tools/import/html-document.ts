import type { Block, GuidelineDocument } from './document.ts';
import { dateIn, isContentsHeading, isContentsLine, isField } from './front-matter.ts';
import { bulletText, endsSentence, numberedLine } from './line-shapes.ts';
import { withTitle } from './title-heading.ts';

/** A paragraph of mammoth's HTML. */
interface Paragraph {
  /** `h1` … `h6`, `p`, `li`, `tr` */
  readonly tag: string;
  readonly kind: string;
  readonly text: string;
  /** All of it is bold: a heading by hand. */
  readonly bold: boolean;
  readonly notes: readonly string[];
}

const longestHeading = 85;

/** Reads the HTML that mammoth makes of a Word document: its blocks, flat, with footnotes at the end. */
export function htmlDocument(html: string): GuidelineDocument {
  const { body, notes } = takeNotes(html);
  const paragraphs = withoutContents(paragraphsIn(body, notes).filter(({ text }) => text !== ''));
  const first = paragraphs.findIndex((paragraph) => blockOf(paragraph).kind === 'heading');
  const isHead = (paragraph: Paragraph, place: number) =>
    ['title', 'field'].includes(paragraph.kind) || (place < first && isTitleLine(paragraph));
  const head = paragraphs.filter(isHead);
  const title = (head.find(({ kind }) => kind === 'title') ?? head.find(({ text }) => !isField(text)))?.text;
  const rest = paragraphs.filter((paragraph, place) => !isHead(paragraph, place)).map(blockOf);
  return { ...withTitle(rest, title), date: head.flatMap(({ text }) => dateIn(text) ?? [])[0] };
}

/** A table of contents has styles of its own; one made by hand ends its lines with page numbers of headings below. */
function withoutContents(paragraphs: readonly Paragraph[]): Paragraph[] {
  return paragraphs.filter(({ text, kind }, place) => {
    if (kind === 'contents' || isContentsHeading(text) || isContentsLine(text)) return false;
    const entry = /^(.*\S)\s+\d{1,3}$/.exec(text)?.[1];
    return !paragraphs.slice(place + 1).some((below) => below.text === entry);
  });
}

/** Above the first heading: fields, and short lines that are no sentences. */
function isTitleLine({ text }: Paragraph): boolean {
  return isField(text) || (text.length <= longestHeading && !endsSentence(text));
}

function blockOf({ tag, text, bold, notes }: Paragraph): Block {
  const level = /^h([1-6])$/.exec(tag)?.[1];
  const isShort = text.length <= longestHeading && !/[.,;:]$/.test(text);
  const numbered = numberOf(text);
  if (level !== undefined) return { kind: 'heading', level: Number(level), ...(numbered ?? { text }), notes };
  if (tag === 'p' && isShort && numbered) return { kind: 'heading', ...numbered, notes };
  if (tag === 'p' && isShort && bold) return { kind: 'heading', text, notes };
  if (tag === 'li') return { kind: 'item', text, notes };
  const item = bulletText(text);
  return item === undefined ? { kind: 'paragraph', text, notes } : { kind: 'item', text: item, notes };
}

function numberOf(heading: string): { number: string; text: string } | undefined {
  const line = numberedLine(heading);
  return line && { number: line.number, text: line.text };
}

/** mammoth puts footnotes in a list at the end, and a link to each where its mark stood. */
function takeNotes(html: string): { body: string; notes: ReadonlyMap<string, string> } {
  const notes = new Map<string, string>();
  const note = /<li id="((?:footnote|endnote)-[^"]+)">([\s\S]*?)<\/li>/g;
  const body = html.replace(note, (_found, id: string, inner: string) => {
    notes.set(id, plain(inner).replace(/\s*↑$/, ''));
    return '';
  });
  return { body, notes };
}

function paragraphsIn(html: string, notes: ReadonlyMap<string, string>): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let tag = 'p';
  let kind = '';
  let inner = '';
  const end = () => {
    const marks = [...inner.matchAll(/<a href="#((?:footnote|endnote)-[^"]+)"[^>]*>/g)];
    const words = inner.replace(/<sup><a href="#(?:footnote|endnote)-[^>]*>.*?<\/a><\/sup>/g, '');
    const text = plain(words);
    paragraphs.push({
      tag,
      kind,
      text,
      bold: text !== '' && plain(words.replace(/<strong>.*?<\/strong>/g, '')) === '',
      notes: marks.flatMap(([, id = '']) => notes.get(id) ?? []),
    });
    inner = '';
    kind = '';
  };
  for (const [token, slash, name = ''] of html.matchAll(/<(\/?)(\w+)[^>]*>|[^<]+/g)) {
    if (!/^(?:h[1-6]|p|[uo]l|li|table|thead|tbody|tr)$/.test(name)) {
      // A cell ends where the next begins: what stands in them is kept apart.
      inner += /^t[dh]$/.test(name) && slash === '/' ? ' ' : token;
      continue;
    }
    if (tag === 'tr' && name === 'p') continue;
    end();
    // Behind an item's own text may come a list within it; what follows a closed block is a paragraph.
    tag = slash === '/' ? 'p' : name === 'tr' || name === 'li' || /^h/.test(name) ? name : tag === 'li' ? 'li' : 'p';
    kind = /class="(\w+)"/.exec(token)?.[1] ?? '';
  }
  end();
  return paragraphs;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

function plain(html: string): string {
  return html
    .replace(/<br[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_found, name: string) => entities[name] ?? '')
    .replace(/[\u00AD\u200B]/g, '')
    .replace(/[^\S\t]+/g, ' ')
    .trim();
}
