/**
 * A long piece of pure work that can be put down between its steps, so that the only thread serves others meanwhile. Each
 * `yield` is such a place.
 */
export type Steps<R> = Generator<undefined, R>;
