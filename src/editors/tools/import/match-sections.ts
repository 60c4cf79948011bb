import { createHash } from 'node:crypto';
import type { GuidelineSection } from '#content/guidelines.ts';
import type { ImportedSection } from './document.ts';

/** Of a text, whatever its line breaks, hyphens and capitals. */
export function textHash(text: string): string {
  const letters = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '');
  return createHash('sha256').update(letters).digest('hex').slice(0, 16);
}

/** Old places by new ones: by number and heading, by heading alone, by text, and last by number with a text that is alike. */
export function matchSections(
  old: readonly GuidelineSection[],
  sections: readonly ImportedSection[],
): Map<number, number> {
  const matches = new Map<number, number>();
  const free = new Set(old.keys());
  const sameHeading = (before: GuidelineSection, section: ImportedSection) =>
    [before.imported?.heading, before.heading].some(
      (heading) => heading && plainHeading(heading) === plainHeading(section.heading),
    ) ||
    // Written by hand, before there was an import: “Utlämnande – underrubrik: Till annan”.
    (before.imported === undefined && plainHeading(before.heading).endsWith(` ${plainHeading(section.heading)}`));
  const sameNumber = (before: GuidelineSection, { number }: ImportedSection) =>
    (before.imported?.number ?? before.id.replace(/^S\d+-/, '')) === number;
  const sameText = (before: GuidelineSection, { text }: ImportedSection) =>
    text !== '' && before.imported?.hash === textHash(text);
  const rules: readonly ((before: GuidelineSection, section: ImportedSection) => boolean)[] = [
    (before, section) => sameNumber(before, section) && sameHeading(before, section),
    (before, section) => sameText(before, section) && sameHeading(before, section),
    sameText,
    sameHeading,
    (before, section) => sameNumber(before, section) && isAlike(before.text ?? '', section.text),
  ];
  for (const rule of rules) {
    for (const [place, section] of sections.entries()) {
      if (matches.has(place)) continue;
      const match = [...free].find((candidate) => rule(old[candidate] as GuidelineSection, section));
      if (match === undefined) continue;
      matches.set(place, match);
      free.delete(match);
    }
  }
  return matches;
}

/** Half of the words of both together are in both. */
function isAlike(before: string, after: string): boolean {
  const [a, b] = [before, after].map((text) => new Set(text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []));
  if (!a?.size || !b?.size) return false;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared) >= 0.5;
}

export function plainHeading(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
}
