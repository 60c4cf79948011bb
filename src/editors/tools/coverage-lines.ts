import type { CoverageReport, CoverageTotals } from './coverage-rows.ts';

/** The totals, and every claim with a gap, for a terminal. */
export function coverageLines({ sources, totals }: CoverageReport): string[] {
  return [
    ...sources.flatMap(({ id, totals: ofSource, sections }) => [
      `${id.padEnd(12)} ${totalsLine(ofSource)}`,
      ...sections
        .flatMap(({ claims }) => claims)
        .filter(({ gaps }) => gaps.length > 0)
        .map(
          ({ id: claim, gaps }) =>
            `  ${claim} ${gaps.map((gap) => (gap === 'taught' ? 'lärs inte ut' : 'prövas inte')).join(' och ')}`,
        ),
    ]),
    `${'Tillsammans'.padEnd(12)} ${totalsLine(totals)}`,
  ];
}

function totalsLine({ claims, taught, tested, leftOut, gaps }: CoverageTotals): string {
  return `${claims} påståenden: ${taught} lärs ut, ${tested} prövas, ${leftOut} utelämnas helt eller delvis, ${gaps} med lucka`;
}
