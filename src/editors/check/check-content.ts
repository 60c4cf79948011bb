import type { ContentMistake } from '#content/read-yaml.ts';
import { type Content, readContent } from './read-content.ts';
import type { ContentRule } from './rule.ts';
import { rules } from './rules.ts';

export type CheckedContent =
  | { readonly ok: true; readonly content: Content }
  | {
      readonly ok: false;
      readonly mistakes: readonly ContentMistake[];
      readonly broken: readonly ContentRule[];
      readonly unread: boolean;
    };

/**
 * Reads all content and holds it against every rule.
 *
 * @returns every mistake with the rules that they break. `unread`: some file could not be read, so no rule was tried yet.
 */
export function checkContent(dir: string): CheckedContent {
  const read = readContent(dir);
  if (!read.ok) return { ok: false, mistakes: read.mistakes, broken: [], unread: true };
  const findings = rules.map((rule) => ({ rule, mistakes: rule.find(read.content) }));
  const mistakes = findings.flatMap((finding) => finding.mistakes);
  if (mistakes.length === 0) return { ok: true, content: read.content };
  const broken = findings.filter((finding) => finding.mistakes.length > 0).map(({ rule }) => rule);
  return { ok: false, mistakes: mistakes.sort(byPlace), broken, unread: false };
}

function byPlace(a: ContentMistake, b: ContentMistake): number {
  return a.file.localeCompare(b.file, 'sv') || a.field.localeCompare(b.field, 'sv', { numeric: true });
}
