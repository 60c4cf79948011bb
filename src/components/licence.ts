/** The card in its four states: nothing done, on the way, certificate valid, certificate expired. */
export type LicenceState = 'empty' | 'filling' | 'valid' | 'expired';

export interface LicenceStamp {
  readonly label: string;
  readonly done: boolean;
  readonly href?: string | undefined;
}

export interface LicenceField {
  readonly label: string;
  readonly value: string;
}

export interface LicenceTexts {
  /** On the band: the name of the card. */
  readonly title: string;
  /** Labels of the first two fields. */
  readonly holder: string;
  readonly track: string;
  /** Where the name goes while there is none. */
  readonly noName: string;
  /** The state in words, e.g. `3 av 8 stämplar`, `Giltigt`, `Utgånget`. */
  readonly state: string;
  /** Said after a stamp's label, for those who do not see it. */
  readonly done: string;
  readonly todo: string;
}
