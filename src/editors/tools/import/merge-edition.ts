import { Document, isMap, isSeq, parseDocument, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { GuidelineFile, GuidelineSection } from '#content/guidelines.ts';
import type { ImportedSection } from './document.ts';
import { matchSections, plainHeading, textHash } from './match-sections.ts';

/** What an edition holds, under the id that it has or gets. */
export interface Edition {
  readonly id: string;
  readonly title: string;
  /** The edition's day; unknown, an edition that differs gets `today`. */
  readonly date: string | undefined;
  readonly today: string;
  readonly sections: readonly ImportedSection[];
}

export interface MergedEdition {
  /** The file's new text. The same as before, to the letter, where nothing changed. */
  readonly yaml: string;
  /** Ids of the sections that this import found so. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly gone: readonly string[];
}

/** A file as it was: its text, and what it says. */
export interface ExistingGuideline {
  readonly yaml: string;
  readonly file: GuidelineFile;
}

/**
 * Puts an edition into the guideline's file. Ids stay, and everything that editors wrote: claims, headings, comments.
 * A section whose text changed keeps its old wording in `earlier`; one that is not there any more is marked `gone`.
 */
export function mergeEdition(existing: ExistingGuideline | undefined, edition: Edition): MergedEdition {
  return existing ? mergedInto(existing, edition) : firstEdition(edition);
}

function firstEdition({ id, title, date, today, sections }: Edition): MergedEdition {
  const document = new Document({ id, title, edition: date ?? today, sections: [] });
  const list = document.get('sections') as YAMLSeq;
  list.flow = false;
  const ids = sections.map(({ number }) => `${id}-${number}`);
  for (const [place, section] of sections.entries()) list.add(sectionNode(document, ids[place] ?? '', section));
  return { yaml: written(document), added: ids, changed: [], gone: [] };
}

function mergedInto(existing: ExistingGuideline, edition: Edition): MergedEdition {
  const document = parseDocument(existing.yaml);
  const list = document.get('sections');
  if (!isSeq<YAMLMap>(list)) throw new Error('the file was parsed by its schema: sections is a list');
  const old = existing.file.sections;
  const matches = matchSections(old, edition.sections);
  const used = new Set(old.map(({ id }) => id));
  const report = { added: [] as string[], changed: [] as string[], gone: [] as string[] };
  let touched = false;
  // A file written by hand meets its document: what editors left out of it is no news.
  const isFirst = old.every(({ imported }) => imported === undefined);

  const nodes = edition.sections.map((section, place) => {
    const match = matches.get(place);
    const before = match === undefined ? undefined : old[match];
    const node = match === undefined ? undefined : list.items[match];
    if (!before || !node) {
      const id = freeId(`${edition.id}-${section.number}`, used);
      report.added.push(id);
      const added = sectionNode(document, id, section);
      if (!isFirst) setBefore(document, added, 'changed', true);
      return { node: added, old: undefined };
    }
    const change = updateSection(document, node, before, section);
    touched ||= change !== 'none';
    if (change === 'changed') report.changed.push(before.id);
    return { node, old: match };
  });

  const kept = new Set(matches.values());
  const items = [...nodes];
  old.forEach((section, place) => {
    const node = list.items[place];
    if (kept.has(place) || !node) return;
    if (!section.gone) {
      setBefore(document, node, 'gone', true);
      report.gone.push(section.id);
    }
    const above = items.findLastIndex((item) => item.old !== undefined && item.old < place);
    items.splice(above + 1, 0, { node, old: place });
  });

  touched ||= report.added.length > 0 || report.gone.length > 0 || items.some((item, place) => item.old !== place);
  const differs = !isFirst && report.added.length + report.changed.length + report.gone.length > 0;
  const date = edition.date ?? (differs ? edition.today : existing.file.edition);
  touched ||= date !== existing.file.edition || edition.title !== existing.file.title;
  if (!touched) return { yaml: existing.yaml, ...report };
  list.items = items.map(({ node }) => node);
  list.flow = false;
  document.set('edition', date);
  document.set('title', edition.title);
  return { yaml: written(document), ...report };
}

function updateSection(
  document: Document,
  node: YAMLMap,
  before: GuidelineSection,
  section: ImportedSection,
): 'none' | 'kept' | 'changed' {
  const hash = textHash(section.text);
  const { imported } = before;
  const isSame =
    imported?.hash === hash &&
    imported.number === section.number &&
    imported.heading === section.heading &&
    !before.gone;
  if (isSame) return 'none';
  const textChanged = imported !== undefined && imported.hash !== hash;
  const headingChanged = imported !== undefined && plainHeading(imported.heading) !== plainHeading(section.heading);
  setBefore(document, node, 'imported', { number: section.number, heading: section.heading, hash });
  node.delete('gone');
  const isOurs = imported !== undefined && before.heading === shownHeading(imported.heading);
  if (headingChanged && isOurs) node.set('heading', shownHeading(section.heading));
  if (imported === undefined || textChanged) setBefore(document, node, 'text', folded(section.text));
  // Editors who have not looked at the last change yet keep the wording that their claims were written from.
  const words = headingChanged ? `${imported.heading}\n\n${before.text ?? ''}`.trim() : before.text;
  if ((textChanged || headingChanged) && before.earlier === undefined && words) {
    setBefore(document, node, 'earlier', folded(words));
  }
  if (!textChanged && !headingChanged) return 'kept';
  setBefore(document, node, 'changed', true);
  return 'changed';
}

function sectionNode(document: Document, id: string, { number, heading, text }: ImportedSection): YAMLMap {
  const node: YAMLMap = document.createNode({
    id,
    heading: shownHeading(heading),
    imported: { number, heading, hash: textHash(text) },
  });
  if (text !== '') node.set('text', folded(text));
  node.set('claims', document.createNode([]));
  return node;
}

/** @example shownHeading('ÅTKOMST TILL UPPGIFTER') // 'Åtkomst till uppgifter' – but 'LSS' stays, and no heading ends with a stop */
function shownHeading(heading: string): string {
  const text = heading.replace(/(?<!\.)\.$/, '');
  const isShouted = text === text.toUpperCase() && /\p{Lu}{5}/u.test(text);
  return isShouted ? text.charAt(0) + text.slice(1).toLowerCase() : text;
}

/** Sets a value of a section above its claims: they are what an editor looks for, and they are long. */
function setBefore(document: Document, node: YAMLMap, key: string, value: unknown): void {
  const isThere = node.has(key);
  node.set(key, value instanceof Scalar ? value : document.createNode(value));
  if (isThere) return;
  const pair = node.items.pop();
  const claims = node.items.findIndex((item) => String(item.key) === 'claims');
  if (pair) node.items.splice(claims < 0 ? node.items.length : claims, 0, pair);
}

function folded(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.BLOCK_FOLDED;
  return scalar;
}

/** An id is never used again, not even that of a section that is gone: claims rest on it. */
function freeId(wanted: string, used: Set<string>): string {
  let id = wanted;
  for (let count = 1; used.has(id); count++) id = `${wanted}-ny${count > 1 ? count : ''}`;
  used.add(id);
  return id;
}

function written(document: Document): string {
  const sections = document.get('sections');
  if (!isSeq(sections) || !sections.items.every((item) => isMap(item))) throw new Error('sections are maps');
  return document.toString({ lineWidth: 120 });
}
