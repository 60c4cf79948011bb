/** Runs steps with the same key one after another, in the order they came, and steps with different keys side by side. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Resolves or rejects as the step does. A step that fails does not stop those behind it. */
  async run<R>(key: string, step: () => Promise<R>): Promise<R> {
    const before = this.#last.get(key);
    const mine = before === undefined ? step() : before.then(step, step);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }

  /** Resolves when nothing is under way or waiting. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.allSettled(this.#last.values());
  }
}
