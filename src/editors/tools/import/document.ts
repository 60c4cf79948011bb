/** A piece of a guideline, as its reader sees it. */
export type Block = (
  | {
      readonly kind: 'heading';
      /** As printed: `2.3`. */
      readonly number?: string;
      /** 1 is the highest; where the document itself says so. */
      readonly level?: number;
    }
  | { readonly kind: 'paragraph' | 'item' }
) & {
  readonly text: string;
  /** The footnotes whose marks stand in the text. */
  readonly notes?: readonly string[];
};

/** A guideline without page numbers, running headers, footnotes, table of contents and title block. */
export interface GuidelineDocument {
  readonly title: string | undefined;
  /** `YYYY-MM-DD`, where the title block gives a date. */
  readonly date: string | undefined;
  readonly blocks: readonly Block[];
}

/** A section with the text that stands under its heading and above the next. */
export interface ImportedSection {
  /** `2.3`; an unnumbered heading below it `2.3a`; what stands before the first heading `0`. */
  readonly number: string;
  readonly heading: string;
  readonly text: string;
}
