/**
 * A spare copy in the tab, for as long as it is open. A browser may refuse to keep one (no storage, no room, blocked by its
 * owner): then there is none, and nothing that matters waits for it.
 */
export function keepSpare(key: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Refused: SecurityError, QuotaExceededError, or no storage at all, which each browser says in its own way.
  }
}

/** What was kept; undefined where nothing was, or nothing that can be read. */
export function spareOf(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
