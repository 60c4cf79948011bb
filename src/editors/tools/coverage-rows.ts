import type { ClaimStatus, GuidelineDocuments } from '#content/guidelines.ts';
import type { ClaimId } from '#domain/course/scenario.ts';
import { coverageOf } from '#editors/check/coverage.ts';
import type { LeftOut } from '#editors/check/left-out.ts';
import type { Content } from '#editors/check/read-content.ts';

/** A claim, or a legal note, and where the course has it. */
export interface CoveredClaim {
  readonly id: ClaimId;
  readonly status: ClaimStatus;
  /** Ours: of what the source says, or of what the note lets the course teach. */
  readonly wording: string;
  readonly lessons: readonly string[];
  /** Practice items, and exercises. */
  readonly practice: readonly string[];
  readonly exam: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** A legal note without wording is itself the reason why the course leaves it out. */
  readonly isOwnReason: boolean;
  readonly gaps: readonly Gap[];
}

/** Neither in the course nor left out. */
export type Gap = 'taught' | 'tested';

export interface CoveredSection {
  readonly id: string;
  readonly heading: string;
  /** Its text has come in, and no claim is written from it yet. */
  readonly awaitsClaims: boolean;
  /** The last import found it changed, or did not find it. */
  readonly mark: 'changed' | 'gone' | undefined;
  readonly claims: readonly CoveredClaim[];
}

export interface CoveredSource {
  readonly id: string;
  readonly title: string;
  readonly edition: string;
  readonly sections: readonly CoveredSection[];
  readonly totals: CoverageTotals;
}

export interface CoverageTotals {
  readonly claims: number;
  readonly taught: number;
  readonly tested: number;
  /** Claims with some part left out, for a reason. */
  readonly leftOut: number;
  /** Claims that are neither covered nor left out in some part. */
  readonly gaps: number;
}

export interface CoverageReport {
  readonly sources: readonly CoveredSource[];
  readonly totals: CoverageTotals;
}

/** Every section of every source, and the legal notes, against the lessons and items of the course. */
export function coverageReport(content: Content, { sources, notes }: GuidelineDocuments): CoverageReport {
  const covered = claimCoverage(content);
  const ofSources = sources.map(({ id, title, edition, sections }) =>
    withTotals({
      id,
      title,
      edition,
      sections: sections.map((section) => ({
        id: section.id,
        heading: section.heading,
        awaitsClaims: section.claims.length === 0 && section.imported !== undefined && !section.gone,
        mark: section.gone ? 'gone' : section.changed ? 'changed' : undefined,
        claims: section.claims.map((claim) => covered({ ...claim, wording: claim.says, isOwnReason: false })),
      })),
    }),
  );
  const ofNotes = withTotals({
    id: notes.id,
    title: notes.title,
    edition: notes.edition,
    sections: notes.claims.map(({ id, heading, taught, remark = '' }) => ({
      id,
      heading,
      awaitsClaims: false,
      mark: undefined,
      claims: [
        covered({
          id,
          status: taught === undefined ? 'outside' : 'holds',
          wording: taught ?? remark,
          isOwnReason: taught === undefined,
        }),
      ],
    })),
  });
  const all = [...ofSources, ofNotes];
  return { sources: all, totals: totalsOf(all.flatMap(claimsOf)) };
}

type UncoveredClaim = Pick<CoveredClaim, 'id' | 'status' | 'wording' | 'isOwnReason'>;

function claimCoverage(content: Content): (claim: UncoveredClaim) => CoveredClaim {
  const coverage = coverageOf(content);
  return ({ id, status, wording, isOwnReason }) => {
    const { taughtIn = [], testedIn = [] } = coverage.get(id) ?? {};
    const leftOut = content.leftOut.filter(({ claim }) => claim === id);
    const isExcused = (part: Gap) => isOwnReason || leftOut.some((entry) => entry.part === part);
    const isExam = (item: string) => content.course.scenarios.get(item)?.use === 'exam';
    const gaps: Gap[] = [];
    if (taughtIn.length === 0 && !isExcused('taught')) gaps.push('taught');
    if (testedIn.length === 0 && !isExcused('tested')) gaps.push('tested');
    const practice = testedIn.filter((item) => !isExam(item));
    const exam = testedIn.filter(isExam);
    return { id, status, wording, lessons: taughtIn, practice, exam, leftOut, isOwnReason, gaps };
  };
}

function withTotals(source: Omit<CoveredSource, 'totals'>): CoveredSource {
  return { ...source, totals: totalsOf(claimsOf(source)) };
}

function claimsOf({ sections }: Pick<CoveredSource, 'sections'>): CoveredClaim[] {
  return sections.flatMap(({ claims }) => claims);
}

function totalsOf(claims: readonly CoveredClaim[]): CoverageTotals {
  const count = (is: (claim: CoveredClaim) => boolean) => claims.filter(is).length;
  return {
    claims: claims.length,
    taught: count(({ lessons }) => lessons.length > 0),
    tested: count(({ practice, exam }) => practice.length + exam.length > 0),
    leftOut: count(({ leftOut, isOwnReason }) => leftOut.length > 0 || isOwnReason),
    gaps: count(({ gaps }) => gaps.length > 0),
  };
}
