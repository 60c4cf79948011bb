import type { Challenges } from '#ports/challenges.ts';

const minutesValid = 5;

/** Challenges kept at most; the oldest go first. */
const mostChallenges = 10_000;

/** Challenges in this process's memory. A restart forgets them, and the page asks again. */
export function createMemoryChallenges(): Challenges {
  const waiting = new Map<string, number>();
  return {
    remember: async (session, purpose, challenge, now) => {
      waiting.set(`${session} ${purpose} ${challenge}`, now.getTime() + minutesValid * 60_000);
      if (waiting.size > mostChallenges) waiting.delete(waiting.keys().next().value as string);
    },
    use: async (session, purpose, challenge, now) => {
      const key = `${session} ${purpose} ${challenge}`;
      const until = waiting.get(key);
      waiting.delete(key);
      return until !== undefined && now.getTime() < until;
    },
  };
}
