/** The ids of a folder's documents in order, kept by binary search: paging through people reads only the page. */
export class SortedIds {
  readonly #ids: string[];

  constructor(ids: Iterable<string>) {
    this.#ids = [...ids].sort();
  }

  get size(): number {
    return this.#ids.length;
  }

  has(id: string): boolean {
    return this.#ids[this.#firstNotBefore(id)] === id;
  }

  add(id: string): void {
    const at = this.#firstNotBefore(id);
    if (this.#ids[at] !== id) this.#ids.splice(at, 0, id);
  }

  delete(id: string): void {
    const at = this.#firstNotBefore(id);
    if (this.#ids[at] === id) this.#ids.splice(at, 1);
  }

  /** At most `limit` ids that come after `after`, or the first ones. */
  after(after: string | undefined, limit: number): readonly string[] {
    if (after === undefined) return this.#ids.slice(0, limit);
    const at = this.#firstNotBefore(after);
    const start = this.#ids[at] === after ? at + 1 : at;
    return this.#ids.slice(start, start + limit);
  }

  #firstNotBefore(id: string): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.#ids[middle];
      if (candidate !== undefined && candidate < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
