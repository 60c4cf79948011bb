import type { Language } from '#domain/kernel/language.ts';
import { localNameIn, municipality } from './municipality.ts';

/** A part of a lesson that can be linked to. */
export interface LessonSection {
  /** Empty for what stands before the first heading. */
  readonly heading: string;
  /** The id that the heading gets on the page; none before the first heading. */
  readonly anchor: string | undefined;
  /** As a reader sees it, a paragraph a line; practice items are left out. */
  readonly text: string;
}

/** Cuts a lesson's MDX at its headings of the second level. */
export function lessonSections(mdx: string, language: Language): LessonSection[] {
  const used = new Map<string, number>();
  return mdx.split(/^(?=##\s)/m).flatMap((part) => {
    const [, marked = ''] = /^##\s+(.*)\n?/.exec(part) ?? [];
    const heading = plainLine(marked, language);
    const text = plainText(marked === '' ? part : part.slice(part.indexOf('\n') + 1), language);
    const anchor = heading === '' ? undefined : anchorOf(heading, used);
    return heading === '' && text === '' ? [] : [{ heading, anchor, text }];
  });
}

function plainText(mdx: string, language: Language): string {
  return mdx
    .split(/\n\s*\n/)
    .map((paragraph) => plainLine(paragraph, language))
    .filter((line) => line !== '')
    .join('\n');
}

function plainLine(mdx: string, language: Language): string {
  return mdx
    .replace(/<Local\s+name="([^"]*)"\s*\/>/g, (_, name: string) => localNameIn(municipality, name, language) ?? '')
    .replace(/<[^>]*>/g, '')
    .replace(/^\s*(?:#+|[-*]|\d+\.)\s+/gm, '')
    .replace(/\*\*|__/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** As Astro names headings (github-slugger): lower case, no punctuation, a hyphen for each blank; a number where it is taken. */
function anchorOf(heading: string, used: Map<string, number>): string {
  const name = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
  const times = used.get(name) ?? 0;
  used.set(name, times + 1);
  return times === 0 ? name : `${name}-${times}`;
}
