/** What axe cannot decide by itself, and somebody has looked at: in light and dark, at 360 px. */
export interface Judgement {
  /** Axe's rule. */
  readonly rule: string;
  /** Which elements, as a CSS selector. */
  readonly selector: string;
  /** Why axe could not tell: its message key. */
  readonly because: string;
  /** Why it is fine. */
  readonly why: string;
}

export const judgedIncomplete: readonly Judgement[] = [];
