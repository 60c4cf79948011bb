import type { ClaimId } from '#domain/course/scenario.ts';
import { type Claim, type Guidelines, loadGuidelines } from './guidelines.ts';

export interface ClaimDescription {
  readonly id: ClaimId;
  readonly source: string;
  readonly heading: string;
  readonly statutes: readonly string[];
  /** The source is wrong or overtaken here: the course teaches what holds now. */
  readonly corrected: boolean;
}

let loaded: Guidelines | undefined;

/** For “Källa och lagrum”: the claims a paragraph rests on. Unknown ids stop the build. */
export function describeClaims(ids: readonly ClaimId[]): ClaimDescription[] {
  loaded ??= loadGuidelines();
  const { claims } = loaded;
  return ids.map((id) => {
    const claim = claims.get(id);
    if (!claim) throw new Error(`Okänt påstående: ${id}. Se content/guidelines.`);
    return description(claim);
  });
}

function description(claim: Claim): ClaimDescription {
  return {
    id: claim.id,
    source: claim.sourceTitle,
    heading: claim.heading,
    statutes: claim.statutes,
    corrected: claim.status === 'wrong' || claim.status === 'outdated',
  };
}
