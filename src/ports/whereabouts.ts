import type { Pseudonym } from '#domain/kernel/ids.ts';

/** Where a request came from, as far as a log may say it. */
export interface Marks {
  /**
   * The kind of device in a word, and a mark: `windows-7f3k2q9d`. For one person's device the mark is the same on every day; no
   * two people's can be compared.
   */
  readonly device?: string | undefined;
  /**
   * A mark for the network: the same for everybody on it, the same day only. Its key is drawn at random each day and kept in
   * memory, so that nobody can find the address again, whoever has the data folder and its keys.
   */
  readonly network?: string | undefined;
}

/** What a request tells about where it comes from. It goes no further than here. */
export interface RequestSource {
  /** The network address, as the server or its trusted proxy sees it. */
  readonly address: string;
  readonly userAgent: string | undefined;
}

/**
 * Knows where the request comes from that is being answered, so that no use case has to hand it on (decision 0028). Outside a
 * request, in commands and jobs, there are no marks.
 */
export interface Whereabouts {
  /** Answers a request: whatever is done in it, later too, can ask for its marks. */
  within<T>(source: RequestSource, work: () => T): T;
  /** Whether what runs now answers a request, or was begun by one. */
  isWithin(): boolean;
  /** @param person whose device it is, or is said to be */
  marks(person?: Pseudonym): Marks;
}
