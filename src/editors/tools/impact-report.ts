import { statusWords } from './claim-words.ts';
import type { AffectedItem, ChangedClaim, ClaimPart, ClaimWording, Impact } from './impact.ts';

const changes: Readonly<Record<ChangedClaim['change'], string>> = { new: 'nytt', changed: 'ändrat', gone: 'borta' };
const parts: Readonly<Record<ClaimPart, string>> = {
  wording: 'lydelse',
  status: 'status',
  statutes: 'lagrum',
  notes: 'noteringar',
};

const uses: Readonly<Record<AffectedItem['use'], string>> = {
  practice: 'övning',
  exam: 'prov',
  exercise: 'större övning',
};

/** What a change touches, as a table for an editor. @param root stands before every file */
export function impactReport(impact: Impact, root: string): string {
  if (impact.claims.length === 0) return 'Inga påståenden har ändrats.';
  const { claims, lessons, items, decisionPath, answers, tracks, alsoLookAt } = impact;
  return [
    `${count(claims.length, 'påstående', 'påståenden')} · ${count(lessons.length, 'lektion', 'lektioner')} · ${count(items.length, 'fråga', 'frågor')} · ${count(tracks.length, 'spår', 'spår')}`,
    ...section('Påståenden', claims.flatMap(claimLines)),
    ...section(
      'Lektioner som vilar på dem',
      lessons.flatMap(({ slug, claims: cited, files }) => withFiles(`${slug} · ${cited.join(', ')}`, files, root)),
    ),
    ...section(
      'Scenarier, provfrågor och övningar som vilar på dem',
      items.flatMap(({ id, use, lesson, claims: cited, files }) =>
        withFiles(`${id} · ${uses[use]} på ${lesson} · ${cited.join(', ')}`, files, root),
      ),
    ),
    ...(decisionPath.length > 0
      ? section('Får jag berätta?: frågor och råd som vilar på dem', [decisionPath.join(', ')])
      : []),
    ...(answers.length > 0 ? section('Uppslaget: svar som vilar på dem', [answers.join(', ')]) : []),
    ...section(
      'Spår: lektioner att läsa om, provfrågor, minuter ny läsning',
      tracks.map(
        ({ category, lessons: slugs, examItems, readingMinutes }) =>
          `${category.padEnd(16)} ${slugs.join(', ') || 'inga lektioner'} · ${count(examItems.length, 'provfråga', 'provfrågor')} · ${readingMinutes.toFixed(1)} min`,
      ),
    ),
    ...(alsoLookAt.length > 0
      ? section('Se också: påståenden som hänvisar till en ändrad notering', [alsoLookAt.join(', ')])
      : []),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...(lines.length > 0 ? lines : ['inga']).map((line) => `  ${line}`)];
}

function claimLines({ id, heading, change, parts: changed, before, after }: ChangedClaim): string[] {
  const what = changed.length > 0 ? ` (${changed.map((part) => parts[part]).join(', ')})` : '';
  const differences =
    before && after
      ? changed.flatMap((part) => [`  före: ${shown(before, part)}`, `  nu:   ${shown(after, part)}`])
      : [`  ${(after ?? before)?.wording ?? ''}`];
  return [`${id} · ${changes[change]}${what} · ${heading}`, ...differences];
}

function shown(claim: ClaimWording, part: ClaimPart): string {
  if (part === 'status') return statusWords[claim.status];
  const value = claim[part];
  return typeof value === 'string' ? value : value.join(', ') || 'inga';
}

function withFiles(line: string, files: readonly string[], root: string): string[] {
  return [line, ...files.map((file) => `  ${root}/${file}`)];
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
