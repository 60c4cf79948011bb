import { addMonths } from '#domain/kernel/calendar.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';

/** Somebody has read the course for the municipality and approves it: an act with a day, of one version. */
export interface Approval {
  /** Name or title, as the municipality writes it. */
  readonly by: string;
  readonly on: CalendarDate;
  readonly version: string;
}

export type ApprovalState =
  | { readonly kind: 'approved'; readonly approval: Approval }
  /** Not this version, but one before it. */
  | { readonly kind: 'earlier'; readonly approval: Approval }
  | { readonly kind: 'none' };

/** @param approvals oldest first @param version the one that is shown */
export function approvalState(approvals: readonly Approval[], version: string): ApprovalState {
  const own = approvals.findLast((approval) => approval.version === version);
  if (own) return { kind: 'approved', approval: own };
  const last = approvals.at(-1);
  return last ? { kind: 'earlier', approval: last } : { kind: 'none' };
}

/** How long a comparison with the law is taken to hold. Laws change at New Year and in July; each is read once before it is old. */
export const lawHoldsMonths = 9;

/** Whether it is longer ago than that that the course was compared with the law: told to administrators, and stops nothing. */
export function isLawCheckOld(checked: CalendarDate, today: CalendarDate): boolean {
  return today > addMonths(checked, lawHoldsMonths);
}
