/** What this process knows of a session since it started. */
export interface LastUse {
  readonly at: number;
  /** It has rested too long for the second factor that was shown in it. */
  readonly rested: boolean;
}

/** More than are in use at a time in a large municipality; about a hundred bytes each. */
const kept = 20_000;

/**
 * When sessions were last used, to the moment and without a write. What falls out, and all at a restart, is known to the hour from
 * the disk: then somebody with a role may be asked for the second factor a little too early.
 */
export class LastUses {
  /** A Map iterates in the order of insertion: its first key was used longest ago. */
  readonly #uses = new Map<string, LastUse>();

  get(session: string): LastUse | undefined {
    return this.#uses.get(session);
  }

  set(session: string, use: LastUse): void {
    this.#uses.delete(session);
    this.#uses.set(session, use);
    const [oldest] = this.#uses.keys();
    if (this.#uses.size > kept && oldest !== undefined) this.#uses.delete(oldest);
  }

  forget(session: string): void {
    this.#uses.delete(session);
  }
}
