import type { Locator } from 'playwright-core';

/** What a reader sees there: without what is hidden, one line for each line on the screen. */
export function wordsOn(place: Locator): Promise<string> {
  // textContent has hidden words too, and runs lines together
  return place.innerText();
}
