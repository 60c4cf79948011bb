import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { PasswordQuality } from '#ports/secrets.ts';
import { swedishPasswordWords } from './swedish-password-words.ts';

/** So many guesses, as a power of ten, must a password withstand (decision 0020). */
const leastGuesses = 10;

/** What comes after is no help to a weak beginning, and looking at it would hold the server. */
const lookedAt = 40;

let loaded: Promise<ZxcvbnFactory> | undefined;

/**
 * Estimates with lists in this process alone: nothing of a password leaves it. The lists, some twenty megabytes of memory, are read
 * with the first password that is chosen.
 */
export const guessablePasswords: PasswordQuality = {
  isGuessable: async (password, context) => {
    loaded ??= load();
    const { guessesLog10 } = (await loaded).check(password.slice(0, lookedAt), [...context]);
    return guessesLog10 < leastGuesses;
  },
};

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Factory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new Factory({
    dictionary: { ...dictionary, swedish: [...swedishPasswordWords] },
    graphs: adjacencyGraphs,
    maxLength: lookedAt,
  });
}
