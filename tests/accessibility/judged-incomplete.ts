/** What axe cannot decide by itself, and somebody has looked at: in light and dark, at 360 px. */
export interface Judgement {
  /** Axe's rule. */
  readonly rule: string;
  /** Which elements, as a CSS selector. */
  readonly selector: string;
  /** Why axe could not tell: its message key, or the beginning of its message. */
  readonly because: string;
  /** Why it is fine. */
  readonly why: string;
}

export const judgedIncomplete: readonly Judgement[] = [
  {
    rule: 'color-contrast',
    selector: '.licence *',
    because: 'pseudoContent',
    why:
      'The rings of the card are a pseudo-element behind the words. Measured pixel by pixel with the words taken away, in light and dark, empty, ' +
      'filling, valid and expired: the least contrast of any word against what is behind it is above 4.5:1.',
  },
  {
    rule: 'color-contrast',
    selector: '.move',
    because: 'nonBmp',
    why: 'An arrow of one character. Pine on mist is 6.7:1 in light and 7.7:1 in dark; one that leads nowhere is disabled, and exempt.',
  },
  {
    rule: 'label-content-name-mismatch',
    selector: '.move',
    because: 'Fix any of the following:\n  Unable to determine if the visible text is part of the accessible name',
    why: 'What is seen is an arrow and no words, so there are none that the name could lack; the name says where, and which step.',
  },
  {
    rule: 'color-contrast',
    selector: 'html:has(.languages[open]) .site-nav a',
    because: 'bgOverlap',
    why: 'Lies under the list of languages, which somebody has opened and closes again; seen, it has the contrast of every other page.',
  },
  {
    rule: 'color-contrast',
    selector: '.wall-map text',
    because: 'bgOverlap',
    why:
      'Words of the drawing stand on a box: ink on surface or mist, 12:1 or more; the numbers are surface on brick, 6.9:1 in light and 8.2:1 in ' +
      'dark. All of it stands in the table below as well; the drawing itself is hidden from screen readers.',
  },
  {
    rule: 'color-contrast',
    selector: '.wall-map text',
    because: 'shortTextContent',
    why:
      'Words of the drawing stand on a box: ink on surface or mist, 12:1 or more; the numbers are surface on brick, 6.9:1 in light and 8.2:1 in ' +
      'dark. All of it stands in the table below as well; the drawing itself is hidden from screen readers.',
  },
  ...(['imgNode', 'shortTextContent'] as const).map((because) => ({
    rule: 'color-contrast',
    selector: '.plot text',
    because,
    why:
      'Words and numbers of a plot stand beside its marks, on the page: ink on paper, 13.9:1 in light and 15.5:1 in dark. All of it stands in ' +
      'the table below as well.',
  })),
];
