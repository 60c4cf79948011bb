import type { Instant, Pseudonym } from '#domain/kernel/ids.ts';
import type { Introduction } from './introduction.ts';
import type { PausedMail } from './mail-switch.ts';

/** An introduction, with who chose it when. */
export interface ChosenIntroduction extends Introduction {
  readonly chosenAt: Instant;
  readonly chosenBy: Pseudonym;
}

/** What the municipality has chosen in the program itself: kept with its data, so that no file of the course need be changed. */
export interface OwnSettings {
  readonly id: 'settings';
  /** Oldest first, never edited; the last holds, for every day that is asked about. None until somebody has answered. */
  readonly introductions: readonly ChosenIntroduction[];
  readonly pausedMail: readonly PausedMail[];
}

export const noSettings: OwnSettings = { id: 'settings', introductions: [], pausedMail: [] };

export function currentIntroduction({ introductions }: OwnSettings): ChosenIntroduction | undefined {
  return introductions.at(-1);
}
