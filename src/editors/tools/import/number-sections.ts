import type { Block, ImportedSection } from './document.ts';

/** What stands before the first heading. */
const preamble = { number: '0', heading: 'Ingress' };

/**
 * The sections of a document, in order, each with a number of its own.
 *
 * Printed numbers stay. Headings without one get a letter (2.3a) where others are numbered, and are numbered in
 * order where none is: by their levels (1, 1.1) if the document has levels.
 */
export function sectionsOf(blocks: readonly Block[]): ImportedSection[] {
  const numbers = numberer(blocks);
  const sections: (Omit<ImportedSection, 'text'> & { blocks: Block[] })[] = [];
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      if (sections.length === 0) sections.push({ ...preamble, blocks: [] });
      sections.at(-1)?.blocks.push(block);
      continue;
    }
    const isRunning = sections.some(({ number, heading }) => number === block.number && heading === block.text);
    if (!isRunning) sections.push({ number: numbers(block), heading: block.text, blocks: [block] });
  }
  return sections.map(({ blocks: inSection, ...section }) => ({ ...section, text: textOf(inSection) }));
}

type Heading = Extract<Block, { kind: 'heading' }>;

function numberer(blocks: readonly Block[]): (heading: Heading) => string {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const highest = Math.min(...headings.map(({ level }) => level ?? Number.POSITIVE_INFINITY));
  const isPrinted = headings.some(({ number }) => number !== undefined);
  const hasLevels = Number.isFinite(highest);
  const used = new Set<string>();
  let current = '0';
  let counters: number[] = [];
  const take = (number: string) => {
    used.add(number);
    return number;
  };
  return ({ number, level }) => {
    if (number !== undefined && !used.has(number)) {
      current = number;
      return take(number);
    }
    if (isPrinted || (hasLevels && level === undefined)) return take(withLetter(current, used));
    const depth = level === undefined ? 0 : level - highest;
    counters = Array.from({ length: depth + 1 }, (_, at) =>
      at < depth ? (counters[at] ?? 1) : (counters[at] ?? 0) + 1,
    );
    current = counters.join('.');
    return take(used.has(current) ? withLetter(current, used) : current);
  };
}

function withLetter(number: string, used: ReadonlySet<string>): string {
  for (let count = 0; ; count++) {
    const letters =
      (count < 26 ? '' : String.fromCharCode(96 + Math.floor(count / 26))) + String.fromCharCode(97 + (count % 26));
    if (!used.has(number + letters)) return number + letters;
  }
}

/** Paragraphs apart from each other, the items of a list below each other; last the footnotes, which name the statutes. */
function textOf(blocks: readonly Block[]): string {
  const text = blocks
    .filter(({ kind }) => kind !== 'heading')
    .map(({ kind, text: words }, place, all) => {
      const gap = kind === 'item' && all[place - 1]?.kind === 'item' ? '\n' : '\n\n';
      return gap + (kind === 'item' ? `• ${words}` : words);
    });
  const notes = blocks.flatMap(({ notes: found = [] }) => found).map((note) => `\n\nFotnot: ${note}`);
  return [...text, ...notes].join('').trim();
}
